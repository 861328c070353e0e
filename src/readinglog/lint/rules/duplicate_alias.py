"""An alias that also names another note.

A link that uses it cannot be resolved, or leads to the other one.

Bad, in `switch-transformers.md` while `gshard.md` has the same alias:

    aliases: [sparse transformer]

Good:

    aliases: [Switch]
"""

from __future__ import annotations

from collections.abc import Iterator

from readinglog.model.diagnostic import Diagnostic, RelatedLocation, Severity
from readinglog.model.messages import MESSAGES, QUOTED_LENGTH
from readinglog.model.note import Note
from readinglog.model.slugs import fold
from readinglog.model.text import Span
from readinglog.notebook.notebook import Notebook

SEVERITY = Severity.ERROR


def check(note: Note, notebook: Notebook) -> Iterator[Diagnostic]:
    for alias in note.scalars("aliases"):
        key = fold(alias.text)
        others = (*notebook.names.by_name.get(key, ()), *notebook.names.by_title.get(key, ()))
        if other := next((found for found in others if found is not note), None):
            place = RelatedLocation(other.source, Span(0, 0), "the other note")
            saying = MESSAGES[
                "alias-shared" if key in map(fold, other.texts("aliases")) else "alias-taken"
            ]
            yield saying.diagnostic(
                alias.span, related=(place,), text=alias.text[:QUOTED_LENGTH], other=other.name
            )
