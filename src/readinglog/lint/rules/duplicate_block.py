"""A second block with the same name: links lead to the first.

Bad:

    - Balance costs quality. ^balance
    - Balance is needed. ^balance

Good:

    - Balance costs quality. ^balance-costs
    - Balance is needed. ^balance-needed
"""

from __future__ import annotations

from collections.abc import Iterator

from readinglog.lint.rules.rule import LogFacts
from readinglog.model.diagnostic import Diagnostic, RelatedLocation, Severity
from readinglog.model.messages import MESSAGES
from readinglog.model.note import Note

SEVERITY = Severity.WARNING


def check_alone(note: Note, _: LogFacts) -> Iterator[Diagnostic]:
    for span in note.repeated_blocks:
        name = note.text[slice(*span)][1:]
        related = RelatedLocation(note.source, note.blocks[name], "the first")
        yield MESSAGES["repeated-block"].make_diagnostic(span, related=(related,), name=name)
