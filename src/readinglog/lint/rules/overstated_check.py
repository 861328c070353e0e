"""A claim that was checked against more of the work than the note rests on.

`basis` says what of the work was read for the note, `checked` what a claim was checked against.

Bad, in a note with `basis: abstract`:

    - Balance costs quality. [at:: Table 2] [checked:: full] ^balance

Good:

    - Balance costs quality. [at:: abstract] [checked:: abstract] ^balance
"""

from __future__ import annotations

from collections.abc import Iterator

from readinglog.lint.rules.rule import LogFacts
from readinglog.model.diagnostic import Diagnostic, Severity
from readinglog.model.fields import BASES
from readinglog.model.note import Note

SEVERITY = Severity.WARNING


def check_alone(note: Note, _: LogFacts) -> Iterator[Diagnostic]:
    basis = note.values.get("basis")
    if basis not in BASES:
        return
    for claim in note.claims:
        for field in claim.fields:
            if field.name != "checked" or field.value not in BASES:
                continue
            if BASES.index(field.value) < BASES.index(str(basis)):
                message = f"`checked` is `{field.value}`, but the `basis` of this note is `{basis}`"
                help_ = f"write `basis: {field.value}`, or say what the claim was checked against"
                yield Diagnostic(field.value_span, message, help_)
