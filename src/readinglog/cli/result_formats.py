"""What a query found, as text: for people, for programs, for a paper, for a page."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from functools import partial

from readinglog.interchange.exporters import EXPORTERS
from readinglog.interchange.exporters.exporter import Exporter, select_works
from readinglog.model.bylines import format_byline
from readinglog.model.printable import make_printable, to_json
from readinglog.search import Hit, QuerySyntaxError, Result

_MARKS = re.compile(r"([\\`*_\[\]<>])")


def format_table(_: str, result: Result, hits: Sequence[Hit]) -> str:
    """A line for each note: name, year, title."""
    width = max((len(hit.note.name) for hit in hits), default=0)
    lines = [
        f"{hit.note.name:{width}}  {hit.note.published[:4]:4}  {hit.note.title}" for hit in hits
    ]
    rest = len(result.hits) - len(hits)
    if rest:
        lines.append(f"and {rest:,} more (--limit shows them)")
    return "\n".join(map(make_printable, lines))


def format_json(text: str, result: Result, hits: Sequence[Hit]) -> str:
    """The shape that the README promises; facets count all that was found, be it shown or not."""
    results = [
        {"name": hit.note.name, "title": hit.note.title, "url": hit.note.url, "score": hit.score}
        for hit in hits
    ]
    return to_json(
        {"query": text, "total": len(result.hits), "results": results, "facets": result.facets}
    )


def format_export(exporter: Exporter, _: str, __: Result, hits: Sequence[Hit]) -> str:
    """Return the works in an export format."""
    return exporter.format_works(select_works(hit.note for hit in hits))


def format_markdown(_: str, __: Result, hits: Sequence[Hit]) -> str:
    """A list of links to the works, for a mail or a page."""
    return "\n".join(map(_item, hits))


def _item(hit: Hit) -> str:
    note = hit.note
    title = _MARKS.sub(r"\\\1", note.title)
    linked = f"[{title}](<{note.address}>)" if note.address else title
    by = "" if note.is_hub else format_byline(note)
    summary = _MARKS.sub(r"\\\1", note.summary)
    return make_printable(
        "".join((f"- {linked}", f", {by}" if by else "", f": {summary}" if summary else ""))
    )


RESULT_FORMATS: dict[str, Callable[[str, Result, Sequence[Hit]], str]] = {
    "table": format_table,
    "json": format_json,
    "markdown": format_markdown,
    **{exporter.OPTION: partial(format_export, exporter) for exporter in EXPORTERS},
}


def format_syntax_error(text: str, malformed: QuerySyntaxError) -> str:
    """Why a query cannot be read: the place, marked, and what to write instead."""
    start, end = malformed.span
    from_, to = max(0, start - 60), min(len(text), end + 60)
    mark = " " * (start - from_) + "^" * max(1, min(end, to) - start)
    mended = f"\n  or: {make_printable(malformed.suggestion)}" if malformed.suggestion else ""
    return f"{make_printable(malformed.message)}\n  {make_printable(text[from_:to])}\n  {mark} {make_printable(malformed.help)}{mended}"
