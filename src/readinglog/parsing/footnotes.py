"""Footnotes of a body: where they are defined, and where the text refers to them."""

from __future__ import annotations

import re
from collections.abc import Iterator

from readinglog.model.note import Footnote
from readinglog.model.text import Span
from readinglog.parsing.block_tree import Block

# What comes before is looked at last: a pattern that begins with a text is searched faster.
_USE = re.compile(r"\[\^(?<!\\\[\^)([^\[\]\n]+)\](?![(\[])")


_BRACKET = re.compile(r"\\.|\^?\[|\]", re.DOTALL)


def find_inline_footnotes(text: str) -> Iterator[Span]:
    """Yield the spans of `^[…]` in a text; those within another are part of it."""
    opened: list[int] = []
    notes: list[Span] = []
    for found in _BRACKET.finditer(text):
        if found[0].endswith("["):
            opened.append(found.start())
        elif found[0] == "]" and opened:
            start = opened.pop()
            if text[start] == "^" and found.start() > start + 2:
                while notes and notes[-1].start > start:
                    del notes[-1]
                notes.append(Span(start, found.end()))
    yield from notes


def find_footnotes(masked: str, document: Block) -> tuple[Footnote, ...]:
    """Return the marks of footnotes in order."""
    if masked.find("[^", document.start) < 0:
        return ()
    starts = {block.start for block in document.walk() if block.kind == "footnote"}
    return tuple(
        Footnote(found[1], Span(*found.span()), found.start() in starts)
        for found in _USE.finditer(masked, document.start)
    )
