"""The log: every note, newest first, day by day, a page a month."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from itertools import groupby

from markupsafe import Markup

from readinglog.note import Note
from readinglog.notebook import Notebook
from readinglog.pages.dates import day_name, month_name
from readinglog.pages.lists import counted, note_list
from readinglog.pages.page import Emitted, Page, Place, Site, count, html, joined

_UNDATED = "undated"

Months = list[tuple[str, list[Note]]]


def emit(notebook: Notebook, _: Site) -> Iterator[Emitted]:
    months = [(month, list(notes)) for month, notes in groupby(notebook.published, key=_month)]
    for at, (month, notes) in enumerate(months):
        here = Place(f"log/{month}/")
        steps = [(words, months[to][0]) for words, to in (("Newer", at - 1), ("Older", at + 1)) if 0 <= to < len(months)]
        yield _page(here, _named(month), notes, months, _steps(steps, here), notebook)
    here = Place("log/")
    newest = months[0] if months else ("", [])
    older = _steps([("Older", month) for month, _ in months[1:2]], here)
    yield _page(here, "Log", newest[1], months, older, notebook, _named(newest[0]))


def _month(note: Note) -> str:
    return note.date.isoformat()[:7] if note.date else _UNDATED


def _named(month: str) -> str:
    """`2026-11` as `November 2026`."""
    year, _, number = month.partition("-")
    return month_name(int(year), int(number)) if number else month.capitalize()


def _page(here: Place, title: str, notes: Sequence[Note], months: Months, steps: Markup, notebook: Notebook, month: str = "") -> Page:
    """`month` is what the page shows where its title does not say so."""
    lead = html('<p class="rl-lead">{}.</p>\n', ", ".join(filter(None, (month, count(notes, "note"))))) if notes else ""
    days = joined(_day(day, list(group), notebook, here) for day, group in groupby(notes, key=lambda note: note.date))
    before = html("<h1>{}</h1>\n{}{}", title, lead, days or html("<p>Nothing is logged yet.</p>\n"))
    return Page(here.address, title, before, after=html("{}{}", steps, _archive(months, here)), feed="feed.xml")


def _day(day: date | None, notes: Sequence[Note], notebook: Notebook, here: Place) -> Markup:
    """The notes of a day below its date."""
    shown = html('<time datetime="{}">{}</time>', day.isoformat(), day_name(day)) if day else _UNDATED.capitalize()
    return html('<section class="rl-day">\n<h2>{}</h2>\n{}</section>\n', shown, note_list(notes, notebook, here, dated=False))


def _steps(steps: Sequence[tuple[str, str]], here: Place) -> Markup:
    links = (html('<a href="{}"><span>{}</span> {}</a>', here.to(f"log/{month}/"), words, _named(month)) for words, month in steps)
    return html('<nav class="rl-steps" aria-label="Newer and older months">{}</nav>\n', joined(links, "\n")) if steps else Markup()


def _archive(months: Months, here: Place) -> Markup:
    """All months by year, with counts."""
    rows = []
    for year, group in groupby(months, key=lambda month: month[0].partition("-")[0]):
        links = (counted(html('<a href="{}">{}</a>', here.to(f"log/{m}/"), _named(m).partition(" ")[0]), len(notes)) for m, notes in group)
        rows.append(html("<dt>{}</dt><dd>{}</dd>\n", year.capitalize(), joined(links, " ")))
    return (
        html('<nav class="rl-months" aria-label="Months">\n<dl class="rl-timeline">\n{}</dl>\n</nav>\n', joined(rows)) if rows else Markup()
    )
