"""Repairs of imported texts: what the log would not allow is shown as it was written.

A link without a target becomes the text that it was, HTML that is not allowed and formulas that
cannot be set are shown as source. So an imported note has no errors, and nothing of it is lost.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping

from readinglog.model.diagnostic import Diagnostic
from readinglog.model.html_policy import URL_ATTRIBUTES
from readinglog.model.note import Link, Note, Region
from readinglog.model.text import Edit, Span, is_alone_on_lines
from readinglog.refactor.link_edits import find_wikilink_parts, make_label_separator

Repair = Callable[[Note, Diagnostic], Iterator[Edit]]
_SOURCE = re.compile(r"\bsrc\s*=\s*[\"']?(https?://[^\s\"'<>]+)", re.IGNORECASE)
_FRAGMENT = re.compile(r"#[^?#]*\Z")
_REACH = 2_000  # characters before an address in which its link begins
_MATH_KINDS = frozenset({"math", "display"})


def find_repair(note: Note, diagnostic: Diagnostic) -> list[Edit]:
    """Return the edits by which the body of `note` shows as text what a rule reports as an error;
    none where no repair is known.
    """
    repair = _REPAIRS.get(diagnostic.rule)
    return list(repair(note, diagnostic)) if repair else []


def _find_link(note: Note, span: Span) -> Link | None:
    return next((link for link in note.links if link.span == span), None)


def _escape_link(note: Note, diagnostic: Diagnostic) -> Iterator[Edit]:
    """Yield the edit that makes text of a link, of which the span may be the address alone."""
    text, start = note.text, diagnostic.span.start
    link = _find_link(note, diagnostic.span)
    bracket = start + (text[start] == "!")
    if link and link.kind == "html":
        yield from _escape_tag(note, start)
    elif text[bracket] == "[":
        yield Edit(Span(bracket, bracket), "\\")
    elif (at := _find_opening(text, start)) is not None:
        yield Edit(Span(at, at), "\\")
    else:
        yield from _escape_tag(note, start)


def _find_opening(text: str, address: int) -> int | None:
    """Return where the bracket of a link opens that has its address at `address`, or None."""
    before = text[max(0, address - _REACH) : address].rstrip("< \t\n")
    if not before.endswith(("](", "]:")):
        return None
    depth = 0
    for at in range(len(before) - 2, -1, -1):
        if before[at] in "[]" and before[max(0, at - 1)] != "\\":
            depth += 1 if before[at] == "]" else -1
            if not depth:
                return max(0, address - _REACH) + at
    return None


def _escape_tag(note: Note, at: int) -> Iterator[Edit]:
    """Yield the edit that makes text of the tag around `at`."""
    start = note.text.rfind("<", note.body.start, at + 1)
    if start >= 0:
        yield Edit(Span(start, start + 1), "&lt;")


def _remove_heading(note: Note, diagnostic: Diagnostic) -> Iterator[Edit]:
    """Yield the edits that let a link lead to the note alone, and show what it showed."""
    link = _find_link(note, diagnostic.span)
    if link is None or not link.target or link.is_embed:
        yield from _escape_link(note, diagnostic)
    elif link.kind == "wikilink":
        name, heading = find_wikilink_parts(link, note)
        label = ""
        if not link.label:
            label = make_label_separator(link, note) + note.text[name.start : heading.end]
        yield Edit(heading, label)
    elif found := _FRAGMENT.search(note.text[slice(*link.address_span)]):
        end = link.address_span.end
        yield Edit(Span(end - len(found[0]), end), "")


def _show_html(note: Note, diagnostic: Diagnostic) -> Iterator[Edit]:
    """Yield the edit that links to what a frame shows, removes an attribute, or shows a tag."""
    text, (start, end) = note.text, diagnostic.span
    region = next((each for each in note.regions if each.start <= start < each.end), None)
    if text[start] == "<":
        source = _SOURCE.search(text[start:end])
        if region and region.kind == "unsafe" and source and "\n\n" not in _get_text(note, region):
            yield Edit(Span(region.start, region.end), f"<{source[1]}>")
        else:
            yield from _escape_tag(note, start)
        return
    name, equals, _ = text[start:end].partition("=")
    if equals and name.strip().lower() not in URL_ATTRIBUTES:
        gap = text[start - 1].isspace()
        yield Edit(Span(start - gap, end), "")
    else:
        yield from _escape_tag(note, start)


def _get_text(note: Note, region: Region) -> str:
    return note.text[region.start : region.end]


def _show_formula(note: Note, diagnostic: Diagnostic) -> Iterator[Edit]:
    """Yield the edit that shows a formula as its source."""
    span = diagnostic.span
    region = next(
        (
            each
            for each in note.regions
            if each.kind in _MATH_KINDS and each.start < span.end and span.start < each.end
        ),
        None,
    )
    if region is None:
        yield from _escape_marks(note, span)
        return
    source = _get_text(note, region)
    if source.startswith(("```", "~~~")):
        yield Edit(Span(region.start, region.end), source.replace("math", "latex", 1))
    elif "\n" not in source and "`" not in source:
        yield Edit(Span(region.start, region.end), f"`{source}`")
    elif _is_fenceable(note, region, source):
        yield Edit(Span(region.start, region.end), f"```latex\n{source}\n```")
    else:
        yield from _escape_marks(note, Span(region.start, region.end))


def _is_fenceable(note: Note, region: Region, source: str) -> bool:
    is_first = note.text[region.start - 1 : region.start] in ("", "\n")
    is_alone = is_alone_on_lines(note.text, Span(region.start, region.end))
    return is_first and is_alone and "```" not in source and "\n\n" not in source


def _escape_marks(note: Note, span: Span) -> Iterator[Edit]:
    r"""Yield the edits that put a backslash before each `$` and `\` of a span."""
    for found in re.finditer(r"(?<!\\)\$|\\(?=[\[(\]]|begin|end)", note.text[slice(*span)]):
        at = span.start + found.start()
        yield Edit(Span(at, at), "\\")


def _show_query(note: Note, diagnostic: Diagnostic) -> Iterator[Edit]:
    """Yield the edit that shows the search of another program as text."""
    for region in note.regions:
        if region.kind == "fence" and region.start <= diagnostic.span.start < region.end:
            at = note.text.lower().find("query", region.start, region.end)
            yield Edit(Span(at, at + len("query")), "text")


_REPAIRS: Mapping[str, Repair] = {
    "unresolved-link": _escape_link,
    "ambiguous-link": _escape_link,
    "missing-image": _escape_link,
    "unsafe-url": _escape_link,
    "unresolved-heading": _remove_heading,
    "unsafe-html": _show_html,
    "invalid-math": _show_formula,
    "invalid-query": _show_query,
}
