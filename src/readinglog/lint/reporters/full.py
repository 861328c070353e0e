"""A diagnostic with the line it is about, the text marked and the help beside it: for people."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator
from typing import NamedTuple

from readinglog.lint.reporters.concise import format_line
from readinglog.lint.reporters.report import Report
from readinglog.model.diagnostic import Diagnostic, RelatedLocation
from readinglog.model.printable import make_printable
from readinglog.model.text import Span, get_line_span, get_position

_WIDTH = 96


class _Excerpt(NamedTuple):
    """A piece of a line: what is marked, and what is before and after it."""

    before: str
    marked: str
    after: str


def render(report: Report) -> str:
    """Return a block of lines a diagnostic, a blank line between two, and the summary."""
    blocks = ["\n".join(_write_block(report, diagnostic)) for diagnostic in report.list_shown()]
    return "\n\n".join((*blocks, "\n".join(report.make_summary_lines())))


def _write_block(report: Report, diagnostic: Diagnostic) -> Iterator[str]:
    yield format_line(report, diagnostic)
    text, span = diagnostic.source.text, diagnostic.span
    number = get_position(text, span.start).line
    margin = " " * (len(str(number)) + 2)
    line = get_line_span(text, span.start)
    help_ = make_printable(diagnostic.help)
    if span.end > span.start and line.end > line.start:
        excerpt = _cut_excerpt(text, line, span)
        marks = " " * _count_cells(excerpt.before) + "^" * max(1, _count_cells(excerpt.marked))
        yield f"  {number} | {''.join(excerpt)}"
        yield f"{margin} | {marks} {help_}".rstrip()
    elif help_:
        yield f"{margin} = {help_}"
    for location in diagnostic.related:
        yield f"{margin} = {_format_location(report, location)}"


def _cut_excerpt(text: str, line: Span, span: Span) -> _Excerpt:
    """Return at most `_WIDTH` characters of `line` around the start of `span`."""
    first = line.start
    if line.end - line.start > _WIDTH:
        first = max(line.start, span.start - _WIDTH // 2)
    last = min(line.end, first + _WIDTH)
    middle = min(span.end, last)
    cut_before = "…" if first > line.start else ""
    cut_after = "…" if last < line.end else ""
    return _Excerpt(
        cut_before + make_printable(text[first : span.start]),
        make_printable(text[span.start : middle]),
        make_printable(text[middle:last]) + cut_after,
    )


def _format_location(report: Report, location: RelatedLocation) -> str:
    path = make_printable(report.prefix + location.source.path)
    where = get_position(location.source.text, location.span.start)
    return f"{path}:{where.line}:{where.column}: {location.message}"


def _count_cells(text: str) -> int:
    """Return how many cells of a terminal `text` takes."""
    wide = sum(unicodedata.east_asian_width(c) in "WF" for c in text)
    invisible = sum(unicodedata.combining(c) > 0 or unicodedata.category(c) == "Cf" for c in text)
    return len(text) + wide - invisible
