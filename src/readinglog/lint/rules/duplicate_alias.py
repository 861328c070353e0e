"""An alias that is also a name, title or alias of another note.

A link that uses it is ambiguous, or leads to the other note.

Bad, in `voyage-of-the-beagle.md`, while `beagle-diary.md` has the same alias:

    aliases: [Beagle]

Good:

    aliases: [Journal of Researches]
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
    names = notebook.names
    for alias in note.get_scalars("aliases"):
        key = fold(alias.text)
        named = (*names.by_name.get(key, ()), *names.by_title.get(key, ()))
        other = next((found for found in named if found is not note), None)
        if other is None:
            continue
        is_alias = key in map(fold, other.texts("aliases"))
        template = MESSAGES["alias-shared" if is_alias else "alias-is-name"]
        related = (RelatedLocation(other.source, Span(0, 0), "the other note"),)
        text = alias.text[:QUOTED_LENGTH]
        yield template.make_diagnostic(alias.span, related=related, text=text, other=other.name)
