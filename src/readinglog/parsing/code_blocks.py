"""Blocks of code, line by line: fences and indented code, within lists and quotes too."""

from __future__ import annotations

import re
from collections.abc import Iterator

from readinglog.model.note import Region
from readinglog.model.text import Span

_QUOTE = re.compile(r"(?:[ \t]{0,3}>[ ]?)+")
_MARKER = re.compile(
    r"[ \t]*(?:[-*+]|\d{1,9}[.)]|:|\[\^[^\[\]\n]+\]:)(?:[ \t]+|$)"
)  # of a list item, definition or footnote
_FENCE = re.compile(
    r"(?P<lead>[ \t]*(?:(?:[-*+]|\d{1,9}[.)])[ \t]+)*)(?P<mark>`{3,}(?=[^`\n]*$)|~{3,})(?P<info>[^\n]*)$"
)
_RULE = re.compile(r"[ \t]*([-*_])[ \t]*(?:\1[ \t]*){2,}\Z")
_HEADING = re.compile(r"[ \t>]*(?:(?:[-*+]|\d{1,9}[.)])[ \t]+)*#{1,6}(?:[ \t\r\n]|\Z)")
INDENT = 4  # columns of a list level, and of code


def _may_hold_blocks(text: str, body: Span) -> bool:
    return any(
        text.find(mark, body.start) >= 0 for mark in ("```", "~~~", "\n    ", "\t", "\n>")
    ) or text.startswith("    ", body.start)


def _lines(text: str, body: Span) -> Iterator[tuple[int, str]]:
    start = body.start
    for line in text[body.start : body.end].removesuffix("\n").split("\n"):
        yield start, line.removesuffix("\r")
        start += len(line) + 1


def _columns(text: str) -> int:
    """The width of leading white space, tabs to the next multiple of four."""
    if text[:1] not in (" ", "\t"):
        return 0
    white = text[: len(text) - len(text.lstrip(" \t"))]
    return len(white.expandtabs(4))


def find_code_blocks(text: str, body: Span) -> Iterator[Region]:
    """The fences and the indented code of `text` within `body`, in order."""
    if not _may_hold_blocks(text, body):
        return
    scanner = _Blocks()
    for start, line in _lines(text, body):
        if not (line[:1].isalpha() and scanner.skips()):
            yield from scanner.read(start, line)
    yield from scanner.close(body.end)


class _Blocks:
    """Reads a body line by line. `depth` is how many list levels an indented block may continue, `level` the quote's."""

    def __init__(self) -> None:
        self.depth, self.level, self.blank = 0, 0, True
        self.fence: tuple[str, Region, int] | None = (
            None  # its marks, what is known of it, the level it stands at
        )
        self.code: Region | None = None

    def skips(self) -> bool:
        """Take in a line that begins with a letter, if that is all there is to it: nothing is open, no quote goes on."""
        if self.fence or self.code or self.level:
            return False
        if self.blank:
            self.depth, self.blank = 0, False
        return True

    def read(self, start: int, line: str) -> Iterator[Region]:
        """Take in the line at offset `start`; gives the blocks that it ends."""
        quote = _QUOTE.match(line)
        level, inside = (quote[0].count(">"), quote.end()) if quote else (0, 0)
        if self.fence and level >= self.fence[2]:
            yield from self._within_fence(start, line)
            return
        yield from self.close(start - 1, code=False)
        inner = line[inside:]
        if not inner.strip():
            self.blank = True
            return
        if level > self.level or (level < self.level and self.blank):
            self.depth, self.level, self.blank = 0, level, True
        columns = _columns(inner)
        if self.code and columns < INDENT * (self.depth + 1):
            yield self.code
            self.code = None
        if self.code or (self.blank and columns >= INDENT * (self.depth + 1)):
            first = (
                self.code.start
                if self.code
                else start + inside + _skip_columns(inner, INDENT * self.depth)
            )
            self.code = Region("code", first, start + len(line))
            return
        self._plain(start + inside, inner, columns, level)

    def _plain(self, start: int, inner: str, columns: int, level: int) -> None:
        """A line that is not code; it may open a fence, or a list level."""
        opening = _FENCE.match(inner)
        marker = (
            bool(opening["lead"].strip())
            if opening
            else bool(_MARKER.match(inner)) and not _RULE.match(inner)
        )
        if marker:
            self.depth = min(columns // INDENT, self.depth) + 1
        elif self.blank or inner[:1] == "#":
            self.depth = min(columns // INDENT, self.depth)
        if opening:
            begun = Region("fence", start + opening.start("mark"), 0, opening["info"].strip())
            self.fence = (opening["mark"], begun, level)
        self.blank = (
            _HEADING.match(inner) is not None
        )  # which ends a paragraph as a blank line does

    def _within_fence(self, start: int, line: str) -> Iterator[Region]:
        marks, begun, level = self.fence or ("", Region("", 0, 0), 0)
        inner = line[_quote_end(line, level) :].strip()
        if inner.startswith(marks) and not inner.strip(marks[0]):
            yield begun._replace(end=start + len(line))
            self.fence, self.blank = None, True

    def close(self, end: int, *, code: bool = True) -> Iterator[Region]:
        """End what is open: a fence that its quote or the text ends, and at the end of the text, code."""
        if self.fence:
            yield self.fence[1]._replace(end=end)
            self.fence, self.blank = None, True
        if code and self.code:
            yield self.code
            self.code = None


def _quote_end(line: str, level: int) -> int:
    """Where the text of `line` starts behind `level` quote marks."""
    end = 0
    for _ in range(level):
        found = re.compile(r"[ \t]{0,3}>[ ]?").match(line, end)
        end = found.end() if found else end
    return end


def _skip_columns(text: str, columns: int) -> int:
    """How many characters of `text` make up its first `columns` columns."""
    width = taken = 0
    while width < columns and taken < len(text):
        width += 4 - width % 4 if text[taken] == "\t" else 1
        taken += 1
    return taken
