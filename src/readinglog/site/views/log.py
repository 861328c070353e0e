"""The log: every note, newest first, day by day, a page a month."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from itertools import groupby

from markupsafe import Markup

from readinglog.model.note import Note
from readinglog.model.text import pluralize
from readinglog.notebook.notebook import Notebook
from readinglog.site.dates import format_day, format_month
from readinglog.site.page import NOTHING, Output, Page, PageBase, Site, html, joined
from readinglog.site.views.components import PER_PAGE, counted, note_list, paged

_UNDATED = "undated"

Months = list[tuple[str, list[Note]]]


def emit(notebook: Notebook, _: Site) -> Iterator[Output]:
    months = [(month, list(notes)) for month, notes in groupby(notebook.published, key=_month)]
    for at, (month, notes) in enumerate(months):
        steps = [
            (words, months[to][0])
            for words, to in (("Newer", at - 1), ("Older", at + 1))
            if 0 <= to < len(months)
        ]
        for here, part, links in paged(f"log/{month}/", notes):
            after = html("{}{}{}", links, _steps(steps, here), _archive(months, here))
            yield _page(
                here, _named(month), pluralize(notes, "note"), _days(part, notebook, here), after
            )
    here = PageBase("log/")
    month, notes = months[0] if months else ("", [])
    rest = (
        [html('<a href="{}">the rest of {}</a>', here.to(f"log/{month}/page/2/"), _named(month))]
        if len(notes) > PER_PAGE
        else []
    )
    after = html(
        "{}{}{}",
        html('<p class="rl-links">{}</p>\n', joined(rest)) if rest else "",
        _steps([("Older", m) for m, _ in months[1:2]], here),
        _archive(months, here),
    )
    lead = f"{_named(month)}, {pluralize(notes, 'note')}" if months else ""
    yield _page(here, "Log", lead, _days(notes[:PER_PAGE], notebook, here), after)


def _month(note: Note) -> str:
    return note.date.isoformat()[:7] if note.date else _UNDATED


def _named(month: str) -> str:
    """`2026-11` as `November 2026`."""
    year, _, number = month.partition("-")
    return format_month(int(year), int(number)) if number else month.capitalize()


def _page(here: PageBase, title: str, lead: str, days: Markup, after: Markup) -> Page:
    top = html('<p class="rl-lead">{}.</p>\n', lead) if lead else ""
    before = html("<h1>{}</h1>\n{}{}", title, top, days or html("<p>Nothing is logged yet.</p>\n"))
    return Page(here.address, title, before=before, after=after, feed="feed.xml")


def _days(notes: Sequence[Note], notebook: Notebook, here: PageBase) -> Markup:
    return joined(
        _day(day, list(group), notebook, here)
        for day, group in groupby(notes, key=lambda note: note.date)
    )


def _day(day: date | None, notes: Sequence[Note], notebook: Notebook, here: PageBase) -> Markup:
    """The notes of a day below its date."""
    shown = (
        html('<time datetime="{}">{}</time>', day.isoformat(), format_day(day))
        if day
        else _UNDATED.capitalize()
    )
    return html(
        '<section class="rl-day">\n<h2>{}</h2>\n{}</section>\n',
        shown,
        note_list(notes, notebook, here, dated=False),
    )


def _steps(steps: Sequence[tuple[str, str]], here: PageBase) -> Markup:
    links = (
        html('<a href="{}"><span>{}</span> {}</a>', here.to(f"log/{month}/"), words, _named(month))
        for words, month in steps
    )
    return (
        html(
            '<nav class="rl-prev-next" aria-label="Newer and older months">{}</nav>\n',
            joined(links, "\n"),
        )
        if steps
        else NOTHING
    )


def _archive(months: Months, here: PageBase) -> Markup:
    """All months by year, with counts."""
    rows = []
    for year, group in groupby(months, key=lambda month: month[0].partition("-")[0]):
        links = (
            counted(
                html('<a href="{}">{}</a>', here.to(f"log/{m}/"), _named(m).partition(" ")[0]),
                len(notes),
            )
            for m, notes in group
        )
        rows.append(html("<dt>{}</dt><dd>{}</dd>\n", year.capitalize(), joined(links, " ")))
    template = (
        '<nav class="rl-months" aria-label="Months">\n<dl class="rl-timeline">\n{}</dl>\n</nav>\n'
    )
    return html(template, joined(rows)) if rows else NOTHING
