r"""A reference to a footnote that is not there.

The page shows the mark as it is written.

Bad: a note with this line and no more of it.

    It works.[^1]

Good:

    It works.[^1]

    [^1]: On two of three data sets.

A footnote may also stand in the text: `It works.^[On two of three data sets.]` Characters in
brackets that are none are written with a backslash: `\[^1]`.
"""

from __future__ import annotations

from collections.abc import Iterator

from readinglog.lint.rules.rule import LogFacts
from readinglog.model.diagnostic import Diagnostic, Severity
from readinglog.model.note import Note

SEVERITY = Severity.WARNING


def check_alone(note: Note, _: LogFacts) -> Iterator[Diagnostic]:
    defined = {footnote.name for footnote in note.footnotes if footnote.is_definition}
    for footnote in note.footnotes:
        if not footnote.is_definition and footnote.name not in defined:
            mark = f"[^{footnote.name}]"
            message = f"there is no footnote `{mark}`"
            help_ = f"add a line `{mark}: …`, or write `\\{mark}` for the characters"
            yield Diagnostic(footnote.span, message, help_)
