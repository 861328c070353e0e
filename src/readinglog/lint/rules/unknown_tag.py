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

from readinglog.model.diagnostic import Diagnostic, Severity
from readinglog.model.messages import MESSAGES, QUOTED_LENGTH
from readinglog.model.note import Note
from readinglog.notebook.notebook import Notebook

SEVERITY = Severity.ERROR


def check(note: Note, notebook: Notebook) -> Iterator[Diagnostic]:
    if not notebook.vocabulary.is_closed:
        return
    for tag in note.get_scalars("tags"):
        if notebook.vocabulary.find(tag.text) is None:
            near = notebook.vocabulary.suggestion(tag.text)
            yield MESSAGES["unknown-tag"].make_diagnostic(
                tag.span, near=near.key if near else "", text=tag.text[:QUOTED_LENGTH]
            )
