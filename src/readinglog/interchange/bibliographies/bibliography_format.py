"""What a format of bibliographies is: names, a media type, and a function for many works."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Protocol

from readinglog.model.note import Note


class BibliographyFormat(Protocol):
    """The shape of the module of a format."""

    NAME: str
    """What links call the format."""

    OPTION: str
    """What `readinglog search --format` calls it."""

    FILE_NAME: str
    """The name of a file of it on the site."""

    MEDIA_TYPE: str

    def format_works(self, notes: Sequence[Note], /) -> str:
        """Return the works of `notes`, in their order."""


def select_works(notes: Iterable[Note]) -> list[Note]:
    """Return the notes that are about a work, which a hub or an idea is not."""
    return [note for note in notes if note.is_work]
