"""Days and months in words."""

from __future__ import annotations

from datetime import date

MONTHS = tuple(
    "January February March April May June July August September October November December".split()
)


def format_day(day: date) -> str:
    """Return a day as `21 November 2026`."""
    return f"{day.day} {format_month(day.year, day.month)}"


def format_month(year: int, month: int) -> str:
    """Return a month as `November 2026`."""
    return f"{MONTHS[month - 1]} {year}"
