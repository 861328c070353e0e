"""A note that neither links to another note nor is linked from one.

Readers can only find it by searching. One sentence on how it relates to another work is enough.

Bad: a note that only discusses its own work.

Good: "It routes tokens as [[switch-transformers]] does, but …"
"""

from __future__ import annotations

from collections.abc import Iterator

from readinglog.model.diagnostic import Finding, Severity
from readinglog.model.note import Note
from readinglog.model.text import Span
from readinglog.notebook.notebook import Notebook

SEVERITY = Severity.WARNING
_HELP = "say in a sentence how it relates to another work: `[[name]]`"


def check(note: Note, notebook: Notebook) -> Iterator[Finding]:
    if note.is_draft or note in notebook.graph.backlinks or (note.problems and not note.fields):
        return
    links_to_others = any(
        resolution.candidates[:1] not in ((), (note,)) for _, resolution in notebook.links.of(note)
    )
    if not links_to_others and not notebook.links.relations_of(note):
        yield Finding(Span(0, 0), "no note links here, and this one links to none", _HELP)
