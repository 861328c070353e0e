"""Claims of a body: items of lists with inline fields, as Dataview writes them, and a name."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Container, Iterator, Sequence
from typing import NamedTuple

from readinglog.model.claim import Claim, InlineField
from readinglog.model.text import Span
from readinglog.parsing.block_tree import Block

_OPENING = re.compile(r"(?<!\\)\[(?P<name>[A-Za-z][A-Za-z0-9 _-]{0,40})::")
_LENGTH_LIMIT = 1_000  # characters of a field
_TASK_BOX = re.compile(r"\[[ xX]\][ \t]+")
# An empty line, another item of the list, or a heading.
_PART_END = re.compile(r"\n[ \t>]*(?:\r?\n|(?:[-*+]|\d{1,9}[.)]|#{1,6})[ \t])")
_BRACKET = re.compile(r"\\.|[\[\]]", re.DOTALL)


class BlockMark(NamedTuple):
    """The mark of a block, `^name`."""

    name: str
    span: Span


class FoundClaims(NamedTuple):
    """The claims of a note, and the inline fields of claims that stand anywhere else."""

    claims: tuple[Claim, ...] = ()
    stray_fields: tuple[InlineField, ...] = ()


def find_claims(
    text: str,
    masked: str,
    document: Block,
    marks: Sequence[BlockMark],
    known: Container[str],
) -> FoundClaims:
    """Return the claims in order. `marks` has the marks of blocks in order; fields that are not
    `known` count in claims alone.
    """
    if "::" not in masked:
        return FoundClaims()
    fields = list(_find_fields(text, masked))
    if not fields:
        return FoundClaims()
    items = (block for block in document.walk() if block.kind == "item")
    read = (_read_claim(item, masked, fields, marks) for item in items)
    claims = [claim for claim in read if claim]
    claimed = {field for claim in claims for field in claim.fields}
    strays = (field for field in fields if field not in claimed and field.name in known)
    return FoundClaims(tuple(claims), tuple(strays))


def _find_fields(text: str, masked: str) -> Iterator[InlineField]:
    """Yield the inline fields in order; one within another belongs to that."""
    found = _OPENING.search(masked)
    while found:
        end = _find_end(masked, found.end())
        if end is None:
            found = _OPENING.search(masked, found.end())
            continue
        value = text[found.end() : end - 1]
        start = found.end() + len(value) - len(value.lstrip())
        span = Span(start, max(start, found.end() + len(value.rstrip())))
        name = found["name"].strip().lower()
        yield InlineField(name, " ".join(value.split()), Span(found.start(), end), span)
        found = _OPENING.search(masked, end)


def _find_end(masked: str, at: int) -> int | None:
    """Return where the bracket closes that is open at `at`, within its paragraph, or None."""
    end = _PART_END.search(masked, at, at + _LENGTH_LIMIT)
    depth = 1
    for found in _BRACKET.finditer(masked, at, end.start() if end else at + _LENGTH_LIMIT):
        depth += {"[": 1, "]": -1}.get(found[0], 0)
        if depth == 0:
            return found.end()
    return None


def _read_claim(
    item: Block, masked: str, fields: Sequence[InlineField], marks: Sequence[BlockMark]
) -> Claim | None:
    """Return the claim that an item of a list makes, or None where it makes none."""
    first = item.children[0] if item.children else None
    if first is None or first.kind != "paragraph":
        return None
    start, end = first.rows[0].start, first.rows[-1].end
    last = bisect_left(marks, end, key=lambda mark: mark.span.start) - 1
    mark = marks[last] if last >= 0 else None
    if mark is None or mark.span.start < start or masked[mark.span.end : end].strip():
        return None
    box = _TASK_BOX.match(masked, start)
    start = box.end() if box else start
    begin = bisect_left(fields, start, key=lambda field: field.span.start)
    stop = bisect_left(fields, mark.span.start, key=lambda field: field.span.start)
    own = tuple(fields[begin:stop])
    return Claim(mark.name, Span(start, mark.span.start), own) if own else None
