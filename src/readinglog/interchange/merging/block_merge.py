"""Merging the blocks of a text three ways: as last imported, as the log has it, as the source has.

A block is what a reader takes for one: a heading, a paragraph, an item of a list, a quote. What one
side alone has changed is taken over; where both have, the log's text stays, and a conflict tells
both. Nothing of the log's own is ever removed or written differently.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from difflib import SequenceMatcher
from hashlib import blake2b
from itertools import pairwise
from typing import NamedTuple

from readinglog.model.text import Edit, Span, apply_edits
from readinglog.parsing.blocks import parse_blocks


class TextBlock(NamedTuple):
    """A block of a text: where it is without the gap behind it, and what it is compared by."""

    span: Span
    digest: str
    is_item: bool  # of a list


class BlockConflict(NamedTuple):
    """What both sides have changed: where it is in the text of the log, and the source's text.

    The span is empty where the log has removed it, the text where the source has.
    """

    span: Span
    text: str


class MergedText(NamedTuple):
    """A text after a merge, and what could not be merged; the spans are of the text before."""

    text: str
    conflicts: tuple[BlockConflict, ...]


class SourceBlock(NamedTuple):
    """A block as the source has it: `digest` tells whether the source has changed it, and is that
    of what was imported last where it has not.
    """

    text: str
    digest: str
    is_item: bool


def split_blocks(text: str, body: Span) -> list[TextBlock]:
    """Return the blocks of a text within `body`, in order; together with the gaps they are all of
    it.
    """
    starts = []
    for block in parse_blocks(text, body).children:
        parts = block.children if block.kind == "list" else (block,)
        starts += [(part.start, block.kind == "list") for part in parts]
    if text[body.start : starts[0][0] if starts else body.end].strip():
        starts.insert(0, (body.start, False))  # what is no block to the parser
    if not starts:
        return []
    ends = [start for start, _ in starts[1:]] + [body.end]
    blocks = []
    for (start, is_item), end in zip(starts, ends, strict=True):
        core_end = start + len(text[start:end].rstrip())
        while core_end < end and text[core_end] in " \t":  # two spaces may be a line break
            core_end += 1
        digest = make_digest(text[start:core_end])
        blocks.append(TextBlock(Span(start, core_end), digest, is_item))
    return blocks


def make_digest(text: str) -> str:
    """Return the digest by which texts are compared, whatever ends their lines."""
    lines = "\n".join(line.rstrip() for line in text.strip().replace("\r\n", "\n").split("\n"))
    return blake2b(lines.encode("utf-8", "replace"), digest_size=8).hexdigest()


def merge_blocks(
    text: str, body: Span, base: Sequence[str], theirs: Sequence[SourceBlock]
) -> MergedText:
    """Return `text` with what the source has changed since `base` in its `body`."""
    merge = _Merge(text, body, base, theirs)
    merge.run()
    return MergedText(apply_edits(text, merge.list_edits()), tuple(merge.conflicts))


class _Merge:
    """One merge: `_places` says for each block of the base where the log has it, or what it has in
    its place, `_gaps` before which block of the log something new comes in.
    """

    def __init__(
        self, text: str, body: Span, base: Sequence[str], theirs: Sequence[SourceBlock]
    ) -> None:
        self.conflicts: list[BlockConflict] = []
        self._text, self._body = text, body
        self._base, self._theirs = list(base), theirs
        self._mine = split_blocks(text, body)
        self._line_break = "\r\n" if "\r\n" in text else "\n"
        self._edits: list[Edit] = []
        self._removed: set[int] = set()
        self._insertions: dict[int, list[SourceBlock]] = {}
        self._places: list[range] = []
        self._is_same: list[bool] = []
        self._gaps: list[int] = [0] * (len(self._base) + 1)
        self._read_changes_of_log()

    def _read_changes_of_log(self) -> None:
        mine = [block.digest for block in self._mine]
        for tag, i1, i2, j1, j2 in _compare(self._base, mine):
            for number, index in enumerate(range(i1, i2)):
                is_pair = tag == "equal" or (tag == "replace" and i2 - i1 == j2 - j1)
                place = range(j1 + number, j1 + number + 1) if is_pair else range(j1, j2)
                self._places.append(place)
                self._is_same.append(tag == "equal")
                self._gaps[index + 1] = place.stop
            self._gaps[i2] = j2

    def run(self) -> None:
        """Find the edits and the conflicts."""
        theirs = [block.digest for block in self._theirs]
        for tag, i1, i2, j1, j2 in _compare(self._base, theirs):
            new = self._theirs[j1:j2]
            if tag == "replace" and i2 - i1 == j2 - j1:
                for index, block in zip(range(i1, i2), new, strict=True):
                    self._change(index, block)
            elif tag != "equal":
                for index in range(i1, i2):
                    self._change(index, None)
                self._insert(i2, new)

    def _change(self, index: int, new: SourceBlock | None) -> None:
        """Take over what the source has in the place of a block of the base, None for nothing."""
        place = self._places[index]
        if self._is_same[index]:
            if new:
                self._edits.append(Edit(self._mine[place.start].span, self._adapt(new.text)))
            else:
                self._removed.add(place.start)
            return
        have = [block.digest for block in self._mine[place.start : place.stop]]
        if have == ([new.digest] if new else []):
            return
        self.conflicts.append(BlockConflict(self._get_span(place), new.text if new else ""))

    def _get_span(self, place: range) -> Span:
        if place:
            return Span(self._mine[place.start].span.start, self._mine[place.stop - 1].span.end)
        before = self._mine[place.start - 1].span.end if place.start else self._body.start
        return Span(before, before)

    def _insert(self, gap: int, new: Sequence[SourceBlock]) -> None:
        """Put blocks of the source at a gap of the base, but those that the log has already."""
        known = {block.digest for block in self._mine} - set(self._base)
        wanted = [block for block in new if block.digest not in known]
        if wanted:
            self._insertions.setdefault(self._gaps[gap], []).extend(wanted)

    def list_edits(self) -> Iterator[Edit]:
        """Yield the edits of the text."""
        yield from self._edits
        yield from self._list_removals()
        anchored: dict[int, list[SourceBlock]] = {}
        for at in sorted(self._insertions):
            anchor = at - 1
            while anchor in self._removed:
                anchor -= 1
            anchored.setdefault(anchor, []).extend(self._insertions[at])
        for anchor, blocks in anchored.items():
            yield self._make_insertion(anchor, blocks)

    def _list_removals(self) -> Iterator[Edit]:
        """Yield the edits that remove runs of blocks, each with one of the gaps around it."""
        for first in sorted(at for at in self._removed if at - 1 not in self._removed):
            last = first
            while last + 1 in self._removed:
                last += 1
            if last + 1 < len(self._mine):
                yield Edit(Span(self._mine[first].span.start, self._mine[last + 1].span.start), "")
            else:
                start = self._mine[first - 1].span.end if first else self._mine[0].span.start
                yield Edit(Span(start, self._mine[last].span.end), "")

    def _make_insertion(self, anchor: int, blocks: Sequence[SourceBlock]) -> Edit:
        """Return the edit that puts `blocks` behind the block `anchor`, or before all for -1."""
        joined = self._join(blocks)
        if anchor >= 0:
            end = self._mine[anchor].span.end
            return Edit(Span(end, end), self._get_gap(self._mine[anchor], blocks[0]) + joined)
        rest = (at for at in range(len(self._mine)) if at not in self._removed)
        if (first := next(rest, None)) is not None:
            start = self._mine[first].span.start
            gap = self._get_gap(blocks[-1], self._mine[first])
            return Edit(Span(start, start), joined + gap)
        end = self._body.start + len(self._text[slice(*self._body)].rstrip())
        lead = self._line_break * (1 if self._text[:end].endswith("\n") else 2)
        tail = "" if self._text[end:] else self._line_break
        return Edit(Span(end, end), lead + joined + tail)

    def _get_gap(self, before: TextBlock | SourceBlock, after: TextBlock | SourceBlock) -> str:
        """Return the line breaks between two blocks: items of a list stand close together."""
        return self._line_break * (1 if before.is_item and after.is_item else 2)

    def _join(self, blocks: Sequence[SourceBlock]) -> str:
        parts = [self._adapt(blocks[0].text)]
        for before, block in pairwise(blocks):
            parts += (self._get_gap(before, block), self._adapt(block.text))
        return "".join(parts)

    def _adapt(self, text: str) -> str:
        return text.replace("\r\n", "\n").replace("\n", self._line_break)


def _compare(base: Sequence[str], other: Sequence[str]) -> Sequence[tuple[str, int, int, int, int]]:
    """Return what has to be done to `base` to get `other`, as `SequenceMatcher` has it."""
    return SequenceMatcher(None, base, other, autojunk=False).get_opcodes()
