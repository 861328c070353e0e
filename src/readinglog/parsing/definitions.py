"""Definitions of references, `[name]: address "title"`, each a line or more of a paragraph."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator
from typing import NamedTuple

from readinglog.model.text import Span
from readinglog.parsing.block_tree import Block, Row

_HIDDEN = "\0"  # stands for what is in a region
_DEFINITION = re.compile(
    r"[ \t]*+\[(?!\^)(?P<name>[^\[\]\n]+)\]:[ \t]*+(?>(?:\n[ \t]*+)?)"
    r"(?:<(?P<angled>[^<>\n\0]*)>|(?P<bare>(?!!?\[)[^\s<\0][^\s\0]*+))"
    r"(?:[ \t]*+(?:\n[ \t]*+)?(?<=[ \t\n])"
    r"(?:\"(?P<double>[^\"\n]*+)\"|'(?P<single>[^'\n]*+)'|\((?P<round>[^()\n]*+)\)))?"
    r"[ \t\r]*+$",
    re.MULTILINE,
)


class Definition(NamedTuple):
    """The definition of a reference: the key of its name, and where its parts are.

    `span` reaches from the start of its first line to the end of its last, and `rows` counts those
    lines among those of the paragraph.
    """

    key: str
    address: Span
    title: Span | None
    span: Span
    rows: range


def make_reference_key(written: str) -> str:
    """Return the form in which the names of references match."""
    return " ".join(written.lower().split())


def find_definitions(text: str, masked: str, document: Block) -> list[tuple[Block, Definition]]:
    """Return the definitions of a document in order, each with its paragraph."""
    if "]:" not in masked:
        return []
    return [
        (block, definition)
        for block in document.walk()
        if block.kind == "paragraph"
        for definition in _find_in_paragraph(text, masked, block.rows)
    ]


def _find_in_paragraph(text: str, masked: str, rows: list[Row]) -> Iterator[Definition]:
    if masked.find("]:", rows[0].start, rows[-1].end) < 0:
        return
    lines = [_read_row(text, masked, row) for row in rows]
    starts = [0]
    for line in lines:
        starts.append(starts[-1] + len(line) + 1)
    joined = "\n".join(lines)

    def locate(start: int, end: int) -> Span:
        """Return where a part of one line is in the text."""
        number = bisect_right(starts, start) - 1
        offset = rows[number].start - starts[number]
        return Span(start + offset, end + offset)

    number = 0
    while number < len(rows):
        found = _DEFINITION.match(joined, starts[number])
        if found is None:
            number += 1
            continue
        last = bisect_right(starts, found.end()) - 1
        title = next((name for name in ("double", "single", "round") if found[name]), "")
        yield Definition(
            make_reference_key(found["name"]),
            locate(*found.span("bare" if found["angled"] is None else "angled")),
            locate(*found.span(title)) if title else None,
            Span(rows[number].start, rows[last].end),
            range(number, last + 1),
        )
        number = last + 1


def _read_row(text: str, masked: str, row: Row) -> str:
    """Return a line in which what is masked is no white space."""
    line, written = masked[row.start : row.end], text[row.start : row.end]
    if line == written:
        return line
    pairs = zip(line, written, strict=True)
    return "".join(shown if shown == own or own.isspace() else _HIDDEN for shown, own in pairs)
