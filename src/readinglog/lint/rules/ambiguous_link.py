"""A link that could mean more than one note.

Readers would not know which note is meant: two notes can share a title or an alias, and folders can
hold files of the same name. A link by such a name leads to a list of the notes that have it.

Bad:

    See [[memory]].

Good:

    See [[psychology/memory]].
"""

from __future__ import annotations

import posixpath
from collections.abc import Iterator

from readinglog.model.diagnostic import Diagnostic, RelatedLocation, Severity
from readinglog.model.messages import offer_choice
from readinglog.model.note import Note
from readinglog.model.text import Span
from readinglog.notebook.notebook import Notebook

SEVERITY = Severity.ERROR
_RELATED = 5  # notes that are listed


def check(note: Note, notebook: Notebook) -> Iterator[Diagnostic]:
    for link, resolution in notebook.links.list_links(note):
        if not resolution.is_ambiguous:
            continue
        notes = resolution.candidates
        if link.kind == "wikilink":
            written = [f"[[{notebook.names.find_spelling(other, note)}]]" for other in notes[:2]]
        else:
            folder = posixpath.dirname(note.path) or "."
            written = [posixpath.relpath(other.path, folder) for other in notes[:2]]
        message = f"`{link.target}` may mean {len(notes)} notes"
        help_ = offer_choice(written, len(notes))
        related = tuple(
            RelatedLocation(other.source, Span(0, 0), "this one") for other in notes[:_RELATED]
        )
        yield Diagnostic(link.span, message, help_, related=related)
