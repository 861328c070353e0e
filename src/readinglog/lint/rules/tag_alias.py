"""A tag written as an alias or in a different spelling.

The site understands it, but one spelling makes the notes easy to search with any tool.

Bad:

    tags: [Darwinism]

Good:

    tags: [evolution]
"""

from __future__ import annotations

from collections.abc import Iterator

from readinglog.lint.rules.rule import LogFacts
from readinglog.model.diagnostic import Diagnostic, Severity
from readinglog.model.messages import MESSAGES
from readinglog.model.note import Note
from readinglog.model.text import Edit

SEVERITY = Severity.WARNING


def check_alone(note: Note, log: LogFacts) -> Iterator[Diagnostic]:
    if not log.vocabulary.is_closed:
        return
    for item in note.get_scalars("tags"):
        tag = log.vocabulary.find(item.text)
        if tag and item.text not in (tag.key, tag.name):
            fix = (Edit(item.span, tag.key),)
            yield MESSAGES["tag-alias"].make_diagnostic(item.span, fix, text=item.text, tag=tag.key)
