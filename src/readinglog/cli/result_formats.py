"""The formats of search results."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from functools import partial

from readinglog.interchange.exporters import EXPORTERS
from readinglog.interchange.exporters.exporter import Exporter, select_works
from readinglog.model.bylines import format_byline
from readinglog.model.printable import make_printable, to_json
from readinglog.search import Hit, Result

_MARKUP = re.compile(r"([\\`*_\[\]<>])")


def format_table(_: str, result: Result, hits: Sequence[Hit]) -> str:
    """Return a line for each note with its name, year and title, and how many more there are."""
    width = max((len(hit.note.name) for hit in hits), default=0)
    lines = [
        f"{hit.note.name:{width}}  {hit.note.published[:4]:4}  {hit.note.title}" for hit in hits
    ]
    more = len(result.hits) - len(hits)
    if more:
        lines.append(f"and {more:,} more; --limit sets how many are shown")
    return "\n".join(map(make_printable, lines))


def format_json(text: str, result: Result, hits: Sequence[Hit]) -> str:
    """Return the JSON that the README documents. Total and facets count all hits, shown or not."""
    results = [
        {
            "name": hit.note.name,
            "title": hit.note.title,
            "url": hit.note.page_url,
            "score": hit.score,
        }
        for hit in hits
    ]
    return to_json(
        {"query": text, "total": len(result.hits), "results": results, "facets": result.facets}
    )


def format_export(exporter: Exporter, _: str, __: Result, hits: Sequence[Hit]) -> str:
    """Return the works in an export format."""
    return exporter.format_works(select_works(hit.note for hit in hits))


def format_markdown(_: str, __: Result, hits: Sequence[Hit]) -> str:
    """Return a Markdown list of links to the works."""
    return "\n".join(map(_format_item, hits))


def _format_item(hit: Hit) -> str:
    note = hit.note
    title = _escape(note.title)
    item = f"- [{title}](<{note.work_url}>)" if note.work_url else f"- {title}"
    byline = "" if note.is_hub else format_byline(note)
    if byline:
        item += f", {byline}"
    if note.summary:
        item += f": {_escape(note.summary)}"
    return make_printable(item)


def _escape(text: str) -> str:
    return _MARKUP.sub(r"\\\1", text)


# Each is given the text of the query, its result, and the hits to show.
RESULT_FORMATS: dict[str, Callable[[str, Result, Sequence[Hit]], str]] = {
    "table": format_table,
    "json": format_json,
    "markdown": format_markdown,
    **{exporter.OPTION: partial(format_export, exporter) for exporter in EXPORTERS},
}
