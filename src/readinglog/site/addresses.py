"""The addresses of pages, relative to the site's root."""

from __future__ import annotations

from hashlib import sha256

from readinglog.model.note import Note
from readinglog.model.vocabulary import Tag, Vocabulary

_LONGEST_NAME = 200  # bytes of a folder's name; file systems allow 255


def make_note_address(note: Note) -> str:
    """Return the address of a note's page."""
    return note.address


def make_tag_address(tag: Tag, vocabulary: Vocabulary) -> str:
    """Return the address of a tag's page."""
    return f"tags/{vocabulary.slugs[tag.key]}/"


def make_author_address(slug: str) -> str:
    """Return the address of the page of the author with that slug."""
    name = slug.replace("/", "-")
    encoded = name.encode()
    if len(encoded) > _LONGEST_NAME:
        begin = encoded[: _LONGEST_NAME - 20].decode("utf-8", "ignore")
        name = f"{begin}-{sha256(encoded).hexdigest()[:16]}"
    return f"authors/{name}/"


def make_attachment_address(path: str) -> str:
    """Return the address of a file of the notes folder that is published."""
    return f"notes/{path}"
