"""The authors: a page for each with the works in the log, and a list of all."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import partial

from readinglog.model.note import Note
from readinglog.notebook.notebook import Notebook
from readinglog.site.addresses import make_author_address
from readinglog.site.page import Output, Page, Site
from readinglog.site.views.rows import NoteRow, make_note_rows

_LISTED = 300  # authors


@dataclass(frozen=True, slots=True)
class AuthorRow:
    """An author in the list of all, with the number of works."""

    name: str
    address: str
    works: int


@dataclass(frozen=True, slots=True)
class AuthorsView:
    """The authors with most works, and how many authors there are in all."""

    authors: tuple[AuthorRow, ...]
    total: int


@dataclass(frozen=True, slots=True)
class AuthorView:
    """An author's page."""

    name: str
    works: tuple[NoteRow, ...]


def make_outputs(notebook: Notebook, _: Site) -> Iterator[Output]:
    works: dict[str, list[Note]] = defaultdict(list)
    names: dict[str, str] = {}  # by address, as the newest note spells them
    for note in notebook.published:
        for name in dict.fromkeys(note.authors):
            address = make_author_address(name)
            works[address].append(note)
            names.setdefault(address, name)
    rows = [AuthorRow(names[address], address, len(notes)) for address, notes in works.items()]
    rows.sort(key=lambda row: (-row.works, row.name.rpartition(" ")[2], row.name))
    view = AuthorsView(tuple(rows[:_LISTED]), len(rows))
    yield Page("authors/", "Authors", "authors.html", lambda: view)
    for address, notes in works.items():
        name = names[address]
        yield Page(address, name, "author.html", partial(_make_author, name, notes, notebook))


def _make_author(name: str, notes: Sequence[Note], notebook: Notebook) -> AuthorView:
    return AuthorView(name, make_note_rows(notes, notebook))
