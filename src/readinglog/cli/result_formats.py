"""What a query found, as text: for people, for programs, for a paper, for a page."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence

from readinglog.interchange.exporters.bibtex import bibtex
from readinglog.model.bylines import byline
from readinglog.model.printable import json_text, visible
from readinglog.search import Hit, Malformed, Result

_MARKS = re.compile(r"([\\`*_\[\]<>])")


def table(_: str, result: Result, hits: Sequence[Hit]) -> str:
    """A line for each note: name, year, title."""
    width = max((len(hit.note.name) for hit in hits), default=0)
    lines = [f"{hit.note.name:{width}}  {hit.note.published[:4]:4}  {hit.note.title}" for hit in hits]
    rest = len(result.hits) - len(hits)
    if rest:
        lines.append(f"and {rest:,} more (--limit shows them)")
    return "\n".join(map(visible, lines))


def as_json(text: str, result: Result, hits: Sequence[Hit]) -> str:
    """The shape that the README promises; facets count all that was found, be it shown or not."""
    results = [{"name": hit.note.name, "title": hit.note.title, "url": hit.note.url, "score": hit.score} for hit in hits]
    return json_text({"query": text, "total": len(result.hits), "results": results, "facets": result.facets})


def bib(_: str, __: Result, hits: Sequence[Hit]) -> str:
    """BibTeX of the works."""
    return "\n".join(bibtex(hit.note) for hit in hits if not hit.note.is_topic)


def markdown(_: str, __: Result, hits: Sequence[Hit]) -> str:
    """A list of links to the works, for a mail or a page."""
    return "\n".join(map(_item, hits))


def _item(hit: Hit) -> str:
    note = hit.note
    title = _MARKS.sub(r"\\\1", note.title)
    linked = f"[{title}](<{note.address}>)" if note.address else title
    by = "" if note.is_topic else byline(note)
    summary = _MARKS.sub(r"\\\1", note.summary)
    return visible("".join((f"- {linked}", f", {by}" if by else "", f": {summary}" if summary else "")))


ANSWERS: dict[str, Callable[[str, Result, Sequence[Hit]], str]] = {"table": table, "json": as_json, "bib": bib, "markdown": markdown}


def unreadable(text: str, malformed: Malformed) -> str:
    """Why a query cannot be read: the place, marked, and what to write instead."""
    start, end = malformed.span
    from_, to = max(0, start - 60), min(len(text), end + 60)
    mark = " " * (start - from_) + "^" * max(1, min(end, to) - start)
    mended = f"\n  or: {visible(malformed.mended)}" if malformed.mended else ""
    return f"{visible(malformed.message)}\n  {visible(text[from_:to])}\n  {mark} {visible(malformed.help)}{mended}"
