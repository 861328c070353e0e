"""An alias that is also a name, title or alias of another note.

A link that uses it is ambiguous, or leads to the other note.

Bad, in `switch-transformers.md`, while `gshard.md` has the same alias:

    aliases: [sparse transformer]

Good:

    aliases: [Switch]
"""

from __future__ import annotations

from collections.abc import Iterator

from readinglog.model.diagnostic import Finding, Place, Severity
from readinglog.model.messages import MESSAGES, QUOTED_LENGTH
from readinglog.model.note import Note
from readinglog.model.slugs import fold
from readinglog.model.text import Span
from readinglog.notebook.notebook import Notebook

SEVERITY = Severity.ERROR


def check(note: Note, notebook: Notebook) -> Iterator[Finding]:
    for alias in note.scalars("aliases"):
        key = fold(alias.text)
        others = (*notebook.names.by_name.get(key, ()), *notebook.names.by_title.get(key, ()))
        if other := next((found for found in others if found is not note), None):
            place = Place(other.source, Span(0, 0), "the other note")
            saying = MESSAGES[
                "alias-shared" if key in map(fold, other.texts("aliases")) else "alias-taken"
            ]
            yield saying.finding(
                alias.span, related=(place,), text=alias.text[:QUOTED_LENGTH], other=other.name
            )
