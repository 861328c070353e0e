"""A link from a note to itself.

It leads the reader nowhere new. To link to a section of the same note, name its heading:
`[[#What to doubt]]`.

Bad, in `origin-of-species.md`:

    The argument of [[origin-of-species]] …

Good:

    The argument of [[#How it works]] …
"""

from __future__ import annotations

from collections.abc import Iterator

from readinglog.model.diagnostic import Diagnostic, Severity
from readinglog.model.note import Note
from readinglog.notebook.notebook import Notebook

SEVERITY = Severity.WARNING


def check(note: Note, notebook: Notebook) -> Iterator[Diagnostic]:
    for link, resolution in notebook.links.list_links(note):
        if not link.heading and resolution.target is note:
            yield Diagnostic(
                link.span,
                "this link points to its own note",
                "link to a heading, `[[#…]]`, or remove it",
            )
