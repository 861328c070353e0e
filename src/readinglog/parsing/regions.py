"""Regions of a body that hold no links: code, math, comments and raw HTML.

One scanner for all: the checker masks what it finds, and the Markdown extension takes the same regions out
before Python-Markdown sees them, so that what is checked is what is rendered. Blocks come first (fences and
indented code, line by line, within lists and quotes), then what stands inside the lines.

Dialect: fences as in CommonMark (an unclosed one runs to the end of its quote or the text); indented code as in
Python-Markdown (four spaces a list level); `$…$` as in Pandoc; a raw HTML block runs to its closing tag.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from readinglog.model.html_policy import BLOCK_TAGS, KNOWN_TAGS, SAFE_TAGS, VOID_TAGS
from readinglog.model.note import Region
from readinglog.model.text import Span
from readinglog.parsing.code_blocks import INDENT, find_code_blocks

_BLANK = re.compile(r"\n[ \t>]*\r?(?:\n|\Z)")
_HEADING = re.compile(r"[ \t>]*(?:(?:[-*+]|\d{1,9}[.)])[ \t]+)*#{1,6}(?:[ \t\r\n]|\Z)")
_NEXT_BLOCK = re.compile(
    r"\n[ \t>]*(?:\r?(?:\n|\Z)|(?:[-*+]|\d{1,9}[.)]|#{1,6})[ \t]|\|)"
)  # what a line's text cannot run on into
_MARKS = re.compile(r"[\\`$%<]")  # one set of characters: the fastest that a search can be
# A bare value ends at a slash, behind which another attribute begins: so there is one way only to read a tag.
_VALUE = r"(?:\"[^\"]*+\"|'[^']*+'|[^\s\"'=<>`][^\s\"'=<>`/]*+)"
_TAG = re.compile(
    rf"</?([a-zA-Z][\w:-]*+)((?:[\s/]++(?:[^\s\"'<>/=`]++(?:\s*+=\s*+{_VALUE})?+)?+)*+)>"
)
_AUTOLINK = re.compile(r"<[a-zA-Z][a-zA-Z0-9+.-]{1,31}:[^\s<>]*>|<[\w.+-]+@[\w.-]+>")
_TAG_LIMIT = 2_000


def find_regions(text: str, body: Span) -> list[Region]:
    """The regions of `text` within `body`, in order, none overlapping."""
    found: list[Region] = []
    start = body.start
    for block in [*find_code_blocks(text, body), Region("", body.end, body.end)]:
        found += _inline(text, start, block.start)
        if (
            found and found[-1].end > block.start
        ):  # a comment or an element that began before the block took it in
            start = found[-1].end
            continue
        found += [block] if block.kind else []
        start = block.end
    return found


def mask_regions(text: str, body: Span, found: list[Region]) -> str:
    """`text` with front matter and regions blanked out; line breaks stay, so that offsets and lines do too."""
    parts, done = [_blank(text[: body.start])], body.start
    for region in found:
        parts += (text[done : region.start], _blank(text[region.start : region.end]))
        done = region.end
    return "".join((*parts, text[done:]))


def _blank(text: str) -> str:
    return (
        "\n".join([" " * len(line) for line in text.split("\n")])
        if "\n" in text
        else " " * len(text)
    )


def _inline(text: str, start: int, end: int) -> Iterator[Region]:
    """Code spans, math, comments and HTML between `start` and `end`; only an element may run on behind `end`."""
    at = start
    while (found := _MARKS.search(text, at, end)) is not None:
        at, mark = found.start(), found[0]
        region, step = None, 1
        if mark == "`":
            step = _run(text, at, end)
            region = _code_span(text, at, step, end)
        elif mark == "$":
            step = 2 if text.startswith("$$", at) else 1
            region = _dollar_math(text, at, end)
        elif mark == "\\":
            step = 2
            region = _bracket_math(text, at, end) if text[at + 1 : at + 2] in ("(", "[") else None
        elif mark == "<":
            region = _markup(text, at, end)
        elif text.startswith("%%", at):
            step = 2
            close = text.find("%%", at + 2, end)
            region = Region("comment", at, close + 2) if close >= 0 else None
        if region and region.kind:
            yield region
        at = region.end if region else at + step


def _in_paragraph(kind: str, text: str, start: int, end: int) -> Region | None:
    """The region, unless its paragraph ends within it: then its opening mark is just a character."""
    if (line_break := text.find("\n", start, end)) >= 0:
        if kind == "display":
            ends = _BLANK.search(text, line_break, end)
        else:
            ends = _NEXT_BLOCK.search(text, line_break, end) or _HEADING.match(
                text, text.rfind("\n", 0, start) + 1, start
            )
        if ends:
            return None
    return Region(kind, start, end)


def _run(text: str, at: int, end: int) -> int:
    """How many backticks stand at `at`."""
    length = 1
    while at + length < end and text[at + length] == "`":
        length += 1
    return length


def _code_span(text: str, at: int, length: int, end: int) -> Region | None:
    close = text.find("`", at + length, end)
    while close >= 0:
        run = _run(text, close, end)
        if run == length:
            return _in_paragraph("span", text, at, close + length)
        close = text.find("`", close + run, end)
    return None


def _dollar_math(text: str, at: int, end: int) -> Region | None:
    if text.startswith("$$", at):
        close = text.find("$$", at + 2, end)
        return _in_paragraph("display", text, at, close + 2) if close > at + 2 else None
    if text[at + 1 : at + 2].isspace() or text[at - 1 : at].isalnum():
        return None
    close = text.find("$", at + 1, end)
    while close > 0 and text[close - 1] == "\\":
        close = text.find("$", close + 1, end)
    if (
        close < 0
        or text[close - 1].isspace()
        or text[close + 1 : close + 2].isdigit()
        or text[close + 1 : close + 2] == "$"
    ):
        return None
    return _in_paragraph("math", text, at, close + 1)


def _bracket_math(text: str, at: int, end: int) -> Region | None:
    round_ = text[at + 1] == "("
    if not round_ and text[at + 2 : at + 3] == "[":  # an escaped wikilink
        return None
    close = text.find("\\)" if round_ else "\\]", at + 2, end)
    return (
        _in_paragraph("math" if round_ else "display", text, at, close + 2)
        if close > at + 2
        else None
    )


def _markup(text: str, at: int, end: int) -> Region | None:
    """A comment, an autolink (kind '': passed over) or an element of HTML; unknown elements are text."""
    if text.startswith("<!--", at):
        close = text.find("-->", at + 4)
        return Region("comment", at, close + 3) if close >= 0 else None
    if link := _AUTOLINK.match(text, at, end):
        return Region("", at, link.end())
    tag = _TAG.match(text, at, min(end, at + _TAG_LIMIT))
    if tag is None or (name := tag[1].lower()) not in KNOWN_TAGS:
        return None
    kind = "html" if name in SAFE_TAGS else "unsafe"
    opens = text[at + 1] != "/" and name not in VOID_TAGS and not tag[0].endswith("/>")
    whole = kind == "unsafe" or (
        name in BLOCK_TAGS and _at_line_start(text, at) and not re.search(r"\bmarkdown\b", tag[2])
    )
    if opens and whole and (element_end := _element_end(text, tag.end(), name)):
        return Region(kind, at, element_end, name)
    return Region(kind, at, tag.end(), name)


def _at_line_start(text: str, at: int) -> bool:
    start = text.rfind("\n", 0, at) + 1
    return at - start < INDENT and not text[start:at].strip()


def _element_end(text: str, at: int, name: str) -> int | None:
    """Where the element `name` that opened before `at` ends, elements of the same name within it counted."""
    depth = 1
    for tag in re.compile(rf"<(/?){re.escape(name)}(?=[\s/>])[^<>]*>", re.IGNORECASE).finditer(
        text, at
    ):
        depth += -1 if tag[1] else 1
        if depth == 0:
            return tag.end()
    return None
