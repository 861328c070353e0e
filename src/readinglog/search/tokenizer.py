"""The tokens of a query, and the end of reading it where it cannot be read."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple, NoReturn

from readinglog.model.text import Edit, Span, apply_edits
from readinglog.search.query import GAPS
from readinglog.search.query_errors import QuerySyntaxError

QUOTES = str.maketrans(dict.fromkeys("“”„‟«»", '"'))
_TOKEN = re.compile(
    rf"""(?P<gap>[{GAPS}]+) | (?P<open>\() | (?P<close>\)) | (?P<minus>-)
    | (?P<field>[A-Za-z][A-Za-z-]*:(?!//))? (?: "(?P<quoted>[^"]*)(?P<end>"?) | (?P<bare>[^{GAPS}"()]*) )""",
    re.VERBOSE,
)
_TRIM = re.compile(rf"^[{GAPS}]+|[{GAPS}]+\Z")


class Token(NamedTuple):
    """A mark, an operator, or a term with its field ('' for none) and value."""

    kind: str  # open · close · minus · OR · AND · NOT · term
    span: Span
    field: str = ""
    value: str = ""
    quoted: bool = False


class Unreadable(Exception):  # noqa: N818 - it never leaves the reader
    """That reading ends here."""

    def __init__(self, malformed: QuerySyntaxError) -> None:
        self.malformed = malformed


def raise_error(
    text: str,
    name: str,
    span: Span,
    mend: Span | None,
    texts: Sequence[str] = (),
    put: str = "",
    near: str = "",
) -> NoReturn:
    """End the reading of `text`: what is wrong, and where `put` would mend it."""
    mended = re.sub(r" {2,}", " ", apply_edits(text, [Edit(mend, put)])) if mend else ""
    raise Unreadable(
        QuerySyntaxError(name, span, tuple(texts), mended.removeprefix(" ").removesuffix(" "), near)
    )


def tokenize(query: str) -> Iterator[Token]:
    """The tokens of `query`; raises Unreadable at a quote that is never closed."""
    text = query.translate(QUOTES)
    at = 0
    while at < len(text):
        found = _TOKEN.match(text, at)
        assert found  # noqa: S101 - a term may be of any character
        span, at = Span(*found.span()), found.end()
        if found["quoted"] is not None and not found["end"]:
            raise_error(
                query,
                "unclosed-quote",
                Span(found.start("quoted") - 1, len(text)),
                Span(len(text), len(text)),
                put='"',
            )
        kind = found.lastgroup or "term"
        if kind in ("open", "close", "minus"):
            yield Token(kind, span)
        elif kind != "gap":
            yield _term(found, span)


def _term(found: re.Match[str], span: Span) -> Token:
    bare, quoted, field = found["bare"] or "", found["quoted"], (found["field"] or "")[:-1].lower()
    if quoted is None and bare in ("OR", "AND", "NOT") and not field:
        return Token(bare, span)
    return Token(
        "term", span, field, bare if quoted is None else _TRIM.sub("", quoted), quoted is not None
    )
