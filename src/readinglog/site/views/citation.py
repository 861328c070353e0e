"""A work for those who cite it."""

from __future__ import annotations

from dataclasses import dataclass

from readinglog.interchange.bibliographies.bibtex import format_bibtex
from readinglog.interchange.bibliographies.citation import format_citation
from readinglog.model.note import Note


@dataclass(frozen=True, slots=True)
class Citation:
    """A work as BibTeX, and in a line."""

    bibtex: str
    line: str


def make_citation(note: Note) -> Citation | None:
    """Return how to cite the work of a note; a hub or an idea has none."""
    return Citation(format_bibtex(note), format_citation(note)) if note.is_work else None
