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
    if note.is_draft or note in notebook.backlinks or (note.problems and not note.fields):
        return
    if not any(to and to[0] is not note for _, to in notebook.links[note]) and not notebook.relations(note):
        yield Finding(Span(0, 0), "no note links here, and this one links to none", _HELP)
