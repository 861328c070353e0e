"""A note that no note links to and that links to none.

It adds up to nothing: a reader comes to it by search alone. One sentence that says how it relates to another work is
enough.

Bad: a note that speaks of its own work only.

Good: "The routing is that of [[switch-transformers]], but …"
"""

from __future__ import annotations

from collections.abc import Iterator

from readinglog.model.diagnostic import Diagnostic, Severity
from readinglog.model.note import Note
from readinglog.model.text import Span
from readinglog.notebook.notebook import Notebook

SEVERITY = Severity.WARNING
_HELP = "write in a sentence how it relates to another work: `[[name]]`"


def check(note: Note, notebook: Notebook) -> Iterator[Diagnostic]:
    if note.is_draft or note in notebook.graph.backlinks or (note.diagnostics and not note.fields):
        return
    links_to_others = any(
        resolution.candidates[:1] not in ((), (note,)) for _, resolution in notebook.links.of(note)
    )
    if not links_to_others and not notebook.links.relations_of(note):
        yield Diagnostic(Span(0, 0), "no note links to this one, and it links to none", _HELP)
