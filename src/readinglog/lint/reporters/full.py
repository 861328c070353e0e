"""A diagnostic with the line it is about, the place marked and the help beside it: for people."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator

from readinglog.lint.reporters.concise import format_line
from readinglog.lint.reporters.report import Report, get_positions
from readinglog.model.diagnostic import Diagnostic
from readinglog.model.printable import make_printable
from readinglog.model.text import line_span, position_at

_WIDTH = 96


def report_full(report: Report) -> str:
    """All diagnostics, a blank line between, and what sums them up."""
    told = ["\n".join(_block(report, diagnostic)) for diagnostic in report.told()]
    return "\n\n".join((*told, "\n".join(report.endings())))


def _block(report: Report, diagnostic: Diagnostic) -> Iterator[str]:
    finding = diagnostic
    yield format_line(report, diagnostic)
    start, _ = get_positions(diagnostic)
    here = line_span(diagnostic.source.text, finding.span.start)
    margin = " " * (len(str(start.line)) + 2)
    if finding.span.end > finding.span.start and here.end > here.start:
        text = diagnostic.source.text
        first = (
            max(here.start, finding.span.start - _WIDTH // 2)
            if here.end - here.start > _WIDTH
            else here.start
        )
        last = min(here.end, first + _WIDTH)
        lead = ("…" if first > here.start else "") + make_printable(
            text[first : finding.span.start]
        )
        marked = make_printable(text[finding.span.start : min(finding.span.end, last)])
        rest = make_printable(text[finding.span.start + len(marked) : last]) + (
            "…" if last < here.end else ""
        )
        yield f"  {start.line} | {lead}{marked}{rest}"
        yield f"{margin} | {' ' * _cells(lead)}{'^' * max(1, _cells(marked))} {make_printable(finding.help)}".rstrip()
    elif finding.help:
        yield f"{margin} = {make_printable(finding.help)}"
    for place in finding.related:
        where = position_at(place.source.text, place.span.start)
        yield f"{margin} = {make_printable(report.prefix + place.source.path)}:{where.line}:{where.column}: {place.message}"


def _cells(text: str) -> int:
    """How many cells of a terminal `text` takes."""
    wide = sum(unicodedata.east_asian_width(c) in "WF" for c in text)
    return (
        len(text)
        + wide
        - sum(unicodedata.combining(c) > 0 or unicodedata.category(c) == "Cf" for c in text)
    )
