"""An alias that also names another note.

A link that uses it cannot be resolved, or leads to the other one.

Bad, in `switch-transformers.md` while `gshard.md` has the same alias:

    aliases: [sparse transformer]

Good:

    aliases: [Switch]
"""

from __future__ import annotations

from collections.abc import Iterator

from readinglog.diagnostic import Finding, Place, Severity
from readinglog.naming import fold
from readinglog.note import Note
from readinglog.notebook import Notebook
from readinglog.text import Span

SEVERITY = Severity.ERROR


def check(note: Note, notebook: Notebook) -> Iterator[Finding]:
    for alias in note.scalars("aliases"):
        key = fold(alias.text)
        others = (*notebook.index.by_name.get(key, ()), *notebook.index.by_title.get(key, ()))
        if other := next((found for found in others if found is not note), None):
            place = Place(other.source, Span(0, 0), "the other note")
            message = f"the alias `{alias.text[:80]}` also names the note `{other.name}`"
            shared = key in map(fold, other.texts("aliases"))
            yield Finding(alias.span, message, "keep it in one of the two" if shared else "take it out", (), (place,))
