"""The queries that stand in a note: in the field of a hub, and in fenced blocks of any text."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from readinglog.model.note import Note, Region
from readinglog.model.text import Span
from readinglog.model.yaml_values import Scalar
from readinglog.parsing.regions import get_language

FIELD = "query"
_LANGUAGE = "query"
_WORD = re.compile(r"\S+")
_QUOTE_MARK = re.compile(r"[ \t]{0,3}>[ ]?")
_QUOTED_SCALAR = ("'", '"')
_BLOCK_SCALAR = ("|", ">")


@dataclass(frozen=True, slots=True)
class WrittenQuery:
    """A query as a note has it, with single spaces between its words.

    `offsets` are those of its characters in the file; there are none where it is written with
    escapes that hide them. `place` is all that the file has of it, `block` the fence that holds it,
    or None for that of the front matter.
    """

    text: str
    offsets: tuple[int, ...]
    place: Span
    block: Region | None = None

    def locate(self, span: Span) -> Span:
        """Return where the characters `span` of the query are in the file."""
        if not self.offsets:
            return self.place
        last = len(self.offsets) - 1
        start = min(span.start, last)
        end = max(start, min(span.end - 1, last))
        return Span(self.offsets[start], self.offsets[end] + 1)


def find_queries(note: Note) -> Iterator[WrittenQuery]:
    """Yield the query of the front matter, then those of fenced blocks, in order."""
    text = note.values.get(FIELD)
    if isinstance(text, str):
        value = note.fields[FIELD].value
        if isinstance(value, Scalar):
            yield WrittenQuery(text, _align(text, note.text, value.span), value.span)
    for region in _list_blocks(note):
        yield read_block(region, note.text)


def shows_answers(note: Note) -> bool:
    """Return whether the page of a note shows answers to queries: its own, or those in its text."""
    return bool(note.query or _list_blocks(note))


def _list_blocks(note: Note) -> list[Region]:
    """Return the fences of a note that hold queries.

    Of notes that can have none, regions are not asked for: to unpack them takes time.
    """
    may_have_block = "fence" in note.region_kinds and _LANGUAGE in note.text.lower()
    return list(filter(is_query_block, note.regions)) if may_have_block else []


def is_query_block(region: Region) -> bool:
    """Return whether a region is a fence that holds a query."""
    return region.kind == "fence" and get_language(region.detail).lower() == _LANGUAGE


def _align(query: str, text: str, span: Span) -> tuple[int, ...]:
    """Return where the characters of `query` are in the scalar at `span` of `text`.

    All that a scalar has besides them is marks, escapes and breaks of lines, which are stepped
    over. The offsets are none where a character is not there as itself.
    """
    at = span.start
    if text[at] in _QUOTED_SCALAR:
        at += 1
    elif text[at] in _BLOCK_SCALAR:
        at = text.find("\n", at, span.end) + 1
    offsets: list[int] = []
    for character in query:
        if character == " ":  # which may stand for a break of lines
            offsets.append(at)
            continue
        found = text.find(character, at, span.end)
        if found < 0:
            return ()
        offsets.append(found)
        at = found + 1
    return tuple(offsets)


def read_block(region: Region, text: str) -> WrittenQuery:
    """Return the query in a fence: its lines joined by spaces."""
    words: list[str] = []
    offsets: list[int] = []
    for start, row in _list_rows(region, text):
        for word in _WORD.finditer(row):
            if words:
                offsets.append(offsets[-1] + 1)
            words.append(word[0])
            offsets += range(start + word.start(), start + word.end())
    first = text.find("\n", region.start, region.end)
    end = region.end if first < 0 else first
    place = Span(offsets[0], offsets[-1] + 1) if offsets else Span(region.start, end)
    return WrittenQuery(" ".join(words), tuple(offsets), place, region)


def _list_rows(region: Region, text: str) -> Iterator[tuple[int, str]]:
    """Yield the lines between the marks of a fence, without quote marks, and where each starts."""
    level = text[text.rfind("\n", 0, region.start) + 1 : region.start].count(">")
    first, *rows = text[region.start : region.end].split("\n")
    mark = re.match(r"`+|~+", first)
    start = region.start + len(first) + 1
    for number, row in enumerate(rows, 1):
        inside = 0
        for _ in range(level):
            found = _QUOTE_MARK.match(row, inside)
            inside = found.end() if found else inside
        content = row[inside:]
        if number == len(rows) and mark and _closes(content.strip(), mark[0]):
            return
        yield start + inside, content
        start += len(row) + 1


def _closes(row: str, mark: str) -> bool:
    return row.startswith(mark) and not row.strip(mark[0])
