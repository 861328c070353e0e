"""Regions of a body that hold no links: code, math, comments and raw HTML.

One scanner for all: the checker masks what it finds, and the Markdown extension takes the same
regions out before Python-Markdown sees them, so that what is checked is what is rendered.
`blocks.py` finds the blocks of code and of HTML; here is what stands in the lines of the others.

Dialect: formulas as `formula_marks` finds them; an element of HTML is its tags alone, but those are
whole that show what they hold as it is, or that no note may use.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from readinglog.model.html_policy import KNOWN_TAGS, SAFE_TAGS, VERBATIM_TAGS, VOID_TAGS
from readinglog.model.note import Region
from readinglog.model.text import Span
from readinglog.parsing.formula_marks import find_formula

_MARKS = re.compile(r"[\\`$%<]")  # one set of characters: the fastest search there is
# A bare value ends at a slash, behind which another attribute begins: so there is only one way to
# read a tag.
_VALUE = r"(?:\"[^\"]*+\"|'[^']*+'|[^\s\"'=<>`][^\s\"'=<>`/]*+)"
TAG_PATTERN = re.compile(
    rf"</?([a-zA-Z][\w:-]*+)((?>(?:[\s/]++(?>(?:[^\s\"'<>/=`]++(?>(?:\s*+=\s*+{_VALUE})?))?))*))>"
)
_AUTOLINK = re.compile(r"<[a-zA-Z][a-zA-Z0-9+.-]{1,31}:[^\s<>]*>|<[\w.+-]+@[\w.-]+>")
_DESTINATION = re.compile(r"<[^<>\n]*>(?=[)\s])")
_LANGUAGE = re.compile(r"\{?\.?([\w+#.-]*)")
TAG_LIMIT = 2_000


def get_language(info: str) -> str:
    """Return the language that the info string of a fence names, or ''."""
    found = _LANGUAGE.match(info)
    return found[1] if found else ""


def find_mark(text: str, start: int, end: int) -> int:
    """Return where the next character is that may open a region, or `end`."""
    found = _MARKS.search(text, start, end)
    return found.start() if found else end


def find_inline_regions(text: str, start: int, end: int) -> Iterator[Region]:
    """Yield code spans, math, comments and HTML of the text between `start` and `end`, in order."""
    at = start
    never_closed: set[str] = set()  # elements and comments that nothing closes from here on
    while (found := _MARKS.search(text, at, end)) is not None:
        at = found.start()
        region, length = _read_mark(text, at, end, never_closed)
        if region and region.kind:
            yield region
        at = region.end if region else at + length


def _read_mark(text: str, at: int, end: int, never_closed: set[str]) -> tuple[Region | None, int]:
    """Return the region that the mark at `at` opens, or None, and the length of the mark."""
    match text[at]:
        case "`":
            length = _measure_run(text, at, end)
            return _find_code_span(text, at, length, end), length
        case "$" | "\\":
            length = 1 if text[at] == "$" and not text.startswith("$$", at) else 2
            return find_formula(text, at, end), length
        case "<":
            return _find_markup(text, at, end, never_closed), 1
    if not text.startswith("%%", at):
        return None, 1
    return _find_comment(text, Span(at, end), "%%", "%%", never_closed), 2


def find_display_end(text: str, at: int, end: int) -> int | None:
    """Return where the displayed formula ends that begins at `at`, or None."""
    region, _ = _read_mark(text, at, end, set())
    return region.end if region and region.kind == "display" else None


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
            return Region("span", at, close + length)
        close = text.find("`", close + run, end)
    return None


def _find_comment(
    text: str, span: Span, mark: str, closer: str, never_closed: set[str]
) -> Region | None:
    """Return the comment that begins with `mark` at the start of `span` and ends within it."""
    if mark in never_closed:
        return None
    close = text.find(closer, span.start + len(mark), span.end)
    if close < 0:
        never_closed.add(mark)
        return None
    return Region("comment", span.start, close + len(closer))


def _find_markup(text: str, at: int, end: int, never_closed: set[str]) -> Region | None:
    """Return a comment, an autolink or an element of HTML, or None; unknown elements are text.

    The kind of an autolink is '': it is passed over.
    """
    if text.startswith("<!--", at):
        return _find_comment(text, Span(at, end), "<!--", "-->", never_closed)
    if link := _AUTOLINK.match(text, at, end) or _match_destination(text, at, end):
        return Region("", at, link.end())
    tag = TAG_PATTERN.match(text, at, min(end, at + TAG_LIMIT))
    if tag is None or (name := tag[1].lower()) not in KNOWN_TAGS:
        return None
    kind = "html" if name in SAFE_TAGS else "unsafe"
    element_end = None
    if (kind == "unsafe" or name in VERBATIM_TAGS) and is_opening(tag):
        element_end = find_element_end(text, tag, end, never_closed)
    return Region(kind, at, element_end or tag.end(), name)


def _match_destination(text: str, at: int, end: int) -> re.Match[str] | None:
    """Return the destination of a link in angle brackets that begins at `at`, or None."""
    return _DESTINATION.match(text, at, end) if text.startswith("](", at - 2) else None


def is_opening(tag: re.Match[str]) -> bool:
    """Return whether an element may be closed by another tag behind this one."""
    is_whole = tag[0].startswith("</") or tag[0].endswith("/>")
    return not is_whole and tag[1].lower() not in VOID_TAGS


def find_element_end(text: str, tag: re.Match[str], end: int, never_closed: set[str]) -> int | None:
    """Return where the element that `tag` opens is closed before `end`, or None."""
    name = tag[1].lower()
    if name in never_closed:
        return None
    closing = re.compile(rf"</{re.escape(name)}(?=[\s/>])[^<>]*>", re.IGNORECASE)
    found = closing.search(text, tag.end(), end)
    if found is None:
        never_closed.add(name)
        return None
    return found.end()
