"""A name that is reserved by the site or a file system.

`index` and `readme` name the page of a folder, `404` the page for addresses that do not exist.
`con`, `nul`, `aux`, `com1` and the like are devices on Windows, also with a suffix, so that nobody
can check out such a file there. The note `a.md.md` would have the address of the file of note `a`.
`index.md` in the notes folder itself, without front matter, is the text at the top of the home
page. A page (`kind: page`) cannot take the address of a part of the site, such as `tags` or `log`.

Bad: `notes/index.md`

Good: `notes/index-structures.md`
"""

from __future__ import annotations

from collections.abc import Iterator

from readinglog.lint.rules.rule import LogFacts
from readinglog.model.diagnostic import Diagnostic, Severity
from readinglog.model.messages import MESSAGES
from readinglog.model.note import Note
from readinglog.model.slugs import SITE_SECTIONS, is_reserved_name
from readinglog.model.text import Span

SEVERITY = Severity.ERROR


def check_alone(note: Note, _: LogFacts) -> Iterator[Diagnostic]:
    if note.is_home:
        return
    is_section = note.is_page and note.name.lower() in SITE_SECTIONS
    if is_section or is_reserved_name(note.name):
        yield MESSAGES["reserved-name"].make_diagnostic(Span(0, 0), name=note.name)
