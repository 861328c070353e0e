"""A name that means something else to a site or a file system.

`index` and `readme` are taken for the page of a folder, `con` and `nul` cannot be files on Windows.

Bad: `notes/index.md`

Good: `notes/index-structures.md`
"""

from __future__ import annotations

from collections.abc import Iterator

from readinglog.diagnostic import Finding, Severity
from readinglog.naming import RESERVED
from readinglog.note import Note
from readinglog.notebook import Notebook
from readinglog.sayings import SAYINGS
from readinglog.text import Span

SEVERITY = Severity.ERROR


def check(note: Note, _: Notebook) -> Iterator[Finding]:
    if note.name.lower() in RESERVED:
        yield SAYINGS["name-reserved"].finding(Span(0, 0), name=note.name)
