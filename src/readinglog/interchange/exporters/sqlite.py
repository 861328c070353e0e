"""An SQLite database, with a file beside it that tells Datasette what its tables and columns are.

Each field of the front matter is a column of `notes`, its list a JSON array; relations have a table
of their own, as have links, tags, authors and claims.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable, Mapping, Sequence

from readinglog.interchange.exporters.exporter import Export, ExportedFile, describe_content
from readinglog.interchange.exporters.sqlite_rows import ClaimColumn, Column, Row, list_tables
from readinglog.model.schema import Schema
from readinglog.model.slugs import make_unique
from readinglog.notebook.notebook import Notebook

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
CREATE TABLE claim_relations (
  id INTEGER PRIMARY KEY, source TEXT NOT NULL REFERENCES notes (name), claim TEXT NOT NULL,
  relation TEXT NOT NULL, target TEXT NOT NULL REFERENCES notes (name), target_claim TEXT
);
CREATE INDEX claim_relations_by_source ON claim_relations (source);
CREATE INDEX claim_relations_by_target ON claim_relations (target);
"""
# The columns of `claims` before the fields that the log adds.
_CLAIM_COLUMNS = (
    "id INTEGER PRIMARY KEY",
    "note TEXT NOT NULL REFERENCES notes (name)",
    "claim TEXT NOT NULL",
    "text TEXT NOT NULL",
    "place TEXT",
    "metric TEXT",
    "data TEXT",
    "value TEXT",
    "number REAL",
    "against TEXT",
    "setting TEXT",
    "checked TEXT",
)
_DESCRIPTIONS = {
    "tags": "The vocabulary. `path` is that from the root tag.",
    "note_tags": "Which note has which tag.",
    "authors": "The authors of works.",
    "note_authors": "Which note is about a work by whom.",
    "links": "The links between notes; without a target where no note, or more than one, is meant.",
    "relations": "The typed relations between notes, such as `builds_on`.",
    "claims": "What notes say that works claim: where, what was measured, and how it was checked.",
    "claim_relations": "Which claim supports, disputes, repeats or replaces which claim or work.",
}
_FACETS: Mapping[str, list[object]] = {
    "tags": ["parent"],
    "note_tags": ["tag"],
    "note_authors": ["author"],
    "links": ["kind", "target"],
    "relations": ["relation", "target"],
    "claims": ["metric", "data", "checked"],
    "claim_relations": ["relation", "target"],
}


def make_export(notebook: Notebook, name: str, /) -> Export:
    database = sqlite3.connect(":memory:")
    try:
        columns = _list_columns(notebook.schema)
        claim_columns = _list_claim_columns(notebook.schema)
        _create_tables(database, columns, claim_columns)
        for table, rows in list_tables(notebook, columns, claim_columns):
            _insert(database, table, rows)
        database.commit()
        has_search = _index_text(database)
        data = database.serialize()
    finally:
        database.close()
    stem = name.rpartition(".")[0] or name
    beside = f"{stem}.metadata.json"
    described = (
        json.dumps(_describe(stem, columns, claim_columns, notebook), ensure_ascii=False, indent=2)
        + "\n"
    )
    remark = "this Python's SQLite has no FTS5, so that the export has no full-text search"
    return Export(
        (ExportedFile(name, data), ExportedFile(beside, described.encode())),
        describe_content(notebook.notes),
        f"in its folder, `datasette {name} --metadata {beside}` opens it",
        () if has_search else (remark,),
    )


def _list_columns(schema: Schema) -> list[Column]:
    """Return a column for each field; one whose name is taken, in any case, gets a number."""
    taken = _list_taken_names((*_FIRST_COLUMNS, *_LAST_COLUMNS))
    return [
        Column(make_unique(field.name.lower(), taken), field)
        for field in schema.fields.values()
        if not field.relation
    ]


def _list_claim_columns(schema: Schema) -> list[ClaimColumn]:
    """Return a column for each field of claims that the log adds, but for relations."""
    taken = _list_taken_names(_CLAIM_COLUMNS)
    return [
        ClaimColumn(make_unique(field.name, taken), field)
        for field in schema.own_claim_fields.values()
        if not field.relation
    ]


def _list_taken_names(columns: Iterable[str]) -> dict[str, int]:
    """Return the names that no other column can have."""
    own = (column.partition(" ")[0] for column in columns)
    return dict.fromkeys((*own, "rowid", "oid", "_rowid_"), 0)


def _create_tables(
    database: sqlite3.Connection,
    columns: Iterable[Column],
    claim_columns: Iterable[ClaimColumn],
) -> None:
    """Create the tables in an order in which each refers to those before it."""
    fields = (f"{_quote(column.name)} {column.sql_type}" for column in columns)
    parts = (*_FIRST_COLUMNS, *fields, *_LAST_COLUMNS)
    database.execute(f"PRAGMA application_id = {_APPLICATION_ID}")
    database.execute(f"CREATE TABLE notes ({', '.join(parts)})")
    database.executescript(_OTHER_TABLES)
    added = (f"{_quote(column.name)} TEXT" for column in claim_columns)
    database.execute(f"CREATE TABLE claims ({', '.join((*_CLAIM_COLUMNS, *added))})")
    database.execute("CREATE INDEX claims_by_note ON claims (note)")


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


def _describe(
    database: str,
    columns: Sequence[Column],
    claim_columns: Sequence[ClaimColumn],
    notebook: Notebook,
) -> dict[str, object]:
    """Return what Datasette should know: facets, labels, the order of notes, and descriptions."""
    notes = {
        "description": "The notes, drafts and pages too.",
        "label_column": "title",
        "sort_desc": "date",
        "facets": _list_note_facets(columns, notebook),
        "columns": _COLUMN_DESCRIPTIONS,
    }
    others: dict[str, dict[str, object]] = {
        table: {"description": text, "facets": _FACETS.get(table, [])}
        for table, text in _DESCRIPTIONS.items()
    }
    choices = [column.name for column in claim_columns if column.field.type.choices]
    others["claims"]["facets"] = [*_FACETS["claims"], *choices]
    others["claims"]["columns"] = {column.name: column.field.doc for column in claim_columns}
    return {"databases": {database: {"tables": {"notes": notes, **others}}}}


def _list_note_facets(columns: Sequence[Column], notebook: Notebook) -> list[object]:
    """Return the columns by which notes are counted: choices, years, and lists that are searched
    for and that a note has.
    """
    used = {name for note in notebook.notes for name in note.values}
    facets: list[object] = [column.name for column in columns if column.field.type.choices]
    lists = [column for column in columns if column.field.is_list and column.field.name in used]
    arrays = [column.name for column in lists if column.field.search or column.name == "tags"]
    return [*facets, "year", *({"array": name} for name in arrays)]
