"""The formats of search results that need the notes, and not their index alone."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from functools import partial
from typing import NamedTuple

from readinglog.interchange.bibliographies import BIBLIOGRAPHY_FORMATS
from readinglog.interchange.bibliographies.bibliography_format import (
    BibliographyFormat,
    select_works,
)
from readinglog.interchange.context_pack import format_pack
from readinglog.model.bylines import format_byline
from readinglog.model.note import Note
from readinglog.model.printable import make_printable

_MARKUP = re.compile(r"([\\`*_\[\]<>])")


class FoundNotes(NamedTuple):
    """The notes that a query finds; `tokens` is the budget of a context pack."""

    query: str
    notes: Sequence[Note]
    tokens: int


def format_bibliography(format_: BibliographyFormat, found: FoundNotes) -> str:
    """Return the works in a format of bibliographies."""
    return format_.format_works(select_works(found.notes))


def format_markdown(found: FoundNotes) -> str:
    """Return a Markdown list of links to the works."""
    return "\n".join(map(_format_item, found.notes))


def format_context_pack(found: FoundNotes) -> str:
    """Return the notes as a context pack."""
    pack = format_pack(found.query, found.notes, found.tokens)
    return "\n".join(map(make_printable, pack.split("\n")))


def _format_item(note: Note) -> str:
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


NOTE_FORMATS: dict[str, Callable[[FoundNotes], str]] = {
    "markdown": format_markdown,
    "pack": format_context_pack,
    **{format_.OPTION: partial(format_bibliography, format_) for format_ in BIBLIOGRAPHY_FORMATS},
}
