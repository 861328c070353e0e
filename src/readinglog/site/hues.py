"""The colours of notes; those of tags are the vocabulary's."""

from __future__ import annotations

from readinglog.model.note import Note
from readinglog.notebook.notebook import Notebook


def find_hue(note: Note, notebook: Notebook) -> int:
    """Return the number of the colour of a note's first tag, 0 where it has none."""
    tags = notebook.tags.get_tags(note)
    return notebook.vocabulary.get_hue(tags[0]) if tags else 0
