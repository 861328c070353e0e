"""Patterns that others write: what Python and browsers read alike, and match in little time."""

from __future__ import annotations

import re
import warnings
from collections.abc import Iterable
from math import prod
from re import _constants as constants  # type: ignore[attr-defined]  # only these read patterns
from re import _parser as parser  # type: ignore[attr-defined]
from typing import Any

# What is not in both languages, or means something else in one of them.
_FOREIGN = re.compile(r"(?<!\\)\(\?(?!:|=|!|<=|<!)|(?<!\\)[*+?}]\+|\\[AZzGQEkpPuUxN]")
_LONGEST = 300  # characters of a pattern
LONGEST_TEXT = 200  # characters of a text that is matched
_MOST_WAYS = 10_000_000  # to match one text, each of which may be tried
_REPEATS = (constants.MAX_REPEAT, constants.MIN_REPEAT)


def find_pattern_error(pattern: str) -> str:
    """Return why a pattern cannot be used, or ''."""
    if len(pattern) > _LONGEST:
        return f"it has more than {_LONGEST} characters"
    if found := _FOREIGN.search(pattern):
        return f"browsers read `{found[0]}` otherwise"
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("error")  # of what later versions read otherwise
            re.compile(pattern)
            ways = _count_ways(parser.parse(pattern))
    except (re.error, OverflowError, RecursionError, Warning) as error:
        return str(error)
    return "its repeats can match a text in too many ways" if ways > _MOST_WAYS else ""


def _count_ways(parts: Iterable[Any]) -> int:
    """Return in how many ways parts of a pattern may match a text, or a number that is too great.

    That is an upper bound of what a search goes through where a text does not match.
    """
    return min(prod(_count_ways_of_part(name, value) for name, value in parts), _MOST_WAYS + 1)


def _count_ways_of_part(name: object, value: Any) -> int:  # noqa: ANN401 - as the parser has it
    if name is constants.BRANCH:
        return sum(map(_count_ways, value[1]))
    if name in _REPEATS:
        return _count_ways_of_repeat(*value)
    if name is constants.SUBPATTERN:
        return _count_ways(value[-1])
    if name in (constants.ASSERT, constants.ASSERT_NOT):
        return _count_ways(value[1])
    return 1


def _count_ways_of_repeat(lowest: int, highest: int, inner: Iterable[Any]) -> int:
    ways = _count_ways(inner)
    most = min(int(highest), LONGEST_TEXT)
    if ways == 1:
        return max(1, most - lowest + 1)
    total = 0
    for count in range(lowest, most + 1):
        total += ways**count
        if total > _MOST_WAYS:
            break
    return max(1, total)
