"""Headings of a body, and the anchors that lead to them."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence

from readinglog.model.html_policy import BLOCK_TAGS
from readinglog.model.note import Heading, Region
from readinglog.model.slugs import make_anchor, make_unique
from readinglog.model.text import Span, line_span
from readinglog.parsing.prose import strip_markdown

# Possessive, as is whatever else could be matched in two ways: trying them all would take exponential time.
_QUOTES = r"(?:[ ]{0,3}+>[ ]?+)*+"
_LEAD = r"[ \t]*(?:(?:>|(?:[-*+]|\d{1,9}\.)(?=[ \t]))[ \t]*)*"
_ATX = re.compile(rf"(?P<lead>{_LEAD})(?P<level>#{{1,6}})(?=[ \t\r\n]|\Z)")
# It begins with a line break, not with `^`: a search for one known character is many times faster.
_UNDERLINE = re.compile(rf"\n(?P<lead>{_QUOTES})[ ]{{0,3}}(?P<level>=+|-+)[ \t]*\r?(?=\n|\Z)")
_PREFIX = re.compile(_QUOTES)
_INDENTED = re.compile(r"(?:\A|>[ ]?+)(?:[ ]{4}|[ ]{0,3}\t)[ \t]*(?:>|\Z)")
_ITEM = re.compile(rf"{_QUOTES}[ \t]*(?:[-*+]|\d{{1,9}}\.)[ \t]")
_IN_ITEM = re.compile(r"(?:[ ]{0,3}+>)*+(?:[ ]{4}|[ ]{0,3}\t)")
_RULE = r"[ ]{0,3}(?:(?:-[ ]{0,2}){3,}|(?:_[ ]{0,2}){3,}|(?:\*[ ]{0,2}){3,})[ \t]*\r?(?:\n|\Z)"
_ABOVE = re.compile(rf"{_RULE}|[ ]{{0,3}}#{{1,6}}(?:[ \t\r]|\Z)")
# A line that a line of `=` or `-` below it makes a heading: no list item, quote, table row, definition, rule or code.
UNDERLINED = re.compile(
    rf"(?!{_RULE})(?![ ]{{0,3}}(?:[>|]|(?:[-*+]|\d{{1,9}}[.)])(?:\s|\Z)|\[[^\[\]\n]+\]:|#{{1,6}}(?:\s|\Z)))"
    r"[ ]{0,3}(?=\S)(?P<text>[^\n]*)(?:\n[ ]{0,3}(?P<level>=+|-+)[ \t]*(?=\n|\Z)|\Z)",
)
_ID = re.compile(r"(?:(?<!\s)\s++)?\{:?[ ]*+#(?P<id>[^\s{}]++)[^{}]*+\}\s*+\Z")


def find_headings(
    text: str, masked: str, body: Span, regions: Sequence[Region]
) -> tuple[Heading, ...]:
    """The headings in order; equal texts get `_1`, `_2` … as Python-Markdown gives them."""
    found = sorted(_marked(text, masked, body, regions), key=lambda item: item[1].start)
    own = [_ID.search(text, span.start, span.end) for _, span, _ in found]
    taken = {mark["id"]: 0 for mark in own if mark}
    result = []
    for (level, span, block), mark in zip(found, own, strict=True):
        shown = Span(span.start, mark.start()) if mark else span
        words = strip_markdown(text[shown.start : shown.end])
        result.append(
            Heading(
                level,
                words,
                mark["id"] if mark else make_unique(make_anchor(words), taken),
                shown,
                block,
            )
        )
    return tuple(result)


def _marked(
    text: str, masked: str, body: Span, regions: Sequence[Region]
) -> Iterator[tuple[int, Span, Span]]:
    """Level, span of the text and span of all lines of each heading; the masked text says where none can be."""
    last = Span(0, 0)
    for found in _atx(masked, body):
        line = line_span(text, found.end())
        whole = text[line.start : found.end()] == found[0]
        if whole and (
            not _INDENTED.search(found["lead"]) or _in_item(text, masked, line, last, body, regions)
        ):
            last = line
            yield len(found["level"]), _trimmed(text, Span(found.end(), line.end)), line
    ends: set[int] = set()
    for found in _UNDERLINE.finditer(masked, body.start, body.end):
        line = line_span(text, found.start())
        lead = _PREFIX.match(text, line.start, line.end)
        start = max(lead.end() if lead else 0, body.start)
        deeper = lead[0].count(">") - found["lead"].count(">") if lead else 0
        same_quote = deeper == 0 or (
            deeper > 0 and (found["level"][0] == "=" or len(found["level"]) < 3)
        )  # lazily
        if (
            line.start >= body.start
            and same_quote
            and UNDERLINED.match(text, start, line.end)
            and _is_text(text, start, line.end, regions)
        ):
            above = line_span(text, line.start - 1) if line.start - 1 > body.start else None
            if above is None or above.end in ends or _ends_block(text, masked, above, regions):
                ends.add(found.end() - (found[0][-1] == "\r"))
                yield (
                    1 if found["level"][0] == "=" else 2,
                    _trimmed(text, Span(start, line.end)),
                    Span(line.start, found.end()),
                )


def _atx(masked: str, body: Span) -> Iterator[re.Match[str]]:
    """The lines that begin with `#`, marks of lists and quotes before it not counted."""
    at = masked.find("#", body.start, body.end)
    while at >= 0:
        if found := _ATX.match(
            masked, max(masked.rfind("\n", body.start, at) + 1, body.start), body.end
        ):
            yield found
        end = masked.find("\n", at, body.end)
        at = masked.find("#", end, body.end) if end >= 0 else -1


def _in_item(
    text: str, masked: str, line: Span, last: Span, body: Span, regions: Sequence[Region]
) -> bool:
    """Whether an indented line stands in a list item: so does all of its paragraph, or the heading `last` before it."""
    first = line
    while first.start - 1 > body.start:
        above = line_span(text, first.start - 1)
        if above == last and ">" not in text[last.start : line.end]:
            return True
        if _is_blank(text, masked, above, regions):
            break
        item = _ITEM.match(text, above.start, above.end)
        if item and _indent(text, line) >= _indent(text, above) + 4:
            return False  # it goes on with the item's first line
        first = above
    return _IN_ITEM.match(text, first.start, first.end) is not None


def _indent(text: str, line: Span) -> int:
    shown = text[line.start : line.end].lstrip("> ")
    return line.end - line.start - len(shown)


def _is_text(text: str, start: int, end: int, regions: Sequence[Region]) -> bool:
    """Whether a line shows text, or code or math within it, and is not the end of a block."""
    region = _region_at(start + len(text[start:end]) - len(text[start:end].lstrip()), regions)
    if (
        region is None
        or region.kind in ("span", "math", "unsafe")
        or (region.kind == "html" and region.detail not in BLOCK_TAGS)
    ):
        return True
    return region.kind in ("comment", "display") and bool(text[region.end : end].strip())


def _ends_block(text: str, masked: str, line: Span, regions: Sequence[Region]) -> bool:
    """Whether what follows the line is a block of its own."""
    lead = _PREFIX.match(text, line.start, line.end)
    return (
        _is_blank(text, masked, line, regions)
        or _ABOVE.match(text, lead.end() if lead else line.start, line.end) is not None
    )


def _is_blank(text: str, masked: str, line: Span, regions: Sequence[Region]) -> bool:
    """Whether the line is blank, or the end of a block of code, of HTML or of a comment."""
    lead = _PREFIX.match(text, line.start, line.end)
    start = lead.end() if lead else line.start
    shown = text[start : line.end].rstrip()
    if not shown or masked[start : line.end].strip("> \t"):
        return not shown
    region = _region_at(start + len(shown) - 1, regions)
    return region is not None and (
        region.kind in ("fence", "code", "comment") or region.detail in BLOCK_TAGS
    )


def _region_at(offset: int, regions: Sequence[Region]) -> Region | None:
    index = bisect_right(regions, offset, key=lambda region: region.start) - 1
    return regions[index] if index >= 0 and offset < regions[index].end else None


def _trimmed(text: str, span: Span) -> Span:
    """`span` without closing marks and the white space around it."""
    words = text[span.start : span.end]
    shown = words.rstrip(" \t")
    if (bare := shown.rstrip("#")) != shown and bare.endswith((" ", "\t")):
        shown = bare.rstrip(" \t")
    end = span.start + len(shown)
    return Span(min(end, span.start + len(words) - len(words.lstrip())), end)
