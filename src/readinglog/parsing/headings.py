"""Headings of a body, and their anchors."""

from __future__ import annotations

import re

from readinglog.model.note import Heading
from readinglog.model.slugs import make_anchor, make_unique
from readinglog.model.text import Span
from readinglog.parsing.block_tree import Block
from readinglog.parsing.prose import strip_markdown

_ID = re.compile(r"(?:(?<!\s)\s++)?\{:?[ ]*+#(?P<id>[^\s{}]++)[^{}]*+\}\s*+\Z")


def find_headings(text: str, document: Block) -> tuple[Heading, ...]:
    """Return the headings in order; equal texts get `_1`, `_2` … as Python-Markdown gives them."""
    found = [block for block in document.walk() if block.kind == "heading"]
    spans = [find_heading_text(block, text) for block in found]
    ids = [_ID.search(text, *span) if "{" in text[slice(*span)] else None for span in spans]
    taken = {own["id"]: 0 for own in ids if own}
    headings = []
    for block, span, own in zip(found, spans, ids, strict=True):
        shown = Span(span.start, own.start()) if own else span
        rows = (text[row.start : min(row.end, shown.end)] for row in block.rows)
        words = strip_markdown(" ".join(rows))
        anchor = own["id"] if own else make_unique(make_anchor(words), taken)
        line_start = text.rfind("\n", 0, block.start) + 1
        headings.append(Heading(block.level, words, anchor, shown, Span(line_start, block.end)))
    return tuple(headings)


def find_heading_text(block: Block, text: str) -> Span:
    """Return the span of a heading's text, without closing marks and the white space around it."""
    start, end = block.rows[0].start, block.rows[-1].end
    words = text[start:end].rstrip(" \t")
    if len(block.rows) == 1 and text[block.start] == "#":
        words = _strip_closing_marks(words)
    return Span(start, start + len(words))


def _strip_closing_marks(words: str) -> str:
    bare = words.rstrip("#")
    is_closed = bare != words and (not bare or bare.endswith((" ", "\t")))
    return bare.rstrip(" \t") if is_closed else words
