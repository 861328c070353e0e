"""The addresses of pages, relative to the site's root."""

from __future__ import annotations

from readinglog.model.note import Note
from readinglog.model.slugs import shorten_file_name
from readinglog.model.vocabulary import Tag, Vocabulary


def make_note_address(note: Note) -> str:
    """Return the address of a note's page."""
    return make_name_address(note.page_name)


def make_name_address(name: str) -> str:
    """Return the address of the note of that name, or of the list of those that have it."""
    return f"notes/{name}/"


def make_tag_address(tag: Tag, vocabulary: Vocabulary) -> str:
    """Return the address of a tag's page."""
    return f"tags/{vocabulary.slugs[tag.key]}/"


def make_author_address(slug: str) -> str:
    """Return the address of the page of the author with that slug."""
    return f"authors/{shorten_file_name(slug.replace('/', '-'))}/"


def make_attachment_address(path: str) -> str:
    """Return the address of a file of the notes folder that is published."""
    return f"notes/{path}"
