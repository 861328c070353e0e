"""A value that does not fit its field, or that YAML would misread.

Programs read dates, ids and addresses, and ignore what they cannot parse. YAML also gives some
characters a meaning: it treats everything after ` #` as a comment, and `Tools: a timeline` as a
key and a value.

Bad:

    published: March 2024
    title: Islands # of species

Good:

    published: 2024-03
    title: "Islands # of species"
"""

from __future__ import annotations

from collections.abc import Iterator

from readinglog.lint.rules.rule import LogFacts
from readinglog.model.diagnostic import Diagnostic, Severity
from readinglog.model.messages import MESSAGES
from readinglog.model.note import Note

SEVERITY = Severity.ERROR
_EMPTY = MESSAGES["empty-text"].message


def check_alone(note: Note, _: LogFacts) -> Iterator[Diagnostic]:
    for found in note.get_diagnostics("invalid-value") if note.diagnostics else ():
        if not (note.is_draft and found.message == _EMPTY):  # which is still to be written
            yield found
