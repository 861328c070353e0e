"""A tag that says nothing new: written twice, or above another tag of the note.

A search for `tag:moe` finds the notes tagged with its sub-tags too, so that the narrower tag is enough.

Bad:

    tags: [moe, routing]

Good:

    tags: [routing]
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from readinglog.diagnostic import Finding, Severity
from readinglog.formats import Scalar
from readinglog.note import Note
from readinglog.notebook import Notebook
from readinglog.sayings import SAYINGS
from readinglog.text import Edit, Span, line_span

SEVERITY = Severity.WARNING


def check(note: Note, notebook: Notebook) -> Iterator[Finding]:
    items = note.scalars("tags")
    if len(items) < 2:
        return
    vocabulary = notebook.vocabulary
    tags = [(item, vocabulary.find(item.text)) for item in items]
    implied = {step.key: tag.name for _, tag in tags if tag for step in vocabulary.path(tag)[:-1]}
    seen: set[str] = set()
    for item, tag in tags:
        if tag and tag.key in seen:
            yield SAYINGS["tag-again"].finding(item.span, _without(note.text, item), text=item.text)
        elif tag and tag.key in implied:
            yield SAYINGS["tag-above"].finding(item.span, _without(note.text, item), text=item.text, below=implied[tag.key])
        seen |= {tag.key} if tag else set()


def _without(text: str, item: Scalar) -> tuple[Edit, ...]:
    """The edit that takes `item` out of its list, flow style or one item a line."""
    start, end = item.span
    line = line_span(text, start)
    if re.fullmatch(r"[ \t]*-[ \t]*", text[line.start : start]) and not text[end : line.end].strip():
        return (Edit(Span(line.start, text.find("\n", line.end) + 1 or len(text)), ""),)
    if after := re.compile(r"[ \t]*,[ \t]*").match(text, end):
        return (Edit(Span(start, after.end()), ""),)
    if before := re.search(r",[ \t]*\Z", text[line.start : start]):
        return (Edit(Span(line.start + before.start(), end), ""),)
    return ()
