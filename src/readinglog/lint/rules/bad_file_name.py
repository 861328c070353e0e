"""A file name that is not portable.

A note's file name becomes its address and is typed into links. Lower-case words joined by `-`
are typed alike everywhere; of letters with marks, those of the Latin script lose them. Words of
other scripts stay as they are, `война-и-мир` or `红楼梦`. Other names still work, so you can import
a folder as it is.

Bad: `notes/My Note (1).md`

Good: `notes/my-note-1.md`
"""

from __future__ import annotations

from collections.abc import Iterator

from readinglog.lint.rules.rule import LogFacts
from readinglog.model.diagnostic import Diagnostic, Severity
from readinglog.model.messages import MESSAGES
from readinglog.model.note import Note
from readinglog.model.slugs import is_kebab, to_kebab
from readinglog.model.text import Span

SEVERITY = Severity.WARNING


def check_alone(note: Note, _: LogFacts) -> Iterator[Diagnostic]:
    if not is_kebab(note.name):
        near = to_kebab(note.name) or to_kebab(note.title)
        yield MESSAGES["bad-name"].make_diagnostic(Span(0, 0), near=near, name=note.name)
