"""A note without text.

A title and a link are only a bookmark. Write what the work claims and what you think of it, or
set `status: to-read`.

Bad: only front matter, or front matter and headings.

Good: front matter and a few sentences in your own words.
"""

from __future__ import annotations

from collections.abc import Iterator

from readinglog.lint.rules.rule import LogFacts
from readinglog.model.diagnostic import Diagnostic, Severity
from readinglog.model.messages import MESSAGES
from readinglog.model.note import Note
from readinglog.model.text import get_line_span

SEVERITY = Severity.WARNING


def check_alone(note: Note, _: LogFacts) -> Iterator[Diagnostic]:
    if (
        note.status == "to-read"
        or note.is_draft
        or note.is_page
        or note.is_unparsed
        or has_text(note)
    ):
        return
    yield MESSAGES["no-text"].make_diagnostic(get_line_span(note.text, max(0, note.body.start - 1)))


def has_text(note: Note) -> bool:
    """Return whether the body holds more than headings and comments."""
    if any(region.kind != "comment" for region in note.regions):
        return True
    ends = [note.body.start, *(heading.block.end for heading in note.headings)]
    starts = [*(heading.block.start for heading in note.headings), len(note.masked)]
    return any(note.masked[end:start].strip() for end, start in zip(ends, starts, strict=True))
