"""Ranges of years, dates and ratings in a query."""

from __future__ import annotations

import re
from typing import NamedTuple

from readinglog.model.field_types import is_day
from readinglog.search.language import Range


class Bounds(NamedTuple):
    """The texts from `low` on and before `high`."""

    low: str
    high: str


_FIRST = ""
_LAST = "~"  # sorts after every digit and dash, so that `2024~` follows all that begins with 2024
_COMPARISON = re.compile(r"(>=|<=|>|<)(.*)\Z", re.DOTALL)
_TO = re.compile(r"\.{3}|[-–—+…:]|to")  # what is often written for `..`
_DAY_LENGTH = len("2024-05-06")


def parse_range(kind: Range, value: str) -> Bounds | None:
    """Return the bounds of a range such as `2024`, `2024..2026`, `..2020` or `>=2024`, or None.

    The lower bound of a range written backwards is the higher one.
    """
    if found := _COMPARISON.match(value):
        return _parse_comparison(kind, *found.groups())
    low, dots, high = value.partition("..")
    if not dots:
        return Bounds(low, low + _LAST) if _is_value(kind, low) else None
    if not (low or high) or not all(_is_value(kind, end) for end in (low, high) if end):
        return None
    return Bounds(low or _FIRST, (high or "") + _LAST)


def _parse_comparison(kind: Range, sign: str, value: str) -> Bounds | None:
    if not _is_value(kind, value):
        return None
    bounds = {
        ">=": Bounds(value, _LAST),
        ">": Bounds(value + _LAST, _LAST),
        "<=": Bounds(_FIRST, value + _LAST),
        "<": Bounds(_FIRST, value),
    }
    return bounds[sign]


def suggest_range(kind: Range, value: str) -> str:
    """Return the range that was likely meant by `2017-2019`, `2025-` or `4+`, or ''."""
    split = (value[: found.start()] + ".." + value[found.end() :] for found in _TO.finditer(value))
    return next((text for text in split if is_forward_range(kind, text)), "")


def is_forward_range(kind: Range, value: str) -> bool:
    """Whether `value` is a range whose ends are in order."""
    bounds = parse_range(kind, value)
    return bounds is not None and bounds.low <= bounds.high


def reverse_range(value: str) -> str:
    """Return a range with its ends swapped."""
    low, _, high = value.partition("..")
    return f"{high}..{low}"


def _is_value(kind: Range, text: str) -> bool:
    if re.fullmatch(kind.form, text) is None:
        return False
    return len(text) < _DAY_LENGTH or is_day(text)
