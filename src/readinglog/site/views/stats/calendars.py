"""Notes over time: a calendar for each of the newest years, and their months as a table."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Sequence
from datetime import date

from markupsafe import Markup

from readinglog.model.note import Note
from readinglog.model.text import pluralize
from readinglog.site.charts.calendar import LEVELS, calendar
from readinglog.site.charts.plots import figure, key, legend, table
from readinglog.site.dates import MONTHS, format_day
from readinglog.site.page import PageBase, html, joined

_CALENDARS = 3  # years


def notes_over_time(notes: Sequence[Note], here: PageBase) -> Markup:
    """A calendar for each of the newest years with notes, and their months as a table."""
    days: dict[int, Counter[date]] = defaultdict(Counter)
    for note in notes:
        if note.date:
            days[note.date.year][note.date] += 1
    if not days:
        return html("<p>No note has a date yet.</p>\n")
    years = sorted(days, reverse=True)[:_CALENDARS]
    earlier = sum(days[year].total() for year in days if year not in years)
    undated = sum(not note.date for note in notes)
    keys = [key("level", level, "", words) for level, words in enumerate(LEVELS)]
    words = (
        f"The {_CALENDARS} newest years are shown; {pluralize(earlier, 'note')} stand before them."
        if earlier
        else "",
        f"{pluralize(undated, 'note')} without a date." if undated else "",
    )
    blocks = [
        html("<h3>{}</h3>\n{}", year, calendar(year, days[year], _year_says(year, days[year])))
        for year in years
    ]
    return figure(joined(blocks), legend("Notes a day", keys), words, _months(days, years, here))


def _year_says(year: int, days: Counter[date]) -> str:
    busiest = min(days, key=lambda day: (-days[day], day))
    return f"{pluralize(days.total(), 'note')} in {year} on {pluralize(len(days), 'day')}, most on {format_day(busiest)}: {days[busiest]:,}"


def _months(days: dict[int, Counter[date]], years: Sequence[int], here: PageBase) -> Markup:
    found = Counter({(year, month): 0 for year in years for month in range(1, 13)})
    for year in years:
        for day, number in days[year].items():
            found[year, day.month] += number
    rows: list[Sequence[object]] = [
        (name, *(_month(year, at, found[year, at], here) for year in years))
        for at, name in enumerate(MONTHS, 1)
    ]
    return table(
        "Notes by month",
        ("Month", *years),
        [*rows, ("In all", *(f"{days[year].total():,}" for year in years))],
    )


def _month(year: int, month: int, number: int, here: PageBase) -> object:
    return (
        html('<a href="{}">{}</a>', here.to(f"log/{year:04}-{month:02}/"), f"{number:,}")
        if number
        else 0
    )
