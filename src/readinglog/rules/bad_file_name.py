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
from readinglog.text import Span

SEVERITY = Severity.WARNING


def check(note: Note, _: Notebook) -> Iterator[Finding]:
    if KEBAB.match(note.name):
        return
    better = next((name for name in (kebab(note.name), kebab(note.title)) if KEBAB.match(name) and name != "note"), None)
    help_ = f"call it `{better}.md`" if better else "call it by words of a to z and 0 to 9, joined by `-`"
    yield Finding(Span(0, 0), f"the file name `{note.name}` is not lower-case words joined by `-`", help_)
