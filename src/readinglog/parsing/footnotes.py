"""Footnotes of a body: where they are defined, and where the text refers to them."""

from __future__ import annotations

import re

from readinglog.model.note import Footnote
from readinglog.model.text import Span
from readinglog.parsing.block_tree import Block

_USE = re.compile(r"(?<!\\)\[\^([^\[\]\n]+)\](?![(\[])")


def find_footnotes(masked: str, document: Block) -> tuple[Footnote, ...]:
    """Return the marks of footnotes in order."""
    if masked.find("[^", document.start) < 0:
        return ()
    starts = {block.start for block in document.walk() if block.kind == "footnote"}
    return tuple(
        Footnote(found[1], Span(*found.span()), found.start() in starts)
        for found in _USE.finditer(masked, document.start)
    )
