"""Headings of a body, and the anchors that lead to them."""

from __future__ import annotations

import re
from collections.abc import Iterator

from readinglog.naming import anchor, unique
from readinglog.note import Heading
from readinglog.parse.prose import plain
from readinglog.text import Span, line_span

_QUOTES = r"(?:[ ]{0,3}>[ ]?)*"
# Both begin with a line break, not with `^`: a search for one known character is many times faster.
_ATX = re.compile(rf"\n{_QUOTES}[ ]{{0,3}}(?P<level>#{{1,6}})(?=[ \t\r\n]|\Z)")
_FIRST_ATX = re.compile(_ATX.pattern.removeprefix(r"\n"))
_UNDERLINE = re.compile(rf"\n{_QUOTES}[ ]{{0,3}}(?P<level>=+|-+)[ \t]*\r?(?=\n|\Z)")
_PREFIX = re.compile(rf"{_QUOTES}[ ]{{0,3}}")
_CLOSING = re.compile(r"(?:[ \t]+#+)?[ \t]*\Z")
_ID = re.compile(r"\s*\{:?[ ]*#(?P<id>[^\s{}]+)[^{}]*\}\s*\Z")


def headings(text: str, masked: str, body: Span) -> tuple[Heading, ...]:
    """The headings in order; equal texts get `_1`, `_2` … as Python-Markdown gives them."""
    found = sorted(_marked(text, masked, body), key=lambda item: item[1].start)
    taken: set[str] = set()
    own = [_ID.search(text, span.start, span.end) for _, span, _ in found]
    taken.update(mark["id"] for mark in own if mark)
    result = []
    for (level, span, block), mark in zip(found, own, strict=True):
        shown = Span(span.start, mark.start()) if mark else span
        words = plain(text[shown.start : shown.end])
        result.append(Heading(level, words, mark["id"] if mark else unique(anchor(words), taken), shown, block))
    return tuple(result)


def _marked(text: str, masked: str, body: Span) -> Iterator[tuple[int, Span, Span]]:
    """Level, span of the text and span of all lines of each heading; the masked text says where none can be."""
    if masked.find("#", body.start) >= 0:
        first = _FIRST_ATX.match(masked, body.start, body.end)
        for found in (*([first] if first else ()), *_ATX.finditer(masked, body.start, body.end)):
            line = line_span(text, found.end())
            if text[line.start : found.end()] == found[0].removeprefix("\n"):
                yield len(found["level"]), _trimmed(text, Span(found.end(), line.end)), line
    for found in _UNDERLINE.finditer(masked, body.start, body.end):
        line = line_span(text, found.start())
        start = max(_end(_PREFIX.match(text, line.start, line.end)), body.start)
        above = masked[body.start : line.start].rpartition("\n")[0].rpartition("\n")[2].strip("> \t\r")
        if text[start : line.end].strip() and masked[start] not in "#|*+->" and line.start >= body.start and not above:
            yield 1 if found["level"][0] == "=" else 2, _trimmed(text, Span(start, line.end)), Span(line.start, found.end())


def _end(found: re.Match[str] | None) -> int:
    return found.end() if found else 0


def _trimmed(text: str, span: Span) -> Span:
    """`span` without closing marks and the white space around it."""
    words = text[span.start : span.end]
    found = _CLOSING.search(words)
    end = span.start + (found.start() if found else len(words))
    return Span(min(end, span.start + len(words) - len(words.lstrip())), end)
