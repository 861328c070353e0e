"""Regions of a body that hold no links: code, math, comments and raw HTML.

One scanner for all: the checker masks what it finds, and the Markdown extension takes the same
regions out before Python-Markdown sees them, so that what is checked is what is rendered. Blocks
come first (fences and indented code, line by line, within lists and quotes), then what is inside
the lines.

Dialect: fences as in CommonMark (one that is never closed runs to the end of its quote or the
text); indented code as in Python-Markdown (four spaces a list level); a block of raw HTML runs to
its closing tag; formulas as `formula_marks` finds them.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from readinglog.model.html_policy import BLOCK_TAGS, KNOWN_TAGS, SAFE_TAGS, VOID_TAGS
from readinglog.model.note import Region
from readinglog.model.text import Span
from readinglog.parsing.code_blocks import INDENT, find_code_blocks, get_language
from readinglog.parsing.formula_marks import find_formula

_HEADING = re.compile(r"[ \t>]*(?:(?:[-*+]|\d{1,9}[.)])[ \t]+)*#{1,6}(?:[ \t\r\n]|\Z)")
# What a line's text cannot run on into.
_NEXT_BLOCK = re.compile(r"\n[ \t>]*(?:\r?(?:\n|\Z)|(?:[-*+]|\d{1,9}[.)]|#{1,6})[ \t]|\|)")
_MARKS = re.compile(r"[\\`$%<]")  # one set of characters: the fastest search there is
# A bare value ends at a slash, behind which another attribute begins: so there is only one way to
# read a tag.
_VALUE = r"(?:\"[^\"]*+\"|'[^']*+'|[^\s\"'=<>`][^\s\"'=<>`/]*+)"
_TAG = re.compile(
    rf"</?([a-zA-Z][\w:-]*+)((?>(?:[\s/]++(?>(?:[^\s\"'<>/=`]++(?>(?:\s*+=\s*+{_VALUE})?))?))*))>"
)
_AUTOLINK = re.compile(r"<[a-zA-Z][a-zA-Z0-9+.-]{1,31}:[^\s<>]*>|<[\w.+-]+@[\w.-]+>")
_TAG_LIMIT = 2_000


def find_regions(text: str, body: Span) -> list[Region]:
    """Return the regions of `text` within `body`, in order, none overlapping."""
    regions: list[Region] = []
    start = body.start
    for block in find_code_blocks(text, body):
        regions += _find_inline_regions(text, start, block.start)
        last_end = regions[-1].end if regions else 0
        if last_end > block.start:  # a comment or an element before the block has taken it in
            start = last_end
        else:
            is_formula = block.kind == "fence" and get_language(block) == "math"
            regions.append(block._replace(kind="display") if is_formula else block)
            start = block.end
    regions += _find_inline_regions(text, start, body.end)
    return regions


def mask_regions(text: str, body: Span, regions: list[Region]) -> str:
    """Return `text` with front matter and regions blanked out.

    Line breaks stay, so that offsets and lines do too.
    """
    parts, done = [_blank_out(text[: body.start])], body.start
    for region in regions:
        parts += (text[done : region.start], _blank_out(text[region.start : region.end]))
        done = region.end
    return "".join((*parts, text[done:]))


def _blank_out(text: str) -> str:
    if "\n" not in text:
        return " " * len(text)
    return "\n".join([" " * len(line) for line in text.split("\n")])


def _find_inline_regions(text: str, start: int, end: int) -> Iterator[Region]:
    """Yield code spans, math, comments and HTML between `start` and `end`.

    Only an element, a comment or a displayed formula may run on behind `end`.
    """
    at = start
    while (found := _MARKS.search(text, at, end)) is not None:
        at = found.start()
        region, length = _read_mark(text, at, end)
        if region and region.kind:
            yield region
        at = region.end if region else at + length


def _read_mark(text: str, at: int, end: int) -> tuple[Region | None, int]:
    """Return the region that the mark at `at` opens, or None, and the length of the mark."""
    match text[at]:
        case "`":
            length = _measure_run(text, at, end)
            return _find_code_span(text, at, length, end), length
        case "$" | "\\":
            length = 1 if text[at] == "$" and not text.startswith("$$", at) else 2
            region = find_formula(text, at, end)
            if region and region.kind == "math":
                region = _keep_in_paragraph("math", text, at, region.end)
            return region, length
        case "<":
            return _find_markup(text, at, end), 1
    if not text.startswith("%%", at):
        return None, 1
    close = text.find("%%", at + 2, end)
    return Region("comment", at, close + 2) if close >= 0 else None, 2


def _keep_in_paragraph(kind: str, text: str, start: int, end: int) -> Region | None:
    """Return the region, or None where its paragraph ends within it.

    Then its opening mark is just a character.
    """
    line_break = text.find("\n", start, end)
    if line_break < 0:
        return Region(kind, start, end)
    line_start = text.rfind("\n", 0, start) + 1
    paragraph_ends = _NEXT_BLOCK.search(text, line_break, end) or _HEADING.match(
        text, line_start, start
    )
    return None if paragraph_ends else Region(kind, start, end)


def _measure_run(text: str, at: int, end: int) -> int:
    """Return how many backticks are at `at`."""
    length = 1
    while at + length < end and text[at + length] == "`":
        length += 1
    return length


def _find_code_span(text: str, at: int, length: int, end: int) -> Region | None:
    close = text.find("`", at + length, end)
    while close >= 0:
        run = _measure_run(text, close, end)
        if run == length:
            return _keep_in_paragraph("span", text, at, close + length)
        close = text.find("`", close + run, end)
    return None


def _find_markup(text: str, at: int, end: int) -> Region | None:
    """Return a comment, an autolink or an element of HTML, or None; unknown elements are text.

    The kind of an autolink is '': it is passed over.
    """
    if text.startswith("<!--", at):
        close = text.find("-->", at + 4)
        return Region("comment", at, close + 3) if close >= 0 else None
    if link := _AUTOLINK.match(text, at, end):
        return Region("", at, link.end())
    tag = _TAG.match(text, at, min(end, at + _TAG_LIMIT))
    if tag is None or (name := tag[1].lower()) not in KNOWN_TAGS:
        return None
    kind = "html" if name in SAFE_TAGS else "unsafe"
    element_end = _find_element_end(text, tag.end(), name) if _is_whole(text, tag, kind) else None
    return Region(kind, at, element_end or tag.end(), name)


def _is_whole(text: str, tag: re.Match[str], kind: str) -> bool:
    """Return whether the element that `tag` opens is a region as a whole, not its tags alone."""
    name = tag[1].lower()
    if tag[0].startswith("</") or tag[0].endswith("/>") or name in VOID_TAGS:
        return False
    if kind == "unsafe":
        return True
    is_block = name in BLOCK_TAGS and _is_at_line_start(text, tag.start())
    return is_block and not re.search(r"\bmarkdown\b", tag[2])


def _is_at_line_start(text: str, at: int) -> bool:
    start = text.rfind("\n", 0, at) + 1
    return at - start < INDENT and not text[start:at].strip()


def _find_element_end(text: str, at: int, name: str) -> int | None:
    """Return where the element `name` that opens before `at` ends, or None.

    Elements of the same name within it are counted.
    """
    tags = re.compile(rf"<(/?){re.escape(name)}(?=[\s/>])[^<>]*>", re.IGNORECASE)
    depth = 1
    for tag in tags.finditer(text, at):
        depth += -1 if tag[1] else 1
        if depth == 0:
            return tag.end()
    return None
