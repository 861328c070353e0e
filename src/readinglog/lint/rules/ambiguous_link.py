"""A link that could mean more than one note.

Readers would not know which note is meant. Names are unique in a log, but two notes can share a
title or an alias, and imported folders can hold files of the same name.

Bad:

    See [[attention]].

Good:

    See [[vision/attention]].
"""

from __future__ import annotations

import posixpath
from collections.abc import Iterator

from readinglog.model.diagnostic import Finding, Place, Severity
from readinglog.model.note import Note
from readinglog.model.text import Span
from readinglog.notebook.notebook import Notebook

SEVERITY = Severity.ERROR


def check(note: Note, notebook: Notebook) -> Iterator[Finding]:
    for link, resolution in notebook.links.of(note):
        if resolution.is_ambiguous:
            notes = resolution.candidates
            places = tuple(Place(other.source, Span(0, 0), "this one") for other in notes[:5])
            from_here = posixpath.relpath(notes[0].path, posixpath.dirname(note.path) or ".")
            written = (
                f"[[{notes[0].path.removesuffix('.md')}]]" if link.kind == "wikilink" else from_here
            )
            help_ = f"write `{written}` or another of the {len(notes)}"
            yield Finding(
                link.span, f"`{link.target}` may mean {len(notes)} notes", help_, (), places
            )
