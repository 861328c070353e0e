"""Days and months in words."""

from __future__ import annotations

from datetime import date

MONTHS = tuple("January February March April May June July August September October November December".split())


def day_name(day: date) -> str:
    """`21 November 2026`."""
    return f"{day.day} {month_name(day.year, day.month)}"


def month_name(year: int, month: int) -> str:
    """`November 2026`."""
    return f"{MONTHS[month - 1]} {year}"
