"""A tag that is not in `notes/tags.yml`.

The file lists every tag, so that each subject has exactly one. To introduce a new tag, add it
there with a one-sentence summary.

Bad:

    tags: [Evolutoin]

Good:

    tags: [evolution]
"""

from __future__ import annotations

from collections.abc import Iterator

from readinglog.lint.rules.rule import LogFacts
from readinglog.model.diagnostic import Diagnostic, Severity
from readinglog.model.messages import MESSAGES, QUOTED_LENGTH
from readinglog.model.note import Note

SEVERITY = Severity.ERROR


def check_alone(note: Note, log: LogFacts) -> Iterator[Diagnostic]:
    if not log.vocabulary.is_closed:
        return
    for tag in note.get_scalars("tags"):
        if log.vocabulary.find(tag.text) is None:
            near = log.vocabulary.suggestion(tag.text)
            yield MESSAGES["unknown-tag"].make_diagnostic(
                tag.span, near=near.key if near else "", text=tag.text[:QUOTED_LENGTH]
            )
