"""The lists of notes that have one name: each is at the address that one of them would have."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import partial

from readinglog.model.note import Note
from readinglog.notebook.notebook import Notebook
from readinglog.site.addresses import make_name_address
from readinglog.site.page import Output, Page, Site
from readinglog.site.views.rows import NoteRow, make_note_rows


@dataclass(frozen=True, slots=True)
class NamesakesView:
    """The notes that have a name."""

    name: str
    notes: tuple[NoteRow, ...]


def make_outputs(notebook: Notebook, _: Site) -> Iterator[Output]:
    for name, notes in notebook.publication.shared_names.items():
        view = partial(_make_view, name, notes, notebook)
        yield Page(make_name_address(name), name, "namesakes.html", view)


def _make_view(name: str, notes: Sequence[Note], notebook: Notebook) -> NamesakesView:
    return NamesakesView(name, make_note_rows(notes, notebook))
