"""The log: every note, newest first, a page a month."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import groupby

from markupsafe import Markup

from readinglog.note import Note
from readinglog.notebook import Notebook
from readinglog.pages.lists import counted, note_list
from readinglog.pages.page import Emitted, Page, Place, Site, html, joined

_UNDATED = "undated"


def emit(notebook: Notebook, _: Site) -> Iterator[Emitted]:
    months = [(month, list(notes)) for month, notes in groupby(notebook.published, key=_month)]
    for month, notes in months:
        address = f"log/{month}/"
        yield _page(address, f"Log, {month}", notes, months, notebook)
    yield _page("log/", "Log", months[0][1] if months else [], months, notebook)


def _month(note: Note) -> str:
    return note.date.isoformat()[:7] if note.date else _UNDATED


def _page(address: str, title: str, notes: Sequence[Note], months: list[tuple[str, list[Note]]], notebook: Notebook) -> Page:
    here = Place(address)
    before = html("<h1>{}</h1>\n{}", title, note_list(notes, notebook, here) or html("<p>Nothing is logged yet.</p>\n"))
    return Page(address, title, before, after=_months(months, here), feed="feed.xml")


def _months(months: list[tuple[str, list[Note]]], here: Place) -> Markup:
    links = [counted(html('<a href="{}">{}</a>', here.to(f"log/{month}/"), month), len(notes)) for month, notes in months]
    return html('<nav class="rl-months" aria-label="Months">{}</nav>\n', joined(links, " "))
