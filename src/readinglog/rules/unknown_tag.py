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

from readinglog.diagnostic import Finding, Severity
from readinglog.note import Note
from readinglog.notebook import Notebook

SEVERITY = Severity.ERROR


def check(note: Note, notebook: Notebook) -> Iterator[Finding]:
    if not notebook.vocabulary.closed:
        return
    for tag in note.scalars("tags"):
        if notebook.vocabulary.find(tag.text) is None:
            near = notebook.vocabulary.suggestion(tag.text)
            help_ = f"did you mean `{near.key}`?" if near else "write a tag of notes/tags.yml, or add it there"
            yield Finding(tag.span, f"no tag is named `{tag.text[:80]}`", help_)
