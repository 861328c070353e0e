"""A claim that does not say where in the work it stands.

A reader who doubts it must search the whole work. A result needs its place or a check.

Bad:

    - Balance costs quality. [disputes:: [[switch-transformers]]] ^balance

Good:

    - Balance costs quality. [at:: §3.1] [disputes:: [[switch-transformers]]] ^balance
"""

from __future__ import annotations

from collections.abc import Iterator

from readinglog.lint.rules.rule import LogFacts
from readinglog.model.diagnostic import Diagnostic, Severity
from readinglog.model.messages import MESSAGES
from readinglog.model.note import Note

SEVERITY = Severity.WARNING
_UNPLACED = MESSAGES["unplaced-result"]


def check_alone(note: Note, _: LogFacts) -> Iterator[Diagnostic]:
    for claim in note.claims:
        if claim.get("at"):
            continue
        if claim.get("result") and not claim.get("checked"):
            yield _UNPLACED.make_diagnostic(claim.span)
        else:
            message = "this claim does not say where in the work it stands"
            yield Diagnostic(claim.span, message, _UNPLACED.help, severity=Severity.INFO)
