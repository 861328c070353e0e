"""What rules may look at besides the note that they check.

Where it is the same, they find the same in a note that has not changed.
"""

from __future__ import annotations

from readinglog.model.text import compute_digest
from readinglog.notebook.notebook import Notebook


def compute_facts_digest(notebook: Notebook) -> bytes:
    """Return a digest of all that rules may look at that check a note alone."""
    vocabulary = notebook.vocabulary
    macros = sorted(notebook.macros.items())
    seen = (notebook.schema.key, macros, notebook.people, list(vocabulary.tags.values()))
    return compute_digest(repr(seen), vocabulary.source.digest if vocabulary.source else b"")


def compute_targets_digest(notebook: Notebook) -> bytes:
    """Return a digest of all that rules may look at, but for the texts of notes and their links."""
    around = notebook.surroundings
    outside, site_files = sorted(around.outside.items()), sorted(around.site_files)
    seen = (notebook.today, around.files, sorted(around.excluded), outside, site_files)
    removals = around.removals.source
    digests = (compute_facts_digest(notebook), removals.digest if removals else b"")
    outlines = (note.outline.targets for note in notebook.notes)
    return compute_digest(repr(seen), b"".join((*digests, *outlines)))


def compute_links_digest(notebook: Notebook) -> bytes:
    """Return a digest of all links: a note that leads nowhere is told whether others lead to it."""
    return compute_digest("", b"".join(note.outline.links for note in notebook.notes))
