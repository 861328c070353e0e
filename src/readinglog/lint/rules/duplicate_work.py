"""Two notes about the same work.

They have the same address, or the same identifier, such as a DOI, an ISBN or an arXiv id in any
version. Readers should find everything about a work in one place: merge the notes, and list the old
name under `redirect_from`.

Bad: `origin-of-species.md` with `doi: 10.5962/bhl.title.68064` and `origin.md` with
`url: https://doi.org/10.5962/bhl.title.68064`.

Good: one note, with `redirect_from: [origin]`.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from readinglog.model.diagnostic import Diagnostic, RelatedLocation, Severity
from readinglog.model.messages import MESSAGES
from readinglog.model.note import Note
from readinglog.model.text import Span
from readinglog.notebook.names import get_work_key
from readinglog.notebook.notebook import Notebook

SEVERITY = Severity.ERROR


def check(note: Note, notebook: Notebook) -> Iterator[Diagnostic]:
    if not note.is_work:
        return
    for key in sorted(notebook.names.work_keys[note]):
        notes = (found for found in notebook.names.by_work[key] if found.is_work)
        first = min(notes, key=_sort_key)
        if first is not note:
            name = next(name for name in note.schema.locators if get_work_key(note, name) == key)
            span = note.fields[name].value.span
            related = (RelatedLocation(first.source, Span(0, 0), "the other note"),)
            yield MESSAGES["duplicate-work"].make_diagnostic(
                span, related=related, other=first.name
            )
            return


def _sort_key(note: Note) -> tuple[date, str]:
    """Return the order of notes about one work: all but the first are too many."""
    return note.date or date.max, note.path
