"""The addresses of pages, relative to the site's root."""

from __future__ import annotations

from readinglog.model.note import Note
from readinglog.model.vocabulary import Tag, Vocabulary


def make_note_address(note: Note) -> str:
    """Return the address of a note's page."""
    return note.address


def make_name_address(name: str) -> str:
    """Return the address of the list of the notes that have a name."""
    return f"notes/{name}/"


def make_tag_address(tag: Tag, vocabulary: Vocabulary) -> str:
    """Return the address of a tag's page."""
    return f"tags/{vocabulary.slugs[tag.key]}/"


def make_author_address(slug: str) -> str:
    """Return the address of the page of the author with that slug."""
    return f"authors/{slug.replace('/', '-')}/"


def make_attachment_address(path: str) -> str:
    """Return the address of a file of the notes folder that is published."""
    return f"notes/{path}"
