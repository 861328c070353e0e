"""The days of a year as squares, weeks as columns: the more notes a day has, the stronger it is.

Lengths are in the units of the drawing, which are pixels or a little more.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

from readinglog.site.dates import format_day, name_month
from readinglog.site.messages import count_items, translate

LEVELS = ("none", "1", "2 or 3", "4 to 7", "8 or more")  # the notes of a day, by level
_DAYS = ((0, "Mon"), (2, "Wed"), (4, "Fri"))
_PITCH, _CELL, _LEFT, _TOP = 11, 9, 30, 17
_COLUMNS = 54  # weeks that a year can touch


class CalendarText(NamedTuple):
    """The name of a month or of a day of the week."""

    text: str
    x: int
    y: int


class Weekday(NamedTuple):
    """The squares of all days of a year that are the same day of the week: a dashed line."""

    start: int
    end: int
    y: float


class Day(NamedTuple):
    """The square of a day with notes; `level` is an index of `LEVELS`."""

    x: int
    y: int
    level: int
    title: str


@dataclass(frozen=True, slots=True)
class Calendar:
    """A year of squares that are `cell` wide and `gap` apart, and what it shows in words."""

    year: int
    description: str
    width: int
    height: int
    cell: int
    gap: int
    texts: tuple[CalendarText, ...]
    weekdays: tuple[Weekday, ...]
    days: tuple[Day, ...]


def lay_out_calendar(year: int, counts: Mapping[date, int], description: str) -> Calendar:
    """Return the calendar of a year; `counts` are the notes of its days that have some."""
    weekdays = [
        CalendarText(translate(name), 0, _find_y(weekday) + _CELL - 1) for weekday, name in _DAYS
    ]
    months = [
        CalendarText(name_month(month)[:3], _find_x(date(year, month, 1)), _TOP - 6)
        for month in range(1, 13)
    ]
    days = [
        Day(
            x=_find_x(day),
            y=_find_y(day.weekday()),
            level=_find_level(number),
            title=f"{format_day(day)}: {count_items(number, 'note')}",
        )
        for day, number in sorted(counts.items())
    ]
    return Calendar(
        year=year,
        description=description,
        width=_LEFT + _COLUMNS * _PITCH,
        height=_TOP + 7 * _PITCH,
        cell=_CELL,
        gap=_PITCH - _CELL,
        texts=(*weekdays, *months),
        weekdays=tuple(_lay_out_weekday(year, weekday) for weekday in range(7)),
        days=tuple(days),
    )


def _lay_out_weekday(year: int, weekday: int) -> Weekday:
    """Return the line of a day of the week, from its first in the year to its last."""
    first, last = date(year, 1, 1), date(year, 12, 31)
    start = _find_x(first) + _PITCH * (weekday < first.weekday())
    end = _find_x(last) - _PITCH * (weekday > last.weekday()) + _CELL
    return Weekday(start, end, _find_y(weekday) + _CELL / 2)


def _find_x(day: date) -> int:
    first = date(day.year, 1, 1)
    return _LEFT + ((day - first).days + first.weekday()) // 7 * _PITCH


def _find_y(weekday: int) -> int:
    return _TOP + weekday * _PITCH


def _find_level(number: int) -> int:
    return min(number.bit_length(), len(LEVELS) - 1)
