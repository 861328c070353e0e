"""What rules may look at besides the note that they check.

Where it is the same, they find the same in a note that has not changed.
"""

from __future__ import annotations

from collections.abc import Iterator

from readinglog.model.text import compute_digest
from readinglog.notebook.notebook import Notebook


def compute_targets_digest(notebook: Notebook) -> bytes:
    """Return a digest of all that rules may look at, but for the texts of notes and their links."""
    outlines = (note.outline.targets for note in notebook.notes)
    return compute_digest(repr(tuple(_list_surroundings(notebook))), b"".join(outlines))


def compute_links_digest(notebook: Notebook) -> bytes:
    """Return a digest of all links: a note that leads nowhere is told whether others lead to it."""
    return compute_digest("", b"".join(note.outline.links for note in notebook.notes))


def _list_surroundings(notebook: Notebook) -> Iterator[object]:
    """Yield what the diagnostics of all notes depend on besides the notes, as it can be printed."""
    around = notebook.surroundings
    yield from (notebook.today, notebook.schema.key, around.files, sorted(around.excluded))
    yield from (sorted(around.outside.items()), sorted(around.macros.items()), around.people)
    yield from (
        file.digest for file in (notebook.vocabulary.source, around.removals.source) if file
    )
