"""A file name that is not portable.

A note's file name becomes its address and is typed into links. Lower-case words joined by `-`
work on every file system and need no escaping. Other names still work, so you can import a folder
as it is.

Bad: `notes/My Note (1).md`

Good: `notes/my-note-1.md`
"""

from __future__ import annotations

from collections.abc import Iterator

from readinglog.model.diagnostic import Diagnostic, Severity
from readinglog.model.messages import MESSAGES
from readinglog.model.note import Note
from readinglog.model.slugs import KEBAB_PATTERN, to_kebab
from readinglog.model.text import Span
from readinglog.notebook.notebook import Notebook

SEVERITY = Severity.WARNING


def check(note: Note, _: Notebook) -> Iterator[Diagnostic]:
    if not KEBAB_PATTERN.match(note.name):
        near = _suggest_name(note)
        yield MESSAGES["bad-name"].make_diagnostic(Span(0, 0), near=near, name=note.name)


def _suggest_name(note: Note) -> str:
    """Return a name made of the present one or of the title, or '' where neither gives one."""
    for name in (to_kebab(note.name), to_kebab(note.title)):
        if KEBAB_PATTERN.match(name) and name != "note":
            return name
    return ""
