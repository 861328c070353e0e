"""The days of a year as a picture: the more notes a day has, the stronger it is drawn."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from markupsafe import Markup

from readinglog.model.text import pluralize
from readinglog.site.charts.plots import text_at
from readinglog.site.dates import MONTHS, format_day
from readinglog.site.page import html, joined

LEVELS = ("none", "1", "2 or 3", "4 to 7", "8 or more")  # the notes of a day, by level
_DAYS = ((0, "Mon"), (2, "Wed"), (4, "Fri"))
_PITCH, _CELL, _LEFT, _TOP = 11, 9, 30, 17  # in units that are pixels or a little more


def calendar(year: int, days: Mapping[date, int], says: str) -> Markup:
    """The days of a year, weeks as columns: the more notes a day has, the stronger it is drawn. `says` puts it in words."""
    last = date(year, 12, 31)
    rows = [_row(year, weekday, _column(last) - (weekday > last.weekday())) for weekday in range(7)]
    names = [text_at(0, _y(weekday) + _CELL - 1, name) for weekday, name in _DAYS]
    months = [
        text_at(_x(_column(date(year, month, 1))), _TOP - 6, name[:3])
        for month, name in enumerate(MONTHS, 1)
    ]
    marked = [
        html(
            '<rect x="{0}" y="{1}" width="{2}" height="{2}" data-level="{3}"><title>{4}</title></rect>',
            _x(_column(day)),
            _y(day.weekday()),
            _CELL,
            _level(number),
            f"{format_day(day)}: {pluralize(number, 'note')}",
        )
        for day, number in sorted(days.items())
    ]
    return html(
        '<div class="rl-scroll" tabindex="0" role="region" aria-label="{0}"><svg class="rl-calendar" viewBox="0 0 {1} {2}" role="img" '
        'aria-label="{3}">{4}<g class="rl-week" stroke-width="{5}" stroke-dasharray="{5} {6}">{7}</g>{8}</svg></div>\n',
        f"The days of {year}",
        _LEFT + 54 * _PITCH,
        _TOP + 7 * _PITCH,
        says,
        joined([*names, *months]),
        _CELL,
        _PITCH - _CELL,
        joined(rows),
        joined(marked),
    )


def _row(year: int, weekday: int, last: int) -> Markup:
    """All days of the year that are the same day of the week: one dashed line."""
    first = int(weekday < date(year, 1, 1).weekday())
    return html('<path d="M{} {}H{}"></path>', _x(first), _y(weekday) + _CELL / 2, _x(last) + _CELL)


def _column(day: date) -> int:
    first = date(day.year, 1, 1)
    return ((day - first).days + first.weekday()) // 7


def _x(column: int) -> int:
    return _LEFT + column * _PITCH


def _y(weekday: int) -> int:
    return _TOP + weekday * _PITCH


def _level(number: int) -> int:
    return min(number.bit_length(), len(LEVELS) - 1)
