"""A note that neither links to another note nor is linked from one.

Readers can only find it by searching. One sentence on how it relates to another work is enough.

Bad: a note that only discusses its own work.

Good: "It argues from islands as [[origin-of-species]] does, but …"
"""

from __future__ import annotations

from collections.abc import Iterator

from readinglog.model.diagnostic import Diagnostic, Severity
from readinglog.model.note import Note
from readinglog.model.text import Span
from readinglog.notebook.notebook import Notebook

SEVERITY = Severity.WARNING
_MESSAGE = "no note links to this one, and it links to none"
_HELP = "write in a sentence how it relates to another work: `[[name]]`"


def check(note: Note, notebook: Notebook) -> Iterator[Diagnostic]:
    if note.is_draft or note.is_page or note.is_unparsed:
        return
    if notebook.links.leads_to_others(note) or notebook.links.list_relations(note):
        return
    if note not in notebook.graph.backlinks:
        yield Diagnostic(Span(0, 0), _MESSAGE, _HELP)
