"""Days and months in words."""

from __future__ import annotations

from datetime import date

from readinglog.site.messages import translate

_MONTHS = tuple(
    "January February March April May June July August September October November December".split()
)


def format_day(day: date) -> str:
    """Return a day as `21 November 2026`."""
    month = format_month(day.year, day.month)
    return translate("{day} {month}", day=day.day, month=month)


def format_month(year: int, month: int) -> str:
    """Return a month as `November 2026`."""
    return f"{name_month(month)} {year}"


def format_short_month(day: date) -> str:
    """Return the month of a day as lists show it, such as `Nov 2026`."""
    return f"{shorten_month(day.month)} {day.year}"


def shorten_month(month: int) -> str:
    """Return the name of a month, from 1 to 12, as lists show it, such as `Nov`."""
    return translate("Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec").split(" ")[month - 1]


def name_month(month: int) -> str:
    """Return the name of a month, from 1 to 12."""
    return translate(_MONTHS[month - 1])
