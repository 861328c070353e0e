"""The fields of a query: which values each takes, and how a value is read."""

from __future__ import annotations

import re
from datetime import date
from typing import NamedTuple

from readinglog.model.schema import KINDS, RELATIONS, STATUSES


class Choice(NamedTuple):
    """A field with a few values."""

    values: tuple[str, ...]


class Range(NamedTuple):
    """A field whose values have an order: written as `form` says, whole or from its left, and compared as text."""

    form: str
    example: str


class Name(NamedTuple):
    """A field whose value is a name, or words of one."""

    of: str
    example: str


class Bounds(NamedTuple):
    """What lies between two texts: from `low` on, and before `high`."""

    low: str
    high: str


SORTS = ("relevance", "published", "date", "rating")
FIELDS: dict[str, Choice | Range | Name] = {
    "tag": Name("tag", "tag:moe"),
    "author": Name("author", "author:shazeer"),
    "venue": Name("venue", "venue:iclr"),
    "title": Name("title", "title:attention"),
    "kind": Choice(KINDS),
    "status": Choice(STATUSES),
    "has": Choice(("code", "doi", "arxiv", "math", *RELATIONS)),
    "is": Choice((*STATUSES, "orphan")),
    "year": Range(r"[0-9]{4}", "2024"),
    "date": Range(r"[0-9]{4}(?:-(?:0[1-9]|1[0-2])(?:-(?:0[1-9]|[12][0-9]|3[01]))?)?", "2024-05"),
    "rating": Range(r"[1-5]", "4"),
    "links": Name("note", "links:ddpm"),
    "linked-from": Name("note", "linked-from:ddpm"),
    "sort": Choice(SORTS),
}
_END = "~"  # behind every text that begins like the one before it
_FIRST, _LAST = "", _END
_OPERATORS = re.compile(r"(>=|<=|>|<)(.*)\Z", re.DOTALL)


def parse_range(kind: Range, value: str) -> Bounds | None:
    """The range that `value` writes (`2024`, `2024..2026`, `2024..`, `..2020`, `>=2024` …), or None where it writes none.

    It may run backwards.
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
    """A range with its ends the other way round."""
    low, _, high = value.partition("..")
    return f"{high}..{low}"


def _is(kind: Range, text: str) -> bool:
    return re.fullmatch(kind.form, text) is not None and (
        len(text) < len("2024-05-06") or _is_day(text)
    )


def _is_day(text: str) -> bool:
    try:
        return bool(date.fromisoformat(text))
    except ValueError:
        return False
