"""Two notes with the same name.

A note's name is its address and what links use, so only one of the two can be published, even if
they lie in different folders.

Bad: `notes/vision/attention.md` and `notes/text/attention.md`.

Good: `notes/vision/attention-in-vision.md` and `notes/text/attention.md`.
"""

from __future__ import annotations

from collections.abc import Iterator

from readinglog.model.diagnostic import Diagnostic, RelatedLocation, Severity
from readinglog.model.messages import MESSAGES
from readinglog.model.note import Note
from readinglog.model.slugs import fold
from readinglog.model.text import Span
from readinglog.notebook.notebook import Notebook

SEVERITY = Severity.ERROR


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
