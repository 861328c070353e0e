"""The tables of queries that stand in notes: what the query of a hub finds, or that of a block."""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple

from readinglog.model.bylines import format_short_authors
from readinglog.model.note import Note, Region
from readinglog.notebook.notebook import Notebook
from readinglog.parsing.queries import read_block
from readinglog.site.addresses import make_note_address
from readinglog.site.page import PageBase
from readinglog.site.rendering import render, use_macros
from readinglog.site.shared_search import find_notes
from readinglog.site.views.list_files import ListFile, list_query_files


class QueryRow(NamedTuple):
    """A note that a query finds."""

    title: str
    address: str
    authors: str
    year: str
    summary: str


@dataclass(frozen=True, slots=True)
class QueryTable:
    """A query, and the notes that it finds, in the order of the search.

    `files` list the same notes for other programs; only the query of a hub has some.
    """

    query: str
    rows: tuple[QueryRow, ...]
    files: tuple[ListFile, ...] = ()

    @property
    def columns(self) -> tuple[str, ...]:
        """The attributes of rows besides the title that at least one row has."""
        names = ("authors", "year", "summary")
        return tuple(name for name in names if any(getattr(row, name) for row in self.rows))


def make_hub_table(hub: Note, notebook: Notebook) -> QueryTable | None:
    """Return the table of a hub's query, or None where it has none that can be answered."""
    if not hub.query:
        return None
    files = list_query_files(make_note_address(hub))
    return _make_table(hub.query, notebook, files)


def render_block(region: Region, note: Note, notebook: Notebook, base: PageBase) -> str:
    """Return the table of a fenced query as one line of HTML, which Markdown leaves as it is, or ''
    where the query cannot be answered.
    """
    query = read_block(region, note.text).text
    table = _make_table(query, notebook) if query else None
    if table is None:
        return ""
    with use_macros(notebook.macros):
        html = render("query_block.html", base.address, table=table)
    return " ".join(str(html).split("\n")).strip()


def _make_table(
    query: str, notebook: Notebook, files: tuple[ListFile, ...] = ()
) -> QueryTable | None:
    notes = find_notes(query, notebook)
    if notes is None:
        return None
    return QueryTable(query, tuple(map(_make_row, notes)), files)


def _make_row(note: Note) -> QueryRow:
    authors, year = format_short_authors(note), note.published[:4]
    return QueryRow(note.short_name, make_note_address(note), authors, year, note.summary)
