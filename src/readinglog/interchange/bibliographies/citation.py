"""The citation in one line, as a list of references shows it."""

from __future__ import annotations

import re

from readinglog.model.bylines import format_authors
from readinglog.model.note import Note


def format_citation(note: Note) -> str:
    """Return the note's work in one line: authors, title, venue and year, identifier."""
    authors = format_authors(note)
    venue = _format_venue(note)
    parts = (
        f"{authors.rstrip('.')}." if authors else "",
        note.title if note.title.endswith(("?", "!", ".")) else f"{note.title}.",
        f"{venue.rstrip('.')}." if venue else "",
        _format_identifier(note),
    )
    return " ".join(filter(None, parts))


def _format_venue(note: Note) -> str:
    """Return venue and year; the year once, where the venue has it too."""
    if re.search(r"\b(?:19|20)\d\d\b", note.venue):
        return note.venue
    return ", ".join(filter(None, (note.venue, note.published[:4])))


def _format_identifier(note: Note) -> str:
    if note.arxiv:
        return f"arXiv:{note.arxiv}"
    if note.doi:
        return f"doi:{note.doi}"
    return note.cited_url or (f"ISBN {note.isbn}" if note.isbn else "")
