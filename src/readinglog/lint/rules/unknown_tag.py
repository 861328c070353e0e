"""A tag that the vocabulary does not have.

`notes/tags.yml` says which tags there are, so that one thing has one tag. A new tag is welcome: add it there, with a
sentence that says what it is about.

Bad:

    tags: [Moe-routing]

Good:

    tags: [routing]
"""

from __future__ import annotations

from collections.abc import Iterator

from readinglog.model.diagnostic import Diagnostic, Severity
from readinglog.model.messages import MESSAGES, QUOTED_LENGTH
from readinglog.model.note import Note
from readinglog.notebook.notebook import Notebook

SEVERITY = Severity.ERROR


def check(note: Note, notebook: Notebook) -> Iterator[Diagnostic]:
    if not notebook.vocabulary.is_closed:
        return
    for tag in note.scalars("tags"):
        if notebook.vocabulary.find(tag.text) is None:
            near = notebook.vocabulary.suggestion(tag.text)
            yield MESSAGES["unknown-tag"].diagnostic(
                tag.span, near=near.key if near else "", text=tag.text[:QUOTED_LENGTH]
            )
