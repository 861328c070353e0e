"""Text and places in it: spans of character offsets; lines and columns only for printing."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from hashlib import blake2b
from typing import NamedTuple

BOM = "\ufeff"


class Span(NamedTuple):
    """Half-open range of character offsets."""

    start: int
    end: int


class Position(NamedTuple):
    """Line and column, both from 1, the column in characters."""

    line: int
    column: int


class Edit(NamedTuple):
    """Replace what is in `span` by `text`."""

    span: Span
    text: str


class Source:
    """One file as read: its POSIX path below the notes folder, and its bytes or why it has none.

    `text` is the file decoded as UTF-8 without a byte order mark; undecodable bytes become U+FFFD.
    """

    __slots__ = ("__weakref__", "_data", "_digest", "path", "text", "unreadable")

    def __init__(self, path: str, data: bytes = b"", unreadable: str = "") -> None:
        self.path = path
        self.unreadable = unreadable
        self.text = data.decode("utf-8", "replace").removeprefix(BOM)
        # Nearly always the text stands for the bytes, and they take no memory of their own.
        self._data = None if self.text.encode() == data else data
        self._digest = b""

    @property
    def data(self) -> bytes:
        """The bytes of the file."""
        return self.text.encode() if self._data is None else self._data

    @property
    def digest(self) -> bytes:
        """A digest of the path and the bytes, or of their lack."""
        self._digest = self._digest or compute_digest(
            f"{self.path}\0{self.unreadable}\0", self.data
        )
        return self._digest

    def is_same(self, other: Source) -> bool:
        """Whether the file is the other one, with the same bytes or lack of them."""
        return self is other or self._list_parts() == other._list_parts()

    def _list_parts(self) -> tuple[str, str, str, bytes | None]:
        return self.path, self.unreadable, self.text, self._data

    @property
    def undecodable_offset(self) -> int | None:
        """Offset in `text` of the first byte that is not UTF-8."""
        if self._data is not None:
            try:
                self._data.decode("utf-8")
            except UnicodeDecodeError as error:
                return len(self._data[: error.start].decode("utf-8").removeprefix(BOM))
        return None


def compute_digest(text: str, data: bytes = b"") -> bytes:
    """Return a digest of a text and what follows it."""
    return blake2b(text.encode("utf-8", "surrogatepass") + data, digest_size=16).digest()


def with_bom(source: Source, text: str) -> str:
    """Return `text` with the byte order mark of `source`, if that has one."""
    return BOM + text if source.data.startswith(BOM.encode()) else text


def get_position(text: str, offset: int) -> Position:
    """Return the line and column of `offset`."""
    offset = min(offset, len(text))
    start = text.rfind("\n", 0, offset) + 1
    return Position(text.count("\n", 0, offset) + 1, offset - start + 1)


def get_line_span(text: str, offset: int) -> Span:
    """Return the line around `offset`, without its line break."""
    start = text.rfind("\n", 0, offset) + 1
    end = text.find("\n", offset)
    end = len(text) if end < 0 else end
    return Span(start, end - 1 if text[end - 1 : end] == "\r" and end > start else end)


def is_alone_on_lines(text: str, span: Span) -> bool:
    """Return whether nothing else is on the lines of `span`."""
    line = Span(get_line_span(text, span.start).start, get_line_span(text, span.end).end)
    return not (text[line.start : span.start] + text[span.end : line.end]).strip()


def apply_edits(text: str, edits: Iterable[Edit]) -> str:
    """Return `text` with `edits` made; of edits that overlap, the first in the text wins."""
    parts: list[str] = []
    done = 0
    for (start, end), new in choose_edits(edits):
        parts += (text[done:start], new)
        done = end
    return "".join((*parts, text[done:]))


def blank_out(text: str, spans: Iterable[Span]) -> str:
    """Return `text` with spaces in place of what is in `spans`, which are in order and may overlap.

    Line breaks stay, so that offsets and lines do too.
    """
    parts: list[str] = []
    done = 0
    for start, end in spans:
        parts += (text[done:start], _write_blanks(text[max(done, start) : end]))
        done = max(done, end)
    return "".join((*parts, text[done:]))


def _write_blanks(text: str) -> str:
    if "\n" not in text:
        return " " * len(text)
    return "\n".join([" " * len(line) for line in text.split("\n")])


def choose_edits(edits: Iterable[Edit]) -> Iterator[Edit]:
    """Yield the edits that can be made together in order; of those that overlap, the first."""
    done = 0
    for edit in sorted(set(edits)):
        if edit.span.start >= done:
            yield edit
            done = edit.span.end


def shorten_line(text: str, limit: int) -> str:
    """Return a text on one line, for a message: its first `limit` characters where it has more."""
    line = " ".join(text.split())
    return line if len(line) <= limit else f"{line[:limit].rstrip()} …"


def pluralize(items: Sequence[object] | int, noun: str) -> str:
    """Return a number with its noun: `1 note`, `3 notes`."""
    number = items if isinstance(items, int) else len(items)
    return f"{number:,} {noun}{'' if number == 1 else 's'}"
