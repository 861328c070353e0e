"""Blocks of code, line by line: fences and indented code, within lists and quotes too."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from readinglog.model.note import Region
from readinglog.model.text import Span

_QUOTE = re.compile(r"(?:[ \t]{0,3}>[ ]?)+")
_QUOTE_MARK = re.compile(r"[ \t]{0,3}>[ ]?")
# The mark of a list item, definition or footnote.
_MARKER = re.compile(r"[ \t]*(?:[-*+]|\d{1,9}[.)]|:|\[\^[^\[\]\n]+\]:)(?:[ \t]+|$)")
_FENCE = re.compile(
    r"(?P<lead>[ \t]*(?:(?:[-*+]|\d{1,9}[.)])[ \t]+)*)"
    r"(?P<mark>`{3,}(?=[^`\n]*$)|~{3,})(?P<info>[^\n]*)$"
)
_RULE = re.compile(r"[ \t]*([-*_])[ \t]*(?:\1[ \t]*){2,}\Z")
_HEADING = re.compile(r"[ \t>]*(?:(?:[-*+]|\d{1,9}[.)])[ \t]+)*#{1,6}(?:[ \t\r\n]|\Z)")
_LANGUAGE = re.compile(r"\{?\.?([\w+#.-]*)")
INDENT = 4  # columns of a list level, and of code


def find_code_blocks(text: str, body: Span) -> Iterator[Region]:
    """Yield the fences and the indented code of `text` within `body`, in order."""
    if not _may_hold_blocks(text, body):
        return
    scanner = _Scanner()
    for start, line in _split_lines(text, body):
        if not (line[:1].isalpha() and scanner.skip_word_line()):
            yield from scanner.read(start, line)
    yield from scanner.close(body.end)


def get_language(region: Region) -> str:
    """Return the language that a fence names, or ''."""
    found = _LANGUAGE.match(region.detail)
    return found[1] if found else ""


def _may_hold_blocks(text: str, body: Span) -> bool:
    if text.startswith("    ", body.start):
        return True
    return any(text.find(mark, body.start) >= 0 for mark in ("```", "~~~", "\n    ", "\t", "\n>"))


def _split_lines(text: str, body: Span) -> Iterator[tuple[int, str]]:
    """Yield each line of `body` and where it starts."""
    start = body.start
    for line in text[body.start : body.end].removesuffix("\n").split("\n"):
        yield start, line.removesuffix("\r")
        start += len(line) + 1


class _Fence(NamedTuple):
    """A fence that is open: its marks, start, info string, and the level of the quote it is in."""

    marks: str
    start: int
    info: str
    level: int

    def end_at(self, end: int) -> Region:
        return Region("fence", self.start, end, self.info)


class _Scanner:
    """Reads a body line by line.

    `depth` is how many list levels an indented block may continue, `level` that of the quote, and
    `blank` whether a paragraph has ended.
    """

    def __init__(self) -> None:
        self.depth = 0
        self.level = 0
        self.blank = True
        self.fence: _Fence | None = None
        self.code: Region | None = None

    def skip_word_line(self) -> bool:
        """Take in a line that begins with a letter, if that is all there is to it.

        So it is where nothing is open and no quote goes on.
        """
        if self.fence or self.code or self.level:
            return False
        if self.blank:
            self.depth, self.blank = 0, False
        return True

    def read(self, start: int, line: str) -> Iterator[Region]:
        """Take in the line at offset `start`, and yield the blocks that it ends."""
        quote = _QUOTE.match(line)
        level, inside = (quote[0].count(">"), quote.end()) if quote else (0, 0)
        if self.fence and level >= self.fence.level:
            yield from self._read_within_fence(self.fence, start, line)
            return
        yield from self.close(start - 1, code=False)
        inner = line[inside:]
        if not inner.strip():
            self.blank = True
            return
        if level > self.level or (level < self.level and self.blank):
            self.depth, self.level, self.blank = 0, level, True
        columns = _measure_indent(inner)
        is_indented = columns >= INDENT * (self.depth + 1)
        if self.code and not is_indented:
            yield self.code
            self.code = None
        if self.code:
            self.code = self.code._replace(end=start + len(line))
        elif self.blank and is_indented:
            first = start + inside + _skip_columns(inner, INDENT * self.depth)
            self.code = Region("code", first, start + len(line))
        else:
            self._read_plain(start + inside, inner, columns, level)

    def _read_plain(self, start: int, inner: str, columns: int, level: int) -> None:
        """Take in a line that is not code; it may open a fence, or a list level."""
        fence = _FENCE.match(inner)
        if _has_marker(inner, fence):
            self.depth = min(columns // INDENT, self.depth) + 1
        elif self.blank or inner.startswith("#"):
            self.depth = min(columns // INDENT, self.depth)
        if fence:
            info = fence["info"].strip()
            self.fence = _Fence(fence["mark"], start + fence.start("mark"), info, level)
        # A heading ends a paragraph as a blank line does.
        self.blank = _HEADING.match(inner) is not None

    def _read_within_fence(self, fence: _Fence, start: int, line: str) -> Iterator[Region]:
        inner = line[_find_quote_end(line, fence.level) :].strip()
        if inner.startswith(fence.marks) and not inner.strip(fence.marks[0]):
            yield fence.end_at(start + len(line))
            self.fence, self.blank = None, True

    def close(self, end: int, *, code: bool = True) -> Iterator[Region]:
        """End what is open at `end`, and yield it: a fence, and with `code` indented code."""
        if self.fence:
            yield self.fence.end_at(end)
            self.fence, self.blank = None, True
        if code and self.code:
            yield self.code
            self.code = None


def _has_marker(inner: str, fence: re.Match[str] | None) -> bool:
    """Return whether a line begins with the mark of a list item, definition or footnote."""
    if fence:
        return bool(fence["lead"].strip())
    return _MARKER.match(inner) is not None and _RULE.match(inner) is None


def _measure_indent(text: str) -> int:
    """Return the width of leading white space, with tabs to the next multiple of four."""
    if text[:1] not in (" ", "\t"):
        return 0
    white = text[: len(text) - len(text.lstrip(" \t"))]
    return len(white.expandtabs(4))


def _find_quote_end(line: str, level: int) -> int:
    """Return where the text of `line` starts behind `level` quote marks."""
    end = 0
    for _ in range(level):
        found = _QUOTE_MARK.match(line, end)
        end = found.end() if found else end
    return end


def _skip_columns(text: str, columns: int) -> int:
    """Return how many characters of `text` make up its first `columns` columns."""
    width = count = 0
    while width < columns and count < len(text):
        width += 4 - width % 4 if text[count] == "\t" else 1
        count += 1
    return count
