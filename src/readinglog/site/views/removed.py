"""The pages at the addresses of notes that were removed: they say so, and where to read on."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from functools import partial

from readinglog.model.removals import Removal
from readinglog.model.slugs import fold
from readinglog.notebook.notebook import Notebook
from readinglog.site.addresses import make_name_address
from readinglog.site.messages import translate
from readinglog.site.page import Output, Page, Site
from readinglog.site.views.rows import NoteLink, make_note_link


@dataclass(frozen=True, slots=True)
class RemovedView:
    """A note that was removed: its title, when and why, and the note to read instead."""

    title: str
    date: date | None
    reason: str
    instead: NoteLink | None


def make_outputs(notebook: Notebook, _: Site) -> Iterator[Output]:
    taken: set[str] = set()
    for removal in notebook.removals.removals:
        for name, _span in removal.list_names():
            if fold(name) not in taken and not notebook.publication.find_owner(name):
                taken.add(fold(name))
                view = partial(_make_view, removal, notebook)
                yield Page(make_name_address(name), translate("Removed"), "removed.html", view)


def _make_view(removal: Removal, notebook: Notebook) -> RemovedView:
    instead = None
    if removal.instead:
        target = notebook.names.resolve_name(removal.instead.text).target
        if target and notebook.publication.is_published(target):
            instead = make_note_link(target)
    day = date.fromisoformat(removal.date) if removal.date else None
    return RemovedView(removal.title or removal.name, day, removal.reason, instead)
