"""A link that may mean more than one note.

Nobody can tell where it should lead. Names are unique in a log; titles and aliases need not be, and in an import the
same file name may stand in two folders.

Bad:

    See [[attention]].

Good:

    See [[vision/attention]].
"""

from __future__ import annotations

import posixpath
from collections.abc import Iterator

from readinglog.model.diagnostic import Diagnostic, RelatedLocation, Severity
from readinglog.model.note import Note
from readinglog.model.text import Span
from readinglog.notebook.notebook import Notebook

SEVERITY = Severity.ERROR


def check(note: Note, notebook: Notebook) -> Iterator[Diagnostic]:
    for link, resolution in notebook.links.of(note):
        if resolution.is_ambiguous:
            notes = resolution.candidates
            places = tuple(
                RelatedLocation(other.source, Span(0, 0), "this one") for other in notes[:5]
            )
            from_here = posixpath.relpath(notes[0].path, posixpath.dirname(note.path) or ".")
            written = (
                f"[[{notes[0].path.removesuffix('.md')}]]" if link.kind == "wikilink" else from_here
            )
            help_ = f"write `{written}` or another of the {len(notes)}"
            yield Diagnostic(
                link.span, f"`{link.target}` may mean {len(notes)} notes", help_, (), places
            )
