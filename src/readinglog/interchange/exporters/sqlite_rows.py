"""The rows of the tables of an exported database."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import partial
from typing import NamedTuple

from readinglog.model.claim import ClaimField
from readinglog.model.field import Field
from readinglog.model.note import Note
from readinglog.model.slugs import make_unique, to_slug
from readinglog.model.text import get_position
from readinglog.notebook.claims import NoteClaim
from readinglog.notebook.links import parse_relation_target
from readinglog.notebook.notebook import Notebook
from readinglog.notebook.sort_keys import newest_first

Row = Sequence[str | int | float | None]


class Column(NamedTuple):
    """A column of `notes` that holds a field."""

    name: str
    field: Field

    @property
    def json_type(self) -> object:
        return self.field.type.make_json_schema().get("type")

    @property
    def sql_type(self) -> str:
        is_number = self.json_type in ("boolean", "integer") and not self.field.is_list
        return "INTEGER" if is_number else "TEXT"


class ClaimColumn(NamedTuple):
    """A column of `claims` that holds a field that the log adds."""

    name: str
    field: ClaimField


def list_tables(
    notebook: Notebook, columns: Sequence[Column], claim_columns: Sequence[ClaimColumn]
) -> Iterator[tuple[str, Iterable[Row]]]:
    """Yield the name of each table with its rows."""
    names = _assign_names(notebook)
    tag_keys = {note: _list_tag_keys(note, notebook) for note in notebook.notes}
    yield "notes", (_make_note_row(note, names, columns, tag_keys) for note in notebook.notes)
    yield "tags", _list_tags(notebook, tag_keys)
    yield "note_tags", _list_pairs(names, tag_keys)
    yield "authors", _list_authors(notebook).items()
    slugs = {note: list(dict.fromkeys(map(to_slug, note.authors))) for note in notebook.notes}
    yield "note_authors", _list_pairs(names, slugs)
    yield "links", _number(_list_links(notebook, names))
    yield "relations", _number(_list_relations(notebook, names))
    yield "claims", _number(_list_claims(notebook, names, claim_columns))
    yield "claim_relations", _number(_list_claim_relations(notebook, names))


def _assign_names(notebook: Notebook) -> dict[Note, str]:
    """Return the name of each note: that of its page, or its path where a draft has the same."""
    taken: dict[str, int] = {}
    published = sorted(notebook.notes, key=notebook.publication.is_published, reverse=True)
    names = {}
    for note in published:
        is_free = note.page_name not in taken
        names[note] = make_unique(note.page_name if is_free else note.path, taken)
    return names


def _list_tag_keys(note: Note, notebook: Notebook) -> list[str]:
    """Return the keys of a note's tags; one that no vocabulary has stands for itself."""
    find = notebook.vocabulary.find
    written = {text: find(text) for text in note.texts("tags")}
    keys = (tag.key if tag else text.strip().lstrip("#") for text, tag in written.items())
    return list(dict.fromkeys(keys))


def _make_note_row(
    note: Note,
    names: Mapping[Note, str],
    columns: Sequence[Column],
    tag_keys: Mapping[Note, list[str]],
) -> Row:
    lists = {"tags": tag_keys[note], "authors": list(note.authors)}
    fields = {name: note.get_plain_value(name) for name in note.fields}
    year = note.published[:4]
    return (
        names[note],
        note.page_url,
        *(_get_value(note, column, lists) for column in columns),
        int(year) if year else None,
        note.work_url or None,
        note.path,
        note.word_count,
        note.text[note.body.start :],
        _to_json(fields),
    )


def _get_value(note: Note, column: Column, lists: Mapping[str, list[str]]) -> str | int | None:
    """Return what a note says in a field, or its default."""
    field = column.field
    if field.is_list:
        found = lists.get(field.name)
        return _to_json(list(note.list_texts(field.name)) if found is None else found)
    if field.name == "title":
        return note.title
    if field.name in note.values:
        value = note.get_plain_value(field.name)
        return value if isinstance(value, str | int) else str(value)
    return 0 if column.json_type == "boolean" else field.default or None


def _list_tags(notebook: Notebook, tag_keys: Mapping[Note, list[str]]) -> Iterator[Row]:
    vocabulary = notebook.vocabulary
    for tag in vocabulary.tags.values():
        path = [step.key for step in vocabulary.get_path(tag)]
        parent = path[-2] if len(path) > 1 else None
        # In an open vocabulary a key is the whole path.
        whole = tag.key if parent and tag.key.startswith(f"{parent}/") else "/".join(path)
        aliases = _to_json([alias.text for alias in tag.aliases])
        yield tag.key, tag.name, parent, whole, tag.summary or None, aliases
    unknown = {key for keys in tag_keys.values() for key in keys} - vocabulary.tags.keys()
    for key in sorted(unknown):
        yield key, key, None, key, None, "[]"


def _list_authors(notebook: Notebook) -> dict[str, str]:
    """Return the authors by key, each as the newest note spells the name."""
    oldest_first = sorted(notebook.notes, key=newest_first)[::-1]
    names = {to_slug(name): name for note in oldest_first for name in note.authors}
    return dict(sorted(names.items()))


def _list_pairs(
    names: Mapping[Note, str], keys: Mapping[Note, Sequence[str]]
) -> Iterator[tuple[str, str, int]]:
    for note, own in keys.items():
        for position, key in enumerate(own, 1):
            yield names[note], key, position


def _list_links(notebook: Notebook, names: Mapping[Note, str]) -> Iterator[Row]:
    for note in notebook.notes:
        for link, resolution in notebook.links.list_links(note):
            target = names[resolution.target] if resolution.target else None
            line = get_position(note.text, link.span.start).line
            written = (link.target, link.heading, link.label)
            yield names[note], target, *written, link.kind, int(link.is_embed), line


def _list_relations(notebook: Notebook, names: Mapping[Note, str]) -> Iterator[Row]:
    for note in notebook.notes:
        for field, _, text, resolution in notebook.links.list_relations(note):
            target = names[resolution.target] if resolution.target else None
            yield names[note], field, target, parse_relation_target(text)


def _list_claims(
    notebook: Notebook, names: Mapping[Note, str], columns: Sequence[ClaimColumn]
) -> Iterator[Row]:
    claims = (NoteClaim(note, claim) for note in notebook.notes for claim in note.claims)
    for each in claims:
        result = each.claim.result
        measured = [part or None for part in result] if result else [None] * 5
        metric, data, value, against, setting = measured
        place = notebook.claims.extract_value(each, "at") or None
        checked = each.claim.get("checked") or None
        text = notebook.claims.extract_text(each)
        number = result.number if result else None
        yield (
            *(names[each.note], each.claim.id, text, place),
            *(metric, data, value, number, against, setting, checked),
            *(notebook.claims.extract_value(each, column.field.name) or None for column in columns),
        )


def _list_claim_relations(notebook: Notebook, names: Mapping[Note, str]) -> Iterator[Row]:
    for note in notebook.notes:
        for relation in notebook.claims.list_relations(note):
            target = relation.claim.id if relation.claim else None
            source = (names[note], relation.source.claim.id, relation.field)
            yield *source, names[relation.note], target


def _number(rows: Iterable[Row]) -> Iterator[Row]:
    return ((number, *row) for number, row in enumerate(rows, 1))


_to_json = partial(json.dumps, ensure_ascii=False)
