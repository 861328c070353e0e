"""The parser of queries: text to tree."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import zip_longest
from typing import NoReturn

from readinglog.model.fuzzy_index import find_nearest
from readinglog.model.text import Span
from readinglog.search.language import (
    BUILT_IN_LANGUAGE,
    DEEPEST_NESTING,
    LONGEST_QUERY,
    TEXT_FIELDS,
    Choice,
    Name,
    Range,
    SearchField,
    SearchLanguage,
)
from readinglog.search.name_keys import decode_text
from readinglog.search.query import And, Filter, Not, Or, Phrase, Query, Tree, Word
from readinglog.search.query_errors import QuerySyntaxError, replace_in_query
from readinglog.search.ranges import parse_range, reverse_range, suggest_range
from readinglog.search.tokenizer import Token, straighten_quotes, tokenize
from readinglog.search.words import split_words

_MOST_CORRECTIONS = 20  # of one query; each is parsed again


def parse_query(
    text: str, language: SearchLanguage = BUILT_IN_LANGUAGE, corrections: int = _MOST_CORRECTIONS
) -> Query:
    """Return the query that `text` is in a language, decoded where it has no spaces but encoded
    characters, as in an address. Raise QuerySyntaxError where it is none; it suggests a query where
    so many `corrections` make one.
    """
    decoded = decode_text(text) if _is_encoded(text) else text
    try:
        return _parse(decoded, language, corrections)
    except QuerySyntaxError:
        if decoded == text:
            raise
        return _parse(text, language, corrections)


def _is_encoded(text: str) -> bool:
    return "%" in text and "://" not in text and not re.search(r"\s", text)


def _parse(text: str, language: SearchLanguage, corrections: int) -> Query:
    if len(text) > LONGEST_QUERY:
        rest = Span(LONGEST_QUERY, len(text))
        raise QuerySyntaxError(text, "too-long", rest, ("", f"{LONGEST_QUERY:,}"))
    try:
        return _Parser(text, language).parse()
    except QuerySyntaxError as error:
        error.suggestion = _correct_suggestion(error.suggestion, language, corrections)
        raise


def _correct_suggestion(text: str, language: SearchLanguage, corrections: int) -> str:
    """Return `text` if it is a query, else the suggestion for it, or '' after too many."""
    if not text or not corrections:
        return ""
    try:
        parse_query(text, language, corrections - 1)
    except QuerySyntaxError as error:
        return error.suggestion
    return text


class _Parser:
    """A recursive-descent parser of one query: `OR`, then adjacent terms, then `NOT`."""

    def __init__(self, text: str, language: SearchLanguage) -> None:
        self.text = text
        self.fields = language.fields
        self.value_synonyms = language.value_synonyms
        self.sort = ""
        tokens = tuple(tokenize(text))
        self.tokens = tuple(_drop_marks(tokens)) or tokens
        self.position = 0

    def parse(self) -> Query:
        tree = self._parse_or(0) if self.tokens else None
        if token := self._peek():
            self._fail("stray-close", token.span, token.span)
        return Query(tree, self.sort)

    def _peek(self) -> Token | None:
        return self.tokens[self.position] if self.position < len(self.tokens) else None

    def _take(self, *kinds: str) -> Token | None:
        token = self._peek()
        if token is None or token.kind not in kinds:
            return None
        self.position += 1
        return token

    # Grammar ----------------------------------------------------------------------------------

    def _parse_or(self, depth: int) -> Tree | None:
        start = self.position
        items = [self._parse_and(depth)]
        while token := self._take("OR"):
            items.append(self._parse_and(depth))
            if None in items:
                self._fail("lone-or", token.span, token.span, ("OR",))
        if len(items) == 1:
            return items[0]
        return Or(tuple(item for item in items if item), self._span_from(start))

    def _parse_and(self, depth: int) -> Tree | None:
        start = self.position
        items: list[Tree] = []
        while token := self._peek():
            if token.kind in ("OR", "close"):
                break
            if token.kind == "AND":
                self.position += 1
                after = self._peek()
                if not items or after is None or after.kind in ("OR", "AND", "close"):
                    self._fail("lone-or", token.span, token.span, ("AND",))
                continue
            if (item := self._parse_operand(depth)) is not None:
                items.append(item)
        if len(items) > 1:
            return And(tuple(items), self._span_from(start))
        return items[0] if items else None

    def _parse_operand(self, depth: int) -> Tree | None:
        """Return one term or group, negated or not, or None for a `sort:`."""
        if token := self._take("minus", "NOT"):
            return self._parse_not(token, depth)
        if token := self._take("open"):
            return self._parse_group(token, depth)
        token = self.tokens[self.position]
        self.position += 1
        return self._parse_term(token, depth)

    def _parse_not(self, operator: Token, depth: int) -> Tree:
        start = self.position - 1
        after = self._peek()
        if after is None or not _is_operand(operator, after):
            text = "-" if operator.kind == "minus" else "NOT"
            self._fail("lone-not", operator.span, operator.span, (text,))
        if after.field == "sort":
            self._fail("inner-sort", after.span, Span(operator.span.start, after.span.end))
        item = self._parse_operand(depth)
        assert item is not None  # noqa: S101 - only a `sort:` is none
        return Not(item, self._span_from(start))

    def _parse_group(self, opening: Token, depth: int) -> Tree:
        if depth == DEEPEST_NESTING:
            self._fail("too-deep", opening.span, None, ("", str(DEEPEST_NESTING)))
        tree = self._parse_or(depth + 1)
        closing = self._take("close")
        if closing is None:
            end = Span(len(self.text), len(self.text))
            self._fail("unclosed-group", opening.span, end, replacement=")")
        if tree is None:
            whole = Span(opening.span.start, closing.span.end)
            self._fail("empty-group", whole, whole)
        return tree

    def _parse_term(self, token: Token, depth: int) -> Tree | None:
        token = self._read_unknown_field(token)
        field, value, span = token.field, token.value, token.span
        known = self.fields.get(field)
        if known and not value:
            self._fail("no-value", span, span, (f"{field}:", make_example(field, known)))
        if field == "sort":
            self._parse_sort(token, depth)
            return None
        is_words = known is None or (isinstance(known, Name) and known.is_words)
        if is_words and not split_words(value, is_query=True):
            self._fail("no-word", span, span, (self.text[span.start : span.end],))
        if field not in ("", *TEXT_FIELDS):
            return Filter(field, self._parse_value(token), span)
        kind = Phrase if token.quoted else Word
        return kind(value, field, span)

    def _read_unknown_field(self, token: Token) -> Token:
        """Return `token`, as words where it has a colon but names no field, as many titles do."""
        if not token.field or token.field in self.fields:
            return token
        if token.quoted:
            return token._replace(field="", value=f"{token.field} {token.value}")
        written = straighten_quotes(self.text[token.span.start : token.span.end])
        return token._replace(field="", value=written)

    def _parse_sort(self, token: Token, depth: int) -> None:
        if depth:
            self._fail("inner-sort", token.span, token.span)
        if self.sort:
            self._fail("two-sorts", token.span, token.span)
        self.sort = self._parse_value(token)

    # Values -----------------------------------------------------------------------------------

    def _parse_value(self, token: Token) -> str:
        match self.fields[token.field]:
            case Choice(values):
                return self._parse_choice(token, values)
            case Range() as kind:
                self._check_range(token, kind)
        return token.value

    def _parse_choice(self, token: Token, values: Sequence[str]) -> str:
        value = token.value.lower()
        if value not in values:
            synonyms = self.value_synonyms.get(token.field, {})
            near = synonyms.get(value) or find_nearest(token.value, values) or ""
            self._fail(
                "unknown-choice",
                token.span,
                token.span,
                (token.value, token.field, _list_names(values)),
                replacement=f"{token.field}:{near}" if near else "",
                near=near,
            )
        return value

    def _check_range(self, token: Token, kind: Range) -> None:
        field, value, span = token.field, token.value, token.span
        bounds = parse_range(kind, value)
        if bounds is None:
            near = suggest_range(kind, value)
            replacement = f"{field}:{near}" if near else ""
            values = (value, field, kind.example)
            self._fail("no-range", span, span, values, replacement, near)
        if bounds.low > bounds.high:
            reversed_ = reverse_range(value)
            replacement = f"{field}:{reversed_}"
            self._fail("backward-range", span, span, (value, reversed_), replacement)

    # Errors -----------------------------------------------------------------------------------

    def _span_from(self, start: int) -> Span:
        """Return the span from the token at `start` to the last token taken."""
        return Span(self.tokens[start].span.start, self.tokens[self.position - 1].span.end)

    def _fail(
        self,
        name: str,
        span: Span,
        replaced: Span | None,
        values: Sequence[str] = (),
        replacement: str = "",
        near: str = "",
    ) -> NoReturn:
        """Raise QuerySyntaxError, which suggests `replacement` in place of `replaced`."""
        suggestion = replace_in_query(self.text, replaced, replacement) if replaced else ""
        raise QuerySyntaxError(self.text, name, span, values, suggestion, near)


def _drop_marks(tokens: Sequence[Token]) -> Iterator[Token]:
    """Yield the tokens without marks, and without a minus right before one."""
    for token, after in zip_longest(tokens, tokens[1:]):
        is_before_mark = after and _is_mark(after) and _is_operand(token, after)
        if not _is_mark(token) and not (token.kind == "minus" and is_before_mark):
            yield token


def _is_mark(token: Token) -> bool:
    """Whether a term has no letter or digit, such as the `&` in a title."""
    is_bare = token.kind == "term" and not token.field and not token.quoted
    return is_bare and not split_words(token.value)


def _is_operand(operator: Token, token: Token) -> bool:
    """Whether `operator`, a minus or `NOT`, can negate `token`; no space may follow a minus."""
    if operator.kind == "minus" and token.span.start > operator.span.end:
        return False
    return token.kind in ("term", "open")


def make_example(field: str, kind: SearchField) -> str:
    """Return a term that uses `field`."""
    match kind:
        case Choice(values):
            return f"{field}:{values[0]}"
        case Range(_, example):
            return f"{field}:{example}"
        case Name(_, example):
            return example


def _list_names(names: Sequence[str]) -> str:
    return ", ".join(f"`{name}`" for name in names)
