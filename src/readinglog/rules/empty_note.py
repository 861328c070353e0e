"""A note without a text.

A title and a link are a bookmark. Say what the work claims and what you think of it, or mark it `status: to-read`.

Bad: front matter and nothing below it.

Good: front matter and a few sentences in your own words.
"""

from __future__ import annotations

from collections.abc import Iterator

from readinglog.diagnostic import Finding, Severity
from readinglog.note import Note
from readinglog.notebook import Notebook
from readinglog.text import line_span

SEVERITY = Severity.WARNING


def check(note: Note, _: Notebook) -> Iterator[Finding]:
    if note.status == "to-read" or note.is_draft or (note.problems and not note.fields):
        return
    comments = sum(region.end - region.start for region in note.regions if region.kind == "comment")
    if len(note.text[note.body.start :].split(None, 1)) == 0 or (
        comments and not note.masked[note.body.start :].strip() and all(r.kind == "comment" for r in note.regions)
    ):
        end = line_span(note.text, max(0, note.body.start - 1))
        yield Finding(end, "the note has no text", "write what the work says, or `status: to-read`")
