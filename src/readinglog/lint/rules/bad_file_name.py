"""A file name that is not portable.

A note's file name becomes its address and is typed into links. Lower-case words joined by `-`
work on every file system and need no escaping. Other names still work, so you can import a folder
as it is.

Bad: `notes/My Note (1).md`

Good: `notes/my-note-1.md`
"""

from __future__ import annotations

from collections.abc import Iterator

from readinglog.model.diagnostic import Finding, Severity
from readinglog.model.messages import MESSAGES
from readinglog.model.note import Note
from readinglog.model.slugs import KEBAB, to_kebab
from readinglog.model.text import Span
from readinglog.notebook.notebook import Notebook

SEVERITY = Severity.WARNING


def check(note: Note, _: Notebook) -> Iterator[Finding]:
    if KEBAB.match(note.name):
        return
    better = next(
        (
            name
            for name in (to_kebab(note.name), to_kebab(note.title))
            if KEBAB.match(name) and name != "note"
        ),
        None,
    )
    yield MESSAGES["name-odd"].finding(Span(0, 0), near=better or "", name=note.name)
