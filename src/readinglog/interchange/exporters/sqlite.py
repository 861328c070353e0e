"""An SQLite database, with a file beside it that tells Datasette what its tables and columns are.

Each field of the front matter is a column of `notes`, its list a JSON array; relations have a table
of their own, as have links, tags and authors.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import partial
from typing import NamedTuple

from readinglog.interchange.exporters.exporter import Export, ExportedFile
from readinglog.model.field import Field
from readinglog.model.note import Note
from readinglog.model.schema import Schema
from readinglog.model.slugs import make_unique, to_slug
from readinglog.model.text import get_position
from readinglog.notebook.links import parse_relation_target
from readinglog.notebook.notebook import Notebook
from readinglog.notebook.sort_keys import newest_first

SUMMARY = "a database, which Datasette opens"

_APPLICATION_ID = 0x726C6F67  # `rlog`, which tells what kind of database a file is
_SEARCHED = ("title", "summary", "authors", "aliases", "venue", "body")
# The columns of `notes` that are no field: before the fields, and behind them.
_FIRST_COLUMNS = ("name TEXT PRIMARY KEY NOT NULL", "page TEXT NOT NULL")
_LAST_COLUMNS = (
    "year INTEGER",
    "work TEXT",
    "path TEXT NOT NULL",
    "words INTEGER NOT NULL",
    "body TEXT NOT NULL",
    "front_matter TEXT NOT NULL",
)
_COLUMN_DESCRIPTIONS = {
    "page": "The address of the note's page, below that of the site.",
    "work": "Where the work can be read: its address, or that of its arXiv id or DOI.",
    "front_matter": "All fields as they are written, in JSON.",
}
_OTHER_TABLES = """
CREATE TABLE tags (
  key TEXT PRIMARY KEY, name TEXT NOT NULL, parent TEXT REFERENCES tags (key),
  path TEXT NOT NULL, summary TEXT, aliases TEXT NOT NULL
);
CREATE TABLE note_tags (
  note TEXT NOT NULL REFERENCES notes (name), tag TEXT NOT NULL REFERENCES tags (key),
  position INTEGER NOT NULL, PRIMARY KEY (note, tag)
);
CREATE INDEX note_tags_by_tag ON note_tags (tag);
CREATE TABLE authors (key TEXT PRIMARY KEY, name TEXT NOT NULL);
CREATE TABLE note_authors (
  note TEXT NOT NULL REFERENCES notes (name), author TEXT NOT NULL REFERENCES authors (key),
  position INTEGER NOT NULL, PRIMARY KEY (note, author)
);
CREATE INDEX note_authors_by_author ON note_authors (author);
CREATE TABLE links (
  id INTEGER PRIMARY KEY, source TEXT NOT NULL REFERENCES notes (name),
  target TEXT REFERENCES notes (name), written TEXT NOT NULL, heading TEXT, label TEXT,
  kind TEXT NOT NULL, embed INTEGER NOT NULL, line INTEGER NOT NULL
);
CREATE INDEX links_by_source ON links (source);
CREATE INDEX links_by_target ON links (target);
CREATE TABLE relations (
  id INTEGER PRIMARY KEY, source TEXT NOT NULL REFERENCES notes (name), relation TEXT NOT NULL,
  target TEXT REFERENCES notes (name), written TEXT NOT NULL
);
CREATE INDEX relations_by_source ON relations (source);
CREATE INDEX relations_by_target ON relations (target);
"""
_DESCRIPTIONS = {
    "tags": "The vocabulary. `path` is that from the root tag.",
    "note_tags": "Which note has which tag.",
    "authors": "The authors of works.",
    "note_authors": "Which note is about a work by whom.",
    "links": "The links between notes; without a target where no note, or more than one, is meant.",
    "relations": "The typed relations between notes, such as `builds_on`.",
}
_FACETS: Mapping[str, list[object]] = {
    "tags": ["parent"],
    "note_tags": ["tag"],
    "note_authors": ["author"],
    "links": ["kind", "target"],
    "relations": ["relation", "target"],
}
Row = Sequence[str | int | None]


class _Column(NamedTuple):
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


def make_export(notebook: Notebook, name: str, /) -> Export:
    database = sqlite3.connect(":memory:")
    try:
        columns = _list_columns(notebook.schema)
        _create_tables(database, columns)
        for table, rows in _list_tables(notebook, columns):
            _insert(database, table, rows)
        database.commit()
        has_search = _index_text(database)
        data = database.serialize()
    finally:
        database.close()
    stem = name.rpartition(".")[0] or name
    beside = f"{stem}.metadata.json"
    described = json.dumps(_describe(stem, columns, notebook), ensure_ascii=False, indent=2) + "\n"
    remark = "this Python's SQLite has no FTS5, so that the export has no full-text search"
    return Export(
        (ExportedFile(name, data), ExportedFile(beside, described.encode())),
        f"in its folder, `datasette {name} --metadata {beside}` opens it",
        () if has_search else (remark,),
    )


def _list_columns(schema: Schema) -> list[_Column]:
    """Return a column for each field; one whose name is taken, in any case, gets a number."""
    own = (column.partition(" ")[0] for column in (*_FIRST_COLUMNS, *_LAST_COLUMNS))
    taken = dict.fromkeys((*own, "rowid", "oid", "_rowid_"), 0)
    return [
        _Column(make_unique(field.name.lower(), taken), field)
        for field in schema.fields.values()
        if not field.relation
    ]


def _create_tables(database: sqlite3.Connection, columns: Iterable[_Column]) -> None:
    """Create the tables in an order in which each refers to those before it."""
    fields = (f"{_quote(column.name)} {column.sql_type}" for column in columns)
    parts = (*_FIRST_COLUMNS, *fields, *_LAST_COLUMNS)
    database.execute(f"PRAGMA application_id = {_APPLICATION_ID}")
    database.execute(f"CREATE TABLE notes ({', '.join(parts)})")
    database.executescript(_OTHER_TABLES)


def _quote(name: str) -> str:
    """Return a name as SQL has it."""
    doubled = name.replace('"', '""')
    return f'"{doubled}"'


def _insert(database: sqlite3.Connection, table: str, rows: Iterable[Row]) -> None:
    for row in rows:
        marks = ", ".join("?" * len(row))
        database.execute(f"INSERT INTO {table} VALUES ({marks})", row)  # noqa: S608 - our name


def _index_text(database: sqlite3.Connection) -> bool:
    """Index the text of the notes, and return whether SQLite here can do that."""
    columns = ", ".join(_SEARCHED)
    try:
        database.execute(
            f"CREATE VIRTUAL TABLE notes_fts USING fts5 ({columns}, "
            "tokenize='porter unicode61', content=\"notes\")"
        )
    except sqlite3.OperationalError:
        return False
    database.execute("INSERT INTO notes_fts (notes_fts) VALUES ('rebuild')")
    database.commit()
    return True


# Rows --------------------------------------------------------------------------------------------


def _list_tables(
    notebook: Notebook, columns: Sequence[_Column]
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
    columns: Sequence[_Column],
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


def _get_value(note: Note, column: _Column, lists: Mapping[str, list[str]]) -> str | int | None:
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


def _number(rows: Iterable[Row]) -> Iterator[Row]:
    return ((number, *row) for number, row in enumerate(rows, 1))


_to_json = partial(json.dumps, ensure_ascii=False)


# Datasette ---------------------------------------------------------------------------------------


def _describe(database: str, columns: Sequence[_Column], notebook: Notebook) -> dict[str, object]:
    """Return what Datasette should know: facets, labels, the order of notes, and descriptions."""
    notes = {
        "description": "The notes, drafts and pages too.",
        "label_column": "title",
        "sort_desc": "date",
        "facets": _list_note_facets(columns, notebook),
        "columns": _COLUMN_DESCRIPTIONS,
    }
    others = {
        table: {"description": text, "facets": _FACETS.get(table, [])}
        for table, text in _DESCRIPTIONS.items()
    }
    return {"databases": {database: {"tables": {"notes": notes, **others}}}}


def _list_note_facets(columns: Sequence[_Column], notebook: Notebook) -> list[object]:
    """Return the columns by which notes are counted: choices, years, and lists that are searched
    for and that a note has.
    """
    used = {name for note in notebook.notes for name in note.values}
    facets: list[object] = [column.name for column in columns if column.field.type.choices]
    lists = [column for column in columns if column.field.is_list and column.field.name in used]
    arrays = [column.name for column in lists if column.field.search or column.name == "tags"]
    return [*facets, "year", *({"array": name} for name in arrays)]
