"""Wanted: what is linked or cited but not yet written, most asked for first, and what waits to be read."""

from __future__ import annotations

from collections.abc import Iterator

from readinglog.model.slugs import fold
from readinglog.notebook.notebook import Notebook
from readinglog.notebook.reading_paths import find_wanted_notes
from readinglog.site.page import Output, Page, PageBase, Site, html, joined, section
from readinglog.site.views.components import counted, note_list
from readinglog.site.views.note_text import outside_address

_SHOWN = 500
_HERE = PageBase("wanted/")


def emit(notebook: Notebook, _: Site) -> Iterator[Output]:
    asked = find_wanted_notes(notebook)
    items = []
    for target, askers in asked[:_SHOWN]:
        address = outside_address(target)
        name = (
            html('<a href="{}">{}</a>', address, target)
            if address
            else html("<span>{}</span>", target)
        )
        links = joined(
            (html('<a href="{}">{}</a>', _HERE.note(note), note.title) for note in askers[:10]),
            ", ",
        )
        items.append(
            html('<li id="{}">{}, by {}</li>', fold(target), counted(name, len(askers)), links)
        )
    nothing = html(
        "<p>Every link leads to a note. A work not yet written about is cited as <code>[[arxiv:…]]</code>.</p>\n"
    )
    listed = (
        html('<ul class="rl-wanted-notes">{}</ul>\n', joined(items, "\n")) if items else nothing
    )
    waiting = [note for note in notebook.published if note.status == "to-read"]
    heading = counted("To read", len(waiting))
    queue = section(heading, "to-read", note_list(waiting, notebook, _HERE))
    lead = html('<p class="rl-lead">Linked or cited, not yet written.</p>\n') if items else ""
    before = html("<h1>Wanted</h1>\n{}{}{}", lead, listed, queue if waiting else "")
    yield Page(_HERE.address, "Wanted notes", before)
