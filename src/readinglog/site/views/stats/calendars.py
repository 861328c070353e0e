"""Notes over time: a calendar for each of the newest years, and their months as a table."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

from readinglog.model.note import Note
from readinglog.site.charts.calendar import Calendar, lay_out_calendar
from readinglog.site.dates import format_day, name_month
from readinglog.site.messages import count_items, format_number, translate

_CALENDARS = 3  # years
_FEWEST = 10  # days with notes, up to which a list of months says as much as a calendar


class MonthCount(NamedTuple):
    """How many notes a month has, and the address of its page in the log."""

    number: int
    address: str


@dataclass(frozen=True, slots=True)
class MonthRow:
    """A month's name, and its notes in each of the years that are shown."""

    name: str
    counts: tuple[MonthCount, ...]


@dataclass(frozen=True, slots=True)
class NotesOverTime:
    """Calendars of years, the newest first, and their months; `totals` are the notes of each year.

    There are no calendars of few days. `earlier` notes are older than those years, `undated` have
    no date.
    """

    years: tuple[int, ...]
    calendars: tuple[Calendar, ...]
    months: tuple[MonthRow, ...]
    totals: tuple[int, ...]
    earlier: int
    undated: int


def count_notes_over_time(notes: Sequence[Note]) -> NotesOverTime | None:
    """Return the newest years with notes; None where no note has a date."""
    days: dict[int, Counter[date]] = defaultdict(Counter)
    for note in notes:
        if note.date:
            days[note.date.year][note.date] += 1
    if not days:
        return None
    years = sorted(days, reverse=True)[:_CALENDARS]
    is_drawn = sum(map(len, days.values())) > _FEWEST
    return NotesOverTime(
        years=tuple(years),
        calendars=tuple(
            lay_out_calendar(year, days[year], _describe_year(year, days[year]))
            for year in (years if is_drawn else ())
        ),
        months=_count_by_month({year: days[year] for year in years}),
        totals=tuple(days[year].total() for year in years),
        earlier=sum(days[year].total() for year in days if year not in years),
        undated=sum(not note.date for note in notes),
    )


def _describe_year(year: int, days: Counter[date]) -> str:
    busiest = min(days, key=lambda day: (-days[day], day))
    return translate(
        "{notes} in {year} on {days}, most on {day}: {most}",
        notes=count_items(days.total(), "note"),
        year=year,
        days=count_items(len(days), "day"),
        day=format_day(busiest),
        most=format_number(days[busiest]),
    )


def _count_by_month(days: Mapping[int, Counter[date]]) -> tuple[MonthRow, ...]:
    """Return the twelve months, each with its notes in every year of `days`."""
    counts: Counter[tuple[int, int]] = Counter()
    for year, of_year in days.items():
        for day, number in of_year.items():
            counts[year, day.month] += number
    return tuple(
        MonthRow(
            name_month(month),
            tuple(MonthCount(counts[year, month], f"log/{year:04}-{month:02}/") for year in days),
        )
        for month in range(1, 13)
    )
