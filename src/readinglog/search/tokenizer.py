"""The tokens of a query."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from readinglog.model.text import Span
from readinglog.search.language import GAPS, OPERATORS, QUOTES
from readinglog.search.query_errors import QuerySyntaxError, replace_in_query

_QUOTES = str.maketrans(dict.fromkeys(QUOTES, '"'))
_TOKEN = re.compile(
    rf"""(?P<gap>[{GAPS}]+) | (?P<open>\() | (?P<close>\)) | (?P<minus>-)
    | (?P<field>[A-Za-z][A-Za-z-]*:(?!//))?
      (?: "(?P<quoted>[^"]*)(?P<end>"?) | (?P<bare>[^{GAPS}"()]*) )""",
    re.VERBOSE,
)
_OUTER_GAPS = re.compile(rf"^[{GAPS}]+|(?<![{GAPS}])[{GAPS}]+\Z")


class Token(NamedTuple):
    """A mark, an operator, or a term with its field ('' for none) and value."""

    kind: str  # open · close · minus · OR · AND · NOT · term
    span: Span
    field: str = ""
    value: str = ""
    quoted: bool = False


def straighten_quotes(text: str) -> str:
    """Return `text` with typographic quotes replaced by `"`."""
    return text.translate(_QUOTES)


def tokenize(query: str) -> Iterator[Token]:
    """Yield the tokens of `query`. Raise QuerySyntaxError at a quote that is never closed."""
    text = straighten_quotes(query)
    offset = 0
    while offset < len(text):
        found = _TOKEN.match(text, offset)
        assert found  # noqa: S101 - a term may consist of any characters
        span, offset = Span(*found.span()), found.end()
        if found["quoted"] is not None and not found["end"]:
            quote, end = Span(found.start("quoted") - 1, len(text)), Span(len(text), len(text))
            suggestion = replace_in_query(query, end, '"')
            raise QuerySyntaxError(query, "unclosed-quote", quote, suggestion=suggestion)
        kind = found.lastgroup or "term"
        if kind in ("open", "close") or (kind == "minus" and not _is_dash(text, offset)):
            yield Token(kind, span)
        elif kind not in ("gap", "minus"):
            yield _make_term(found, span)


def _is_dash(text: str, end: int) -> bool:
    """Return whether a minus that ends at `end` is a dash, which excludes nothing."""
    return not text[end:] or text[end] == "-" or _OUTER_GAPS.match(text[end]) is not None


def _make_term(found: re.Match[str], span: Span) -> Token:
    bare, quoted = found["bare"] or "", found["quoted"]
    field = (found["field"] or "")[:-1].lower()
    if quoted is not None:
        return Token("term", span, field, _OUTER_GAPS.sub("", quoted), quoted=True)
    if bare in OPERATORS and not field:
        return Token(bare, span)
    return Token("term", span, field, bare)
