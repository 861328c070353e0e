"""Two notes with the same name.

A link by name alone could mean either of them, and their addresses have their folders:
`/notes/minds/memory/` and `/notes/chips/memory/`; `/notes/memory/` lists both. A note that
is in no folder keeps the short address. Names that differ only in case, or in space, `-` and `_`,
are the same name.

Bad: `notes/minds/memory.md` and `notes/chips/memory.md`.

Good: `notes/minds/human-memory.md` and `notes/chips/memory.md`.
"""

from __future__ import annotations

from collections.abc import Iterator

from readinglog.model.diagnostic import Diagnostic, RelatedLocation, Severity
from readinglog.model.messages import MESSAGES
from readinglog.model.note import Note
from readinglog.model.slugs import fold
from readinglog.model.text import Span
from readinglog.notebook.notebook import Notebook

SEVERITY = Severity.WARNING


def check(note: Note, notebook: Notebook) -> Iterator[Diagnostic]:
    same = notebook.names.by_name[fold(note.name)]
    if len(same) > 1 and same[0] is not note:
        related = (RelatedLocation(same[0].source, Span(0, 0), "the other note"),)
        yield MESSAGES["duplicate-name"].make_diagnostic(
            Span(0, 0), related=related, other=same[0].name
        )
    for item in note.get_scalars("redirect_from"):
        named = notebook.names.by_name.get(fold(item.text), ())
        other = next((found for found in named if found is not note), None)
        if other:
            message = f"`{item.text}` is the name of an existing note"
            related = (RelatedLocation(other.source, Span(0, 0), "this note has that name"),)
            yield Diagnostic(item.span, message, "remove it", related=related)
