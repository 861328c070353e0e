"""Wanted: what is linked or cited but not yet written, most wanted first, and what waits to be
read.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import partial

from readinglog.model.slugs import fold
from readinglog.notebook.notebook import Notebook
from readinglog.notebook.reading_paths import find_wanted_notes
from readinglog.site.messages import translate
from readinglog.site.page import Output, Page, Site
from readinglog.site.views.note_text import make_work_url
from readinglog.site.views.rows import NoteLink, WorkRow, make_note_link, make_work_rows

_LISTED = 500  # wanted notes
_NAMED = 10  # notes that want one


@dataclass(frozen=True, slots=True)
class WantedRow:
    """A wanted note: its anchor, what it is called, where the work can be read or '', and the notes
    that link to it.
    """

    anchor: str
    name: str
    url: str
    count: int
    notes: tuple[NoteLink, ...]


@dataclass(frozen=True, slots=True)
class WantedView:
    """Wanted notes, and the works that wait to be read."""

    wanted: tuple[WantedRow, ...]
    to_read: tuple[WorkRow, ...]


def make_outputs(notebook: Notebook, _: Site) -> Iterator[Output]:
    yield Page(
        "wanted/",
        translate("Wanted notes"),
        "wanted.html",
        partial(_make_view, notebook),
        description=translate("Works that notes link to and nobody has written about yet."),
        wide=True,
    )


def _make_view(notebook: Notebook) -> WantedView:
    wanted = tuple(
        WantedRow(
            anchor=fold(target),
            name=target,
            url=make_work_url(target),
            count=len(notes),
            notes=tuple(map(make_note_link, notes[:_NAMED])),
        )
        for target, notes in find_wanted_notes(notebook)[:_LISTED]
    )
    to_read = [note for note in notebook.published if note.status == "to-read"]
    return WantedView(wanted, make_work_rows(to_read, notebook))
