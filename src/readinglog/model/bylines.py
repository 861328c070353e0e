"""Who made a work, and when, in a few words."""

from __future__ import annotations

from readinglog.model.field_types import ET_AL
from readinglog.model.kinds import DEFAULT_KIND
from readinglog.model.note import Note

_AUTHORS_SHOWN = 3


def format_byline(note: Note) -> str:
    """Authors and year, and the kind of all that is no paper."""
    who = ", ".join(filter(None, (format_short_authors(note), note.published[:4])))
    return " · ".join(filter(None, (who, note.kind if note.kind != DEFAULT_KIND else "")))


def format_short_authors(note: Note) -> str:
    """The authors as a list shows them: the first three, and `et al.` for the rest."""
    names = note.authors
    cut = len(names) > _AUTHORS_SHOWN or ET_AL in note.texts("authors")
    return f"{', '.join(names[:_AUTHORS_SHOWN])} {ET_AL}" if cut else ", ".join(names)


def format_authors(note: Note) -> str:
    """The authors, written out, and `et al.` behind them where the note says so."""
    names = ", ".join(note.authors)
    return f"{names} {ET_AL}" if ET_AL in note.texts("authors") else names
