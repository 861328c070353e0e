"""A tag that adds nothing: a repeated tag, or a parent of another tag of the note.

A search for `tag:birds` also finds notes tagged with its subtags, so the narrower tag is enough.

Bad:

    tags: [birds, finches]

Good:

    tags: [finches]
"""

from __future__ import annotations

from collections.abc import Iterator

from readinglog.lint.rules.rule import LogFacts
from readinglog.model.diagnostic import Diagnostic, Severity
from readinglog.model.messages import MESSAGES
from readinglog.model.note import Note
from readinglog.parsing.yaml_edits import remove_item

SEVERITY = Severity.WARNING


def check_alone(note: Note, log: LogFacts) -> Iterator[Diagnostic]:
    items = note.get_scalars("tags")
    if len(items) < 2:
        return
    vocabulary = log.vocabulary
    tags = [(item, tag) for item in items if (tag := vocabulary.find(item.text))]
    implied = {step.key: tag.name for _, tag in tags for step in vocabulary.get_path(tag)[:-1]}
    seen: set[str] = set()
    for item, tag in tags:
        if tag.key in seen:
            fix = (remove_item(note.text, item),)
            yield MESSAGES["repeated-tag"].make_diagnostic(item.span, fix, text=item.text)
        elif tag.key in implied:
            fix, below = (remove_item(note.text, item),), implied[tag.key]
            yield MESSAGES["implied-tag"].make_diagnostic(
                item.span, fix, text=item.text, below=below
            )
        seen.add(tag.key)
