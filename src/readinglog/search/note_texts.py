"""The texts of a note that can be searched, zone by zone."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import chain

from readinglog.model.claim import Claim
from readinglog.model.field import SearchWords
from readinglog.model.note import Note
from readinglog.notebook.claims import NoteClaim
from readinglog.notebook.notebook import Notebook
from readinglog.notebook.sections import FORMULA_MARK


def list_zone_texts(
    note: Note, notebook: Notebook, sections: Sequence[tuple[str, str]]
) -> dict[str, list[str]]:
    """Return the texts of each zone of a note, whose `sections` have a heading and a text each. No
    phrase spans two texts.

    Headings and claims stand in the body, too.
    """
    return {
        "title": [note.title],
        "names": [*note.texts("aliases"), note.name],
        "summary": [note.summary],
        "about": [*_list_named(note), *_list_facts(note), *list_tag_names(note, notebook)],
        "heading": [heading for heading, _ in sections],
        "claim": [text for claim in note.claims for text in _list_claim(claim, note, notebook)],
        "body": list(chain.from_iterable(sections)),
    }


def _list_named(note: Note) -> list[str]:
    """Return the names by which a note is found: its authors, its venue and the like."""
    return [
        text
        for field in note.schema.fields.values()
        if isinstance(field.search, SearchWords) and field.search.found_alone
        for text in note.list_texts(field.name)
    ]


def _list_claim(claim: Claim, note: Note, notebook: Notebook) -> tuple[str, str]:
    """Return what a claim says, and what it measured."""
    source = NoteClaim(note, claim)
    text = notebook.claims.extract_text(source, lambda _: FORMULA_MARK)
    return text, notebook.claims.extract_value(source, "result")


def _list_facts(note: Note) -> tuple[str, ...]:
    return note.kind, note.published[:4], note.arxiv, note.doi


def list_tag_names(note: Note, notebook: Notebook) -> list[str]:
    """Return the names of the tags of a note."""
    return [
        word
        for tag in notebook.tags.get_tags(note)
        for word in (tag.name, *(alias.text for alias in tag.aliases))
    ]
