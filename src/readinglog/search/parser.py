"""Reading a query: text to tree, or to what is wrong with it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NoReturn

from readinglog.model.fuzzy_index import find_nearest
from readinglog.model.text import Span
from readinglog.search.fields import (
    Choice,
    Name,
    Range,
    get_search_fields,
    parse_range,
    reverse_range,
)
from readinglog.search.query import And, Filter, Not, Or, Phrase, Query, Tree, Word
from readinglog.search.query_errors import QuerySyntaxError
from readinglog.search.tokenizer import QUOTES, Token, Unreadable, raise_error, tokenize
from readinglog.search.words import split_words

LONGEST = 1_000  # characters
DEEPEST = 20  # parentheses


def parse_query(text: str) -> Query | QuerySyntaxError:
    """The query that `text` writes, or why it writes none; spans count characters of `text`."""
    query = _read(text)
    if (
        isinstance(query, QuerySyntaxError)
        and query.suggestion
        and isinstance(mended := parse_query(query.suggestion), QuerySyntaxError)
    ):
        return query._replace(suggestion=mended.suggestion)
    return query


def _read(text: str) -> Query | QuerySyntaxError:
    if len(text) > LONGEST:
        return QuerySyntaxError("too-long", Span(LONGEST, len(text)), ("", f"{LONGEST:,}"))
    try:
        return _Reader(text).query()
    except Unreadable as error:
        return error.malformed


class _Reader:
    """A reader of one query by recursive descent: `or`, then what stands side by side, then `not`."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.fields = get_search_fields()
        self.sort = ""
        self.tokens = tuple(tokenize(text))
        self.at = 0

    def query(self) -> Query:
        tree = self._either(0) if self.tokens else None
        if token := self._next():
            self._stop("stray-close", token.span, token.span)
        return Query(tree, self.sort)

    def _next(self) -> Token | None:
        return self.tokens[self.at] if self.at < len(self.tokens) else None

    def _take(self, *kinds: str) -> Token | None:
        token = self._next()
        if token is None or token.kind not in kinds:
            return None
        self.at += 1
        return token

    # Grammar -----------------------------------------------------------------------------------------------------

    def _either(self, depth: int) -> Tree | None:
        start = self.at
        items = [self._together(depth)]
        while token := self._take("OR"):
            items.append(self._together(depth))
            if None in items:
                self._stop("lone-or", token.span, token.span, ("OR",))
        if len(items) == 1:
            return items[0]
        return Or(tuple(item for item in items if item), self._span(start))

    def _together(self, depth: int) -> Tree | None:
        start = self.at
        items: list[Tree] = []
        while token := self._next():
            if token.kind in ("OR", "close"):
                break
            if token.kind == "AND":
                self.at += 1
                after = self._next()
                if not items or after is None or after.kind in ("OR", "AND", "close"):
                    self._stop("lone-or", token.span, token.span, ("AND",))
                continue
            if (item := self._single(depth)) is not None:
                items.append(item)
        return (
            items[0] if len(items) == 1 else And(tuple(items), self._span(start)) if items else None
        )

    def _single(self, depth: int) -> Tree | None:
        """One term, with what negates it; None for a `sort:`."""
        start = self.at
        if token := self._take("minus", "NOT"):
            after = self._next()
            apart = (
                token.kind == "minus" and after is not None and after.span.start > token.span.end
            )
            if after is None or apart or after.kind not in ("term", "open"):
                self._stop(
                    "lone-not", token.span, token.span, ("-" if token.kind == "minus" else "NOT",)
                )
            if after.field == "sort":
                self._stop("inner-sort", after.span, Span(token.span.start, after.span.end))
            item = self._single(depth)
            assert item is not None  # noqa: S101 - only a `sort:` is none
            return Not(item, self._span(start))
        if token := self._take("open"):
            return self._group(token, depth)
        token = self.tokens[self.at]
        self.at += 1
        return self._leaf(token, depth)

    def _group(self, opened: Token, depth: int) -> Tree:
        if depth == DEEPEST:
            self._stop("too-deep", opened.span, None, ("", str(DEEPEST)))
        inside = self._either(depth + 1)
        closed = self._take("close")
        if closed is None:
            self._stop("unclosed-group", opened.span, Span(len(self.text), len(self.text)), put=")")
        if inside is None:
            whole = Span(opened.span.start, closed.span.end)
            self._stop("empty-group", whole, whole)
        return inside

    def _leaf(self, token: Token, depth: int) -> Tree | None:
        field, value, span = token.field, token.value, token.span
        if field and field not in self.fields:
            self._unknown_field(token)
        known = self.fields.get(field)
        if known and not value:
            example = known.values[0] if isinstance(known, Choice) else known.example
            self._stop(
                "no-value",
                span,
                span,
                (f"{field}:", example if ":" in example else f"{field}:{example}"),
            )
        if field == "sort":
            self._sort(token, depth)
            return None
        is_words = known is None or (isinstance(known, Name) and known.is_words)
        if is_words and not split_words(value):
            self._stop("no-word", span, span, (self.text[span.start : span.end],))
        if field not in ("", "title"):
            return Filter(field, self._value(token), span)
        kind = Phrase if token.quoted else Word
        return kind(value, field == "title", span)

    def _sort(self, token: Token, depth: int) -> None:
        if depth:
            self._stop("inner-sort", token.span, token.span)
        if self.sort:
            self._stop("two-sorts", token.span, token.span)
        self.sort = self._value(token)

    # Values ------------------------------------------------------------------------------------------------------

    def _value(self, token: Token) -> str:
        field, value, span = token.field, token.value, token.span
        match self.fields[field]:
            case Choice(values):
                if value.lower() not in values:
                    near = find_nearest(value, values) or ""
                    texts = (value, field, _listed(values))
                    self._stop(
                        "unknown-choice",
                        span,
                        span,
                        texts,
                        put=f"{field}:{near}" if near else "",
                        near=near,
                    )
                return value.lower()
            case Range() as kind:
                found = parse_range(kind, value)
                if found is None:
                    self._stop("no-range", span, span, (value, field, kind.example))
                if found.low > found.high:
                    self._stop(
                        "backward-range",
                        span,
                        span,
                        (value, reverse_range(value)),
                        put=f"{field}:{reverse_range(value)}",
                    )
        return value

    def _unknown_field(self, token: Token) -> NoReturn:
        near = find_nearest(token.field, self.fields) or ""
        written = self.text[token.span.start : token.span.end].translate(QUOTES)
        put = near + written[len(token.field) :] if near else '"' + written.replace('"', "") + '"'
        self._stop(
            "unknown-field",
            token.span,
            token.span,
            (token.field, _listed(tuple(self.fields))),
            put=put,
            near=near,
        )

    # Ends --------------------------------------------------------------------------------------------------------

    def _span(self, start: int) -> Span:
        """From the token at `start` to the last that was taken."""
        return Span(self.tokens[start].span.start, self.tokens[self.at - 1].span.end)

    def _stop(
        self,
        name: str,
        span: Span,
        mend: Span | None,
        texts: Sequence[str] = (),
        put: str = "",
        near: str = "",
    ) -> NoReturn:
        raise_error(self.text, name, span, mend, texts, put, near)


def _listed(names: Sequence[str]) -> str:
    return ", ".join(f"`{name}`" for name in names)
