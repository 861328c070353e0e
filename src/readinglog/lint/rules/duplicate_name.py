"""Two notes with the same name.

A link by name alone could mean either of them, and their addresses have their folders:
`/notes/minds/memory/` and `/notes/chips/memory/`; `/notes/memory/` lists both. A note that
is in no folder keeps the short address. Names that differ only in case, or in space, `-` and `_`,
are the same name. A former name (`redirect_from`) leads to the note that has it now, else to the
newest that had it.

Bad: `notes/minds/memory.md` and `notes/chips/memory.md`.

Good: `notes/minds/human-memory.md` and `notes/chips/memory.md`.
"""

from __future__ import annotations

from collections.abc import Iterator

from readinglog.model.diagnostic import Diagnostic, RelatedLocation, Severity
from readinglog.model.messages import MESSAGES
from readinglog.model.note import Note
from readinglog.model.slugs import clean_former_name, fold
from readinglog.model.text import Span
from readinglog.notebook.notebook import Notebook

SEVERITY = Severity.WARNING
_FIELD = "redirect_from"


def check(note: Note, notebook: Notebook) -> Iterator[Diagnostic]:
    same = notebook.names.by_name[fold(note.name)]
    if len(same) > 1 and same[0] is not note:
        related = (RelatedLocation(same[0].source, Span(0, 0), "the other note"),)
        yield MESSAGES["duplicate-name"].make_diagnostic(
            Span(0, 0), related=related, other=same[0].name
        )
    for item in note.get_scalars(_FIELD):
        key = fold(clean_former_name(item.text))
        named = notebook.names.by_name.get(key, ())
        other = next((found for found in named if found is not note), None)
        if other:
            message = f"`{item.text}` is the name of an existing note"
            related = (RelatedLocation(other.source, Span(0, 0), "this note has that name"),)
            yield Diagnostic(item.span, message, "remove it", related=related)
        elif notebook.publication.is_published(note):
            yield from _check_owner(note, notebook, key, item.span)


def _check_owner(note: Note, notebook: Notebook, key: str, span: Span) -> Iterator[Diagnostic]:
    """Yield that another note had the same name, where that leads there."""
    owner = notebook.publication.find_former(key)
    if owner and owner is not note:
        message = f"this former name leads to the note `{owner.page_name}`, which had it too"
        there = next(
            item.span
            for item in owner.get_scalars(_FIELD)
            if fold(clean_former_name(item.text)) == key
        )
        related = (RelatedLocation(owner.source, there, "this note is newer"),)
        yield Diagnostic(span, message, "keep it in one of the two", related=related)
