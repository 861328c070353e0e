"""Headings of a body, and their anchors."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from readinglog.model.html_policy import BLOCK_TAGS
from readinglog.model.note import Heading, Region
from readinglog.model.slugs import make_anchor, make_unique
from readinglog.model.text import Span, get_line_span
from readinglog.parsing.prose import strip_markdown

# Possessive, as is all that could be matched in two ways: to try them all takes exponential time.
_QUOTES = r"(?>(?:[ ]{0,3}+>[ ]?+)*)"
_LEAD = r"[ \t]*(?:(?:>|(?:[-*+]|\d{1,9}\.)(?=[ \t]))[ \t]*)*"
_ATX = re.compile(rf"(?P<lead>{_LEAD})(?P<level>#{{1,6}})(?=[ \t\r\n]|\Z)")
# It begins with a line break, not with `^`: a search for one known character is many times faster.
_UNDERLINE = re.compile(rf"\n(?P<lead>{_QUOTES})[ ]{{0,3}}(?P<level>=+|-+)[ \t]*\r?(?=\n|\Z)")
_PREFIX = re.compile(_QUOTES)
_INDENTED = re.compile(r"(?:\A|>[ ]?+)(?:[ ]{4}|[ ]{0,3}\t)[ \t]*(?:>|\Z)")
_ITEM = re.compile(rf"{_QUOTES}[ \t]*(?:[-*+]|\d{{1,9}}\.)[ \t]")
_IN_ITEM = re.compile(r"(?>(?:[ ]{0,3}+>)*)(?:[ ]{4}|[ ]{0,3}\t)")
_RULE = r"[ ]{0,3}(?:(?:-[ ]{0,2}){3,}|(?:_[ ]{0,2}){3,}|(?:\*[ ]{0,2}){3,})[ \t]*\r?(?:\n|\Z)"
_ABOVE = re.compile(rf"{_RULE}|[ ]{{0,3}}#{{1,6}}(?:[ \t\r]|\Z)")
# A line that a line of `=` or `-` below it makes a heading: no list item, quote, table row,
# definition, rule or code.
UNDERLINED_HEADING_PATTERN = re.compile(
    rf"(?!{_RULE})(?![ ]{{0,3}}(?:[>|]|(?:[-*+]|\d{{1,9}}[.)])(?:\s|\Z)|\[[^\[\]\n]+\]:"
    r"|#{1,6}(?:\s|\Z)))"
    r"[ ]{0,3}(?=\S)(?P<text>[^\n]*)(?:\n[ ]{0,3}(?P<level>=+|-+)[ \t]*(?=\n|\Z)|\Z)",
)
_ID = re.compile(r"(?:(?<!\s)\s++)?\{:?[ ]*+#(?P<id>[^\s{}]++)[^{}]*+\}\s*+\Z")


class _Marked(NamedTuple):
    """A heading as written: the span of its text, with an id, and that of all its lines."""

    level: int
    text: Span
    block: Span


def find_headings(
    text: str, masked: str, body: Span, regions: Sequence[Region]
) -> tuple[Heading, ...]:
    """Return the headings in order; equal texts get `_1`, `_2` … as Python-Markdown gives them.

    `masked` says where none can be.
    """
    found = [
        *_find_hash_headings(text, masked, body, regions),
        *_find_underlined_headings(text, masked, body, regions),
    ]
    found.sort(key=lambda marked: marked.text.start)
    ids = [_ID.search(text, *marked.text) for marked in found]
    taken = {own["id"]: 0 for own in ids if own}
    headings = []
    for (level, span, block), own in zip(found, ids, strict=True):
        shown = Span(span.start, own.start()) if own else span
        words = strip_markdown(text[slice(*shown)])
        anchor = own["id"] if own else make_unique(make_anchor(words), taken)
        headings.append(Heading(level, words, anchor, shown, block))
    return tuple(headings)


def _find_hash_headings(
    text: str, masked: str, body: Span, regions: Sequence[Region]
) -> Iterator[_Marked]:
    last = Span(0, 0)
    for found in _match_hash_lines(masked, body):
        line = get_line_span(text, found.end())
        if text[line.start : found.end()] != found[0]:
            continue  # a region is before the marks
        is_indented = _INDENTED.search(found["lead"])
        if not is_indented or _is_in_item(text, masked, line, last, body, regions):
            last = line
            yield _Marked(len(found["level"]), _trim(text, Span(found.end(), line.end)), line)


def _match_hash_lines(masked: str, body: Span) -> Iterator[re.Match[str]]:
    """Yield the lines that begin with `#`, marks of lists and quotes before it not counted."""
    at = masked.find("#", body.start, body.end)
    while at >= 0:
        line_start = max(masked.rfind("\n", body.start, at) + 1, body.start)
        if found := _ATX.match(masked, line_start, body.end):
            yield found
        end = masked.find("\n", at, body.end)
        at = masked.find("#", end, body.end) if end >= 0 else -1


def _find_underlined_headings(
    text: str, masked: str, body: Span, regions: Sequence[Region]
) -> Iterator[_Marked]:
    ends: set[int] = set()  # of the lines that underline a heading
    for found in _UNDERLINE.finditer(masked, body.start, body.end):
        line = get_line_span(text, found.start())
        if line.start < body.start or not _is_underlinable(text, line, found, body, regions):
            continue
        above = get_line_span(text, line.start - 1) if line.start - 1 > body.start else None
        if above is None or above.end in ends or _ends_block(text, masked, above, regions):
            ends.add(found.end() - (found[0][-1] == "\r"))
            start = _find_text_start(text, line, body)
            level = 1 if found["level"][0] == "=" else 2
            block = Span(line.start, found.end())
            yield _Marked(level, _trim(text, Span(start, line.end)), block)


def _find_text_start(text: str, line: Span, body: Span) -> int:
    """Return where the line's text begins behind its quote marks."""
    lead = _PREFIX.match(text, line.start, line.end)
    return max(lead.end() if lead else 0, body.start)


def _is_underlinable(
    text: str, line: Span, underline: re.Match[str], body: Span, regions: Sequence[Region]
) -> bool:
    """Return whether `underline` below `line` makes a heading of it."""
    lead = _PREFIX.match(text, line.start, line.end)
    deeper = lead[0].count(">") - underline["lead"].count(">") if lead else 0
    # An underline outside of the quote may continue it, unless it is a rule.
    continues_quote = deeper > 0 and not underline["level"].startswith("---")
    if deeper != 0 and not continues_quote:
        return False
    start = _find_text_start(text, line, body)
    is_candidate = UNDERLINED_HEADING_PATTERN.match(text, start, line.end) is not None
    return is_candidate and _is_text(text, start, line.end, regions)


def _is_in_item(
    text: str, masked: str, line: Span, last: Span, body: Span, regions: Sequence[Region]
) -> bool:
    """Return whether an indented line is in a list item.

    It is where all of its paragraph is, or the heading `last` before it.
    """
    first = line
    while first.start - 1 > body.start:
        above = get_line_span(text, first.start - 1)
        if above == last and ">" not in text[last.start : line.end]:
            return True
        if _is_blank(text, masked, above, regions):
            break
        item = _ITEM.match(text, above.start, above.end)
        if item and _measure_indent(text, line) >= _measure_indent(text, above) + 4:
            return False  # it goes on with the item's first line
        first = above
    return _IN_ITEM.match(text, first.start, first.end) is not None


def _measure_indent(text: str, line: Span) -> int:
    shown = text[line.start : line.end].lstrip("> ")
    return line.end - line.start - len(shown)


def _is_text(text: str, start: int, end: int, regions: Sequence[Region]) -> bool:
    """Return whether a line shows text, or code or math within it, and does not end a block."""
    indent = len(text[start:end]) - len(text[start:end].lstrip())
    region = _find_region(start + indent, regions)
    if region is None or region.kind in ("span", "math", "unsafe"):
        return True
    if region.kind == "html" and region.detail not in BLOCK_TAGS:
        return True
    return region.kind in ("comment", "display") and bool(text[region.end : end].strip())


def _ends_block(text: str, masked: str, line: Span, regions: Sequence[Region]) -> bool:
    """Return whether what follows the line is a block of its own."""
    if _is_blank(text, masked, line, regions):
        return True
    lead = _PREFIX.match(text, line.start, line.end)
    return _ABOVE.match(text, lead.end() if lead else line.start, line.end) is not None


def _is_blank(text: str, masked: str, line: Span, regions: Sequence[Region]) -> bool:
    """Return whether the line is blank, or the end of a block of code, of HTML or of a comment."""
    lead = _PREFIX.match(text, line.start, line.end)
    start = lead.end() if lead else line.start
    shown = text[start : line.end].rstrip()
    if not shown or masked[start : line.end].strip("> \t"):
        return not shown
    region = _find_region(start + len(shown) - 1, regions)
    if region is None:
        return False
    return region.kind in ("fence", "code", "comment") or region.detail in BLOCK_TAGS


def _find_region(offset: int, regions: Sequence[Region]) -> Region | None:
    """Return the region that holds `offset`, or None."""
    index = bisect_right(regions, offset, key=lambda region: region.start) - 1
    return regions[index] if index >= 0 and offset < regions[index].end else None


def _trim(text: str, span: Span) -> Span:
    """Return `span` without closing marks and the white space around it."""
    words = text[span.start : span.end]
    shown = words.rstrip(" \t")
    if (bare := shown.rstrip("#")) != shown and bare.endswith((" ", "\t")):
        shown = bare.rstrip(" \t")
    end = span.start + len(shown)
    return Span(min(end, span.start + len(words) - len(words.lstrip())), end)
