"""A file name that does not travel well.

The name becomes an address and is typed into links. Lower-case words joined by `-` are the same on every file system
and need no escaping. Other names work all the same, so that a folder from elsewhere can be moved in.

Bad: `notes/My Note (1).md`

Good: `notes/my-note-1.md`
"""

from __future__ import annotations

from collections.abc import Iterator

from readinglog.diagnostic import Finding, Severity
from readinglog.naming import KEBAB, kebab
from readinglog.note import Note
from readinglog.notebook import Notebook
from readinglog.sayings import SAYINGS
from readinglog.text import Span

SEVERITY = Severity.WARNING


def check(note: Note, _: Notebook) -> Iterator[Finding]:
    if KEBAB.match(note.name):
        return
    better = next((name for name in (kebab(note.name), kebab(note.title)) if KEBAB.match(name) and name != "note"), None)
    yield SAYINGS["name-odd"].finding(Span(0, 0), near=better or "", name=note.name)
