"""A first heading that differs from the title in the front matter.

The page already shows the title of the front matter. A heading that repeats it is left out; a
different one is confusing.

Bad:

    ---
    title: On the Origin of Species
    ---
    # The Origin

Good: the same front matter with `aliases: [The Origin]`, and no such heading.
"""

from __future__ import annotations

from collections.abc import Iterator

from readinglog.lint.rules.rule import LogFacts
from readinglog.model.diagnostic import Diagnostic, Severity
from readinglog.model.note import Note
from readinglog.model.slugs import fold

SEVERITY = Severity.WARNING


def check_alone(note: Note, _: LogFacts) -> Iterator[Diagnostic]:
    title = note.values.get("title")
    first = next(iter(note.headings), None)
    if isinstance(title, str) and first and first.level == 1 and fold(first.text) != fold(title):
        yield Diagnostic(
            first.span,
            f"this heading differs from the title `{title[:80]}`",
            "remove it, or make it `## …`",
        )
