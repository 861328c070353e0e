"""Regions of a body that hold no links: code, math, comments and raw HTML.

One scanner for all: the checker masks what it finds, and the Markdown extension takes the same regions out
before Python-Markdown sees them, so that what is checked is what is rendered. Blocks come first (fences and
indented code, line by line, within lists and quotes), then what stands inside the lines.

Dialect: fences as in CommonMark (an unclosed one runs to the end of its quote or the text); indented code as in
Python-Markdown (four spaces a list level); `$…$` as in Pandoc; a raw HTML block runs to its closing tag.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator

from readinglog.html_policy import BLOCK_TAGS, KNOWN_TAGS, SAFE_TAGS, VOID_TAGS
from readinglog.note import Region
from readinglog.text import Span

_QUOTE = re.compile(r"(?:[ \t]{0,3}>[ ]?)+")
_MARKER = re.compile(r"[ \t]*(?:[-*+]|\d{1,9}[.)])(?:[ \t]+|$)")
_FENCE = re.compile(r"(?P<lead>[ \t]*(?:(?:[-*+]|\d{1,9}[.)])[ \t]+)*)(?P<mark>`{3,}(?=[^`\n]*$)|~{3,})(?P<info>[^\n]*)$")
_BLANK = re.compile(r"\n[ \t>]*\r?(?:\n|\Z)")
_INLINE = re.compile(r"\\.|`+|\$\$?|%%|<(?=[!/a-zA-Z])", re.DOTALL)
_TAG = re.compile(r"</?([a-zA-Z][\w:-]*)((?:[\s/]+(?:[^\s\"'<>/=`]+(?:\s*=\s*(?:\"[^\"]*\"|'[^']*'|[^\s\"'=<>`]+))?)?)*)>")
_AUTOLINK = re.compile(r"<[a-zA-Z][a-zA-Z0-9+.-]{1,31}:[^\s<>]*>|<[\w.+-]+@[\w.-]+>")
_TAG_LIMIT = 2_000


def regions(text: str, body: Span) -> list[Region]:
    """The regions of `text` within `body`, in order, none overlapping."""
    blocks = list(_blocks(text, body)) if _may_hold_blocks(text, body) else []
    found: list[Region] = []
    start = body.start
    for block in [*blocks, Region("", body.end, body.end)]:
        found += _inline(text, start, block.start)
        if found and found[-1].end > block.start:  # a comment or an element that began before the block took it in
            continue
        found += [block] if block.kind else []
        start = block.end
    return found


def mask(text: str, body: Span, found: list[Region]) -> str:
    """`text` with front matter and regions blanked out; line breaks stay, so that offsets and lines do too."""
    parts, done = [_blank(text[: body.start])], body.start
    for region in found:
        parts += (text[done : region.start], _blank(text[region.start : region.end]))
        done = region.end
    return "".join((*parts, text[done:]))


def _blank(text: str) -> str:
    return " " * len(text) if "\n" not in text else re.sub(r"[^\n]", " ", text)


def _may_hold_blocks(text: str, body: Span) -> bool:
    return any(text.find(mark, body.start) >= 0 for mark in ("```", "~~~", "\n    ", "\t", "\n>")) or text.startswith(
        "    ", body.start
    )


def _lines(text: str, body: Span) -> Iterator[tuple[int, str]]:
    start = body.start
    while start < body.end:
        end = text.find("\n", start, body.end)
        end = body.end if end < 0 else end
        yield start, text[start:end].removesuffix("\r")
        start = end + 1


def _columns(text: str) -> int:
    """The width of leading white space, tabs to the next multiple of four."""
    if text[:1] not in (" ", "\t"):
        return 0
    white = text[: len(text) - len(text.lstrip(" \t"))]
    return len(white.expandtabs(4))


def _blocks(text: str, body: Span) -> Iterator[Region]:
    """Fences and indented code. `depth` is how many list levels an indented block may continue."""
    depth, blank, quote = 0, True, 0
    fence: tuple[str, int, str, int] | None = None  # marks, start, info, quote level
    code = -1  # start of the open indented code block
    code_end = 0
    for start, line in _lines(text, body):
        quoted = _QUOTE.match(line)
        level = quoted[0].count(">") if quoted else 0
        if fence and level >= fence[3]:
            inner = line[_quote_end(line, fence[3]) :].strip()
            if inner.startswith(fence[0]) and not inner.strip(fence[0][0]):
                yield Region("fence", fence[1], start + len(line), fence[2])
                fence, blank = None, False
            continue
        if fence:
            yield Region("fence", fence[1], start - 1, fence[2])
            fence = None
        inside = quoted.end() if quoted else 0
        inner = line[inside:]
        if not inner.strip():
            blank = True
            continue
        if level != quote and (level > quote or blank):
            depth, blank, quote = 0, True, level
        columns = _columns(inner)
        if code >= 0 and columns < 4 * (depth + 1):
            yield Region("code", code, code_end)
            code = -1
        if code >= 0 or (blank and columns >= 4 * (depth + 1)):
            code = start + inside + _skip_columns(inner, 4 * depth) if code < 0 else code
            code_end = start + len(line)
            continue
        if opening := _FENCE.match(inner):
            lead = opening["lead"]
            fence = (opening["mark"], start + inside + opening.start("mark"), opening["info"].strip(), level)
            depth = min(columns // 4, depth) + (1 if lead.strip() else 0) if lead.strip() or blank else depth
            continue
        if _MARKER.match(inner):
            depth = min(columns // 4, depth) + 1
        elif blank or inner[:1] == "#":
            depth = min(columns // 4, depth)
        blank = False
    if fence:
        yield Region("fence", fence[1], body.end, fence[2])
    if code >= 0:
        yield Region("code", code, code_end)


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


def _inline(text: str, start: int, end: int) -> Iterator[Region]:
    """Code spans, math, comments and HTML between `start` and `end`; only an element may run on behind `end`."""
    ends = [found.start() for found in _BLANK.finditer(text, start, end)] if start < end else []

    def paragraph_end(at: int) -> int:
        index = bisect_right(ends, at)
        return ends[index] if index < len(ends) else end

    at = start
    while (token := _INLINE.search(text, at, end)) is not None:
        at, mark = token.start(), token[0]
        if mark[0] == "`":
            region = _code_span(text, at, len(mark), paragraph_end(at))
        elif mark[0] == "$":
            region = _dollar_math(text, at, mark, paragraph_end(at))
        elif mark in ("\\(", "\\["):
            region = _bracket_math(text, at, mark, paragraph_end(at))
        elif mark == "%%":
            close = text.find("%%", at + 2, end)
            region = Region("comment", at, close + 2) if close >= 0 else None
        elif mark == "<":
            region = _markup(text, at, end)
        else:
            region = None
        if region and region.kind:
            yield region
        at = region.end if region else token.end()


def _code_span(text: str, at: int, length: int, end: int) -> Region | None:
    close = re.compile(rf"(?<!`)`{{{length}}}(?!`)").search(text, at + length, end)
    return Region("span", at, close.end()) if close else None


def _dollar_math(text: str, at: int, mark: str, end: int) -> Region | None:
    if mark == "$$":
        close = text.find("$$", at + 2, end)
        return Region("display", at, close + 2) if close > at + 2 else None
    if text[at + 1 : at + 2].isspace() or text[at - 1 : at].isalnum():
        return None
    close = text.find("$", at + 1, end)
    while close > 0 and text[close - 1] == "\\":
        close = text.find("$", close + 1, end)
    if close < 0 or text[close - 1].isspace() or text[close + 1 : close + 2].isdigit() or text[close + 1 : close + 2] == "$":
        return None
    return Region("math", at, close + 1)


def _bracket_math(text: str, at: int, mark: str, end: int) -> Region | None:
    if text[at + 2 : at + 3] == "[":  # an escaped wikilink
        return None
    close = text.find("\\)" if mark == "\\(" else "\\]", at + 2, end)
    return Region("math" if mark == "\\(" else "display", at, close + 2) if close > at + 2 else None


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
    whole = kind == "unsafe" or (name in BLOCK_TAGS and _at_line_start(text, at) and not re.search(r"\bmarkdown\b", tag[2]))
    if opens and whole and (close := _element_end(text, tag.end(), name)):
        return Region(kind, at, close, name)
    return Region(kind, at, tag.end(), name)


def _at_line_start(text: str, at: int) -> bool:
    start = text.rfind("\n", 0, at) + 1
    return at - start < 4 and not text[start:at].strip()


def _element_end(text: str, at: int, name: str) -> int | None:
    """Where the element `name` that opened before `at` ends, elements of the same name within it counted."""
    depth = 1
    for tag in re.compile(rf"<(/?){re.escape(name)}(?=[\s/>])[^<>]*>", re.IGNORECASE).finditer(text, at):
        depth += -1 if tag[1] else 1
        if depth == 0:
            return tag.end()
    return None
