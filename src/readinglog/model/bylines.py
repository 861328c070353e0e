"""The authors of a work, by the parts of their names and in a few words."""

from __future__ import annotations

from collections.abc import Callable

from readinglog.model.field_types import ET_AL
from readinglog.model.kinds import DEFAULT_KIND
from readinglog.model.note import Note
from readinglog.model.person_names import PersonName, split_name

_AUTHORS_SHOWN = 3


def format_byline(note: Note, name_kind: Callable[[str], str] = str) -> str:
    """Return authors and year, and what `name_kind` calls the kind where it is not a paper."""
    who = ", ".join(filter(None, (format_short_authors(note), note.published[:4])))
    kind = "" if note.kind == DEFAULT_KIND else name_kind(note.kind)
    return " · ".join(filter(None, (who, kind)))


def format_short_authors(note: Note) -> str:
    """Return the authors as lists show them: the first three, and `et al.` for the rest."""
    names = note.authors
    is_cut = len(names) > _AUTHORS_SHOWN or ET_AL in note.texts("authors")
    return f"{', '.join(names[:_AUTHORS_SHOWN])} {ET_AL}" if is_cut else ", ".join(names)


def format_authors(note: Note) -> str:
    """Return all authors, and `et al.` after them where the note has it."""
    names = ", ".join(note.authors)
    return f"{names} {ET_AL}" if ET_AL in note.texts("authors") else names


def list_people(note: Note) -> list[PersonName]:
    """Return the authors by the parts of their names; `et al.` is not one."""
    return [split_name(text) for text in note.written_authors if text != ET_AL]
