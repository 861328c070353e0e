"""The citation in one line, as a list of references shows it."""

from __future__ import annotations

import re

from readinglog.model.bylines import format_authors
from readinglog.model.note import Note


def format_citation(note: Note) -> str:
    """The note's work in one line, as a list of references shows it."""
    authors = format_authors(note)
    venue, year = str(note.values.get("venue", "")), note.published[:4]
    where = (
        venue if re.search(r"\b(?:19|20)\d\d\b", venue) else ", ".join(filter(None, (venue, year)))
    )
    number = (
        f"arXiv:{note.arxiv}" if note.arxiv else f"doi:{note.doi}" if note.doi else note.address
    )
    title = note.title if note.title.endswith(("?", "!", ".")) else f"{note.title}."
    parts = (
        f"{authors.rstrip('.')}." if authors else "",
        title,
        f"{where.rstrip('.')}." if where else "",
        number,
    )
    return " ".join(filter(None, parts))
