"""A name that is reserved by the site or a file system.

`index` and `readme` name the page of a folder, `404` the page for addresses that do not exist.
`con`, `nul` and `aux` cannot be file names on Windows. `index.md` in the notes folder itself,
without front matter, is the text at the top of the home page. A page (`kind: page`) cannot take
the address of a part of the site, such as `tags` or `log`.

Bad: `notes/index.md`

Good: `notes/index-structures.md`
"""

from __future__ import annotations

from collections.abc import Iterator

from readinglog.model.diagnostic import Diagnostic, Severity
from readinglog.model.messages import MESSAGES
from readinglog.model.note import Note
from readinglog.model.slugs import RESERVED_NAMES, SITE_SECTIONS
from readinglog.model.text import Span
from readinglog.notebook.notebook import Notebook

SEVERITY = Severity.ERROR


def check(note: Note, _: Notebook) -> Iterator[Diagnostic]:
    if note.is_home:
        return
    taken = RESERVED_NAMES | SITE_SECTIONS if note.is_page else RESERVED_NAMES
    if note.name.lower() in taken:
        yield MESSAGES["reserved-name"].make_diagnostic(Span(0, 0), name=note.name)
