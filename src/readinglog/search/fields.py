"""The fields of a query: which values each takes, and how a value is read.

Those that ask for a field of front matter are made of its record; the others are the search's own.
"""

from __future__ import annotations

import re
from typing import NamedTuple

from readinglog.model.field_types import is_day
from readinglog.model.fields import (
    FIELDS,
    STATUSES,
    Field,
    SearchChoice,
    SearchRange,
    SearchWords,
    list_relations,
)


class Choice(NamedTuple):
    """A field with a few values."""

    values: tuple[str, ...]


class Range(NamedTuple):
    """A field whose values have an order: they match `form`, and are compared as text."""

    form: str
    example: str


class Name(NamedTuple):
    """A field whose value is a name; `is_words` where some words of it are enough."""

    of: str
    example: str
    is_words: bool = False


SearchField = Choice | Range | Name


class Bounds(NamedTuple):
    """What lies between two texts: from `low` on, and before `high`."""

    low: str
    high: str


OWN_CHOICES = ("has", "is", "sort")  # which ask for no one field of front matter
HAS_MATH = "math"
SORTS = ("relevance", "published", "date", "rating")
_END = "~"  # behind every text that begins like the one before it
_FIRST, _LAST = "", _END
_OPERATORS = re.compile(r"(>=|<=|>|<)(.*)\Z", re.DOTALL)


def get_search_fields() -> dict[str, SearchField]:
    """Return the fields of a query by name, in the order in which messages list them."""
    words: dict[str, SearchField] = {}
    choices: dict[str, SearchField] = {}
    ranges: dict[str, SearchField] = {}
    for field in FIELDS.values():
        match field.search:
            case SearchWords(name, example):
                words[name] = Name(name, example, is_words=True)
            case SearchChoice(name):
                choices[name] = Choice(field.type.choices)
            case SearchRange(name, pattern, example):
                ranges[name] = Range(pattern, example)
    return {
        "tag": Name("tag", "tag:moe"),
        **words,
        "title": Name("title", "title:attention", is_words=True),
        **choices,
        "has": Choice(list_has_values()),
        "is": Choice((*STATUSES, "orphan")),
        **ranges,
        "links": Name("note", "links:ddpm"),
        "linked-from": Name("note", "linked-from:ddpm"),
        "sort": Choice(SORTS),
    }


def list_has_values() -> tuple[str, ...]:
    """Return what `has:` may ask for: fields, the last of them first, mathematics, relations."""
    names = [field.name for field in FIELDS.values() if field.has and not field.relation]
    return (*reversed(names), HAS_MATH, *list_relations())


def list_word_fields() -> tuple[str, ...]:
    """Return the query fields that find words of a field of front matter."""
    searches = (field.search for field in FIELDS.values())
    return tuple(search.name for search in searches if isinstance(search, SearchWords))


def get_searched_field(name: str) -> Field:
    """Return the field of front matter for which the query field `name` asks."""
    found = (field for field in FIELDS.values() if field.search and field.search.name == name)
    return next(found)


def parse_range(kind: Range, value: str) -> Bounds | None:
    """Return the range that `value` writes, or None where it writes none.

    It may be `2024`, `2024..2026`, `2024..`, `..2020`, `>=2024` …, and may run backwards.
    """
    if found := _OPERATORS.match(value):
        sign, at = found.groups()
        ends = {
            ">=": (at, _LAST),
            ">": (at + _END, _LAST),
            "<=": (_FIRST, at + _END),
            "<": (_FIRST, at),
        }[sign]
        return Bounds(*ends) if _is(kind, at) else None
    low, dots, high = value.partition("..")
    if not dots:
        return Bounds(low, low + _END) if _is(kind, low) else None
    if not (low or high) or not all(_is(kind, end) for end in (low, high) if end):
        return None
    return Bounds(low or _FIRST, (high or "") + _END)


def reverse_range(value: str) -> str:
    """Return a range with its ends exchanged."""
    low, _, high = value.partition("..")
    return f"{high}..{low}"


def _is(kind: Range, text: str) -> bool:
    return re.fullmatch(kind.form, text) is not None and (
        len(text) < len("2024-05-06") or is_day(text)
    )
