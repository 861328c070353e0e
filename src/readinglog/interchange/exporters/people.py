"""The authors of a work by the parts of their names."""

from __future__ import annotations

from readinglog.model.field_types import ET_AL
from readinglog.model.note import Note
from readinglog.model.person_names import PersonName, split_name


def list_people(note: Note) -> list[PersonName]:
    """Return the authors of the note's work; `et al.` is not one."""
    texts = (" ".join(scalar.text.split()) for scalar in note.get_scalars("authors"))
    return [split_name(text) for text in texts if text != ET_AL]
