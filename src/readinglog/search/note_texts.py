"""The texts of a note that can be searched, zone by zone."""

from __future__ import annotations

from collections.abc import Sequence

from readinglog.model.fields import FIELDS, SearchWords
from readinglog.model.note import Note
from readinglog.notebook.notebook import Notebook
from readinglog.notebook.sections import Section


def list_zone_texts(
    note: Note, notebook: Notebook, sections: Sequence[Section]
) -> dict[str, list[str]]:
    """Return the texts of each zone of a note. No phrase spans two texts.

    Headings stand in the body, too.
    """
    return {
        "title": [note.title],
        "names": [*note.texts("aliases"), note.name],
        "summary": [note.summary],
        "about": [*_list_named(note), *_list_facts(note), *_list_tag_names(note, notebook)],
        "heading": [section.heading for section in sections],
        "body": [text for section in sections for text in (section.heading, section.text)],
    }


def _list_named(note: Note) -> list[str]:
    """Return the names by which a note is found: its authors, its venue and the like."""
    fields = [field.name for field in FIELDS.values() if isinstance(field.search, SearchWords)]
    return [text for name in fields for text in note.list_texts(name)]


def _list_facts(note: Note) -> tuple[str, ...]:
    return note.kind, note.published[:4], note.arxiv, note.doi


def _list_tag_names(note: Note, notebook: Notebook) -> list[str]:
    return [
        word
        for tag in notebook.tags.get_tags(note)
        for word in (tag.name, *(alias.text for alias in tag.aliases))
    ]
