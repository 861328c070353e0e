"""A tag that says nothing new: written twice, or above another tag of the note.

A search for `tag:moe` finds the notes tagged with its sub-tags too, so that the narrower tag is enough.

Bad:

    tags: [moe, routing]

Good:

    tags: [routing]
"""

from __future__ import annotations

from collections.abc import Iterator

from readinglog.model.diagnostic import Diagnostic, Severity
from readinglog.model.messages import MESSAGES
from readinglog.model.note import Note
from readinglog.notebook.notebook import Notebook
from readinglog.parsing.yaml_edits import remove_item

SEVERITY = Severity.WARNING


def check(note: Note, notebook: Notebook) -> Iterator[Diagnostic]:
    items = note.scalars("tags")
    if len(items) < 2:
        return
    vocabulary = notebook.vocabulary
    tags = [(item, vocabulary.find(item.text)) for item in items]
    implied = {step.key: tag.name for _, tag in tags if tag for step in vocabulary.path(tag)[:-1]}
    seen: set[str] = set()
    for item, tag in tags:
        if tag and tag.key in seen:
            yield MESSAGES["tag-again"].diagnostic(
                item.span, (remove_item(note.text, item),), text=item.text
            )
        elif tag and tag.key in implied:
            yield MESSAGES["tag-above"].diagnostic(
                item.span, (remove_item(note.text, item),), text=item.text, below=implied[tag.key]
            )
        seen |= {tag.key} if tag else set()
