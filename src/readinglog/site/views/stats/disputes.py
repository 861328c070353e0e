"""Which works contradict which, in the words of the note that says so."""

from __future__ import annotations

from dataclasses import dataclass

from readinglog.model.note import Note
from readinglog.notebook.notebook import Notebook
from readinglog.site.views.rows import NoteLink, Quote, make_note_link, make_quote


@dataclass(frozen=True, slots=True)
class Dispute:
    """A note whose work contradicts that of another, with its sentence that links to the other.

    `quote` is None where its text does not link to it.
    """

    note: NoteLink
    other: NoteLink
    quote: Quote | None


def find_disputes(notebook: Notebook) -> list[tuple[Note, Note]]:
    """Return the published notes whose work contradicts that of another, each with that one.

    The newest come first.
    """
    found = []
    for note in notebook.published:
        for relation in notebook.links.list_relations(note):
            other = notebook.graph.published_target(note, relation.resolution)
            if other and relation.field == "contradicts":
                found.append((note, other))
    return found


def list_disputes(notebook: Notebook) -> tuple[Dispute, ...]:
    """Return the disputes as rows."""
    return tuple(
        Dispute(make_note_link(note), make_note_link(other), _quote_link(note, other, notebook))
        for note, other in find_disputes(notebook)
    )


def _quote_link(note: Note, other: Note, notebook: Notebook) -> Quote | None:
    """Return the sentence of `note` in which it first links to `other`."""
    for link, resolution in notebook.links.list_links(note):
        if notebook.graph.published_target(note, resolution) is other:
            return make_quote(note, link.span, notebook)
    return None
