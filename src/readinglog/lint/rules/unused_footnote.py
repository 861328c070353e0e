"""A footnote that the text does not refer to, or a second one with its name.

One without a reference stands at the end of the page, and nothing leads to it. Of two with the same
name, the page has the first.

Bad: a note with this line and no more of it.

    [^1]: On two of three data sets.

Good:

    It works.[^1]

    [^1]: On two of three data sets.
"""

from __future__ import annotations

from collections.abc import Iterator

from readinglog.lint.rules.rule import LogFacts
from readinglog.model.diagnostic import Diagnostic, Severity
from readinglog.model.note import Note

SEVERITY = Severity.WARNING


def check_alone(note: Note, _: LogFacts) -> Iterator[Diagnostic]:
    used = {footnote.name for footnote in note.footnotes if not footnote.is_definition}
    defined: set[str] = set()
    for footnote in note.footnotes:
        if not footnote.is_definition:
            continue
        mark = f"[^{footnote.name}]"
        if footnote.name in defined:
            message, help_ = f"a footnote `{mark}` is defined above", "give this one another name"
            yield Diagnostic(footnote.span, message, help_)
        elif footnote.name not in used:
            message = f"nothing refers to the footnote `{mark}`"
            yield Diagnostic(footnote.span, message, f"write `{mark}` where it belongs")
        defined.add(footnote.name)
