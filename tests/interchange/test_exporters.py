"""Exports of the whole log: what is read back from each is what the log says."""

from __future__ import annotations

import json
import re
import sqlite3
from collections.abc import Iterator
from contextlib import closing

import pytest

from readinglog.citations.bibtex import parse_bibtex
from readinglog.interchange.exporters import EXPORTERS, sqlite
from readinglog.interchange.exporters.exporter import ExportedFile
from readinglog.model.field import Field
from readinglog.model.field_types import FieldType
from readinglog.model.schema import BUILT_IN
from readinglog.notebook.note_json import note_to_json
from readinglog.notebook.notebook import Notebook
from readinglog.notebook.related import Relatedness
from support.worlds import notebook, work

HOSTILE = "Robert'); DROP TABLE notes;-- <script>"
FILES: dict[str, str | bytes] = {
    "tags.yml": "moe: {name: MoE, aliases: [sparse layers]}\nrouting: {parent: moe}\n",
    "switch.md": work(
        "Sends each token to [[base]], [[nobody#Part|none]] and ![[Base layers]].",
        title="Switch",
        authors="[Ada Adams, Bo Bell, et al.]",
        arxiv='"2101.03961"',
        published="2021-01",
        rating="4",
        tags="[Routing, sparse layers, unheard]",
        builds_on='[base, "[[gone]]"]',
        aliases="[ST, switch layers]",
        url="",
    ),
    "base.md": work(title="Base layers", authors="[ada adams]", url="https://a.example/b"),
    "hostile.md": work(
        "Text of a stranger.",
        title=f'"{HOSTILE}"',
        venue="\u202eright to left",
        url="https://a.example/h",
        colour="['red', {a: b}]",
    ),
    "drafts/hub.md": work(title="A draft", draft="true", url="https://a.example/d"),
    "about.md": "---\ntitle: About\nkind: page\n---\nThe log.",
    "hub.md": work("A walk.", title="Routing", kind="topic", authors="", url=""),
    "broken.md": b"---\ntitle: [\n---\n\xff",
}


@pytest.fixture
def log() -> Notebook:
    return notebook(FILES)


@pytest.fixture
def database(log: Notebook) -> Iterator[sqlite3.Connection]:
    file = sqlite.make_export(log, "log.db").files[0]
    assert isinstance(file, ExportedFile)
    with closing(sqlite3.connect(":memory:")) as connection:
        connection.deserialize(file.data)
        yield connection


def read_text(log: Notebook, kind: str) -> str:
    (file,) = EXPORTERS[kind].make_export(log, "export").files
    assert isinstance(file, ExportedFile)
    assert file.path == "export"
    return file.data.decode()


@pytest.mark.parametrize("kind", EXPORTERS)
def test_an_export_is_the_same_whenever_it_is_made(log: Notebook, kind: str) -> None:
    exporter = EXPORTERS[kind]
    assert exporter.make_export(log, "x") == exporter.make_export(notebook(FILES), "x")
    assert exporter.make_export(notebook({}), "x")


def test_a_line_of_json_is_what_show_has(log: Notebook) -> None:
    lines = [json.loads(line) for line in read_text(log, "ndjson").splitlines()]
    relatedness = Relatedness(log)
    assert lines == [note_to_json(note, log, relatedness) for note in log.notes]


def test_the_bibliographies_have_every_work_and_no_more(log: Notebook) -> None:
    works = [note for note in log.notes if note.path not in ("about.md", "hub.md")]
    text = read_text(log, "bibtex")
    keys = re.findall(r"^@\w+\{(.*),$", text, re.MULTILINE)
    read = [parse_bibtex(text, key).work for key in keys]
    assert sorted(work.title for work in read) == sorted(note.title for note in works)
    switch = read[keys.index("switch")]
    assert (switch.arxiv, switch.authors) == ("2101.03961", ("Ada Adams", "Bo Bell", "et al."))
    items = json.loads(read_text(log, "csl"))
    assert sorted(item["title"] for item in items) == sorted(note.title for note in works)


def test_the_database_holds_together(database: sqlite3.Connection) -> None:
    assert database.execute("PRAGMA foreign_key_check").fetchall() == []
    assert database.execute("PRAGMA integrity_check").fetchall() == [("ok",)]


def test_the_database_has_the_fields_of_each_note(
    database: sqlite3.Connection, log: Notebook
) -> None:
    database.row_factory = sqlite3.Row
    rows = {row["path"]: dict(row) for row in database.execute("SELECT * FROM notes")}
    assert rows.keys() == log.by_path.keys()
    for path, note in log.by_path.items():
        row = rows[path]
        assert (row["title"], row["words"]) == (note.title, note.word_count)
        fields = {name: note.get_plain_value(name) for name in note.fields}
        assert json.loads(row["front_matter"]) == fields, path
    switch = rows["switch.md"]
    assert (switch["year"], switch["rating"], switch["draft"]) == (2021, 4, 0)
    assert (switch["status"], switch["kind"], switch["url"]) == ("read", "paper", None)
    assert switch["work"] == "https://arxiv.org/abs/2101.03961"
    assert json.loads(switch["authors"]) == ["Ada Adams", "Bo Bell"]
    assert json.loads(switch["aliases"]) == ["ST", "switch layers"]
    assert json.loads(switch["tags"]) == ["routing", "moe", "unheard"]
    assert (rows["hub.md"]["name"], rows["drafts/hub.md"]["name"]) == ("hub", "drafts/hub.md")
    assert rows["drafts/hub.md"]["draft"] == 1
    assert rows["hostile.md"]["title"] == HOSTILE


def test_the_database_has_tags_authors_links_and_relations(database: sqlite3.Connection) -> None:
    assert database.execute("SELECT key, name, parent, path FROM tags").fetchall() == [
        ("moe", "MoE", None, "moe"),
        ("routing", "routing", "moe", "moe/routing"),
        ("unheard", "unheard", None, "unheard"),
    ]
    assert database.execute(
        "SELECT note, author FROM note_authors ORDER BY 1, position"
    ).fetchall()[:2] == [("base", "ada-adams"), ("drafts/hub.md", "ada-adams")]
    assert database.execute("SELECT target, written, heading, label FROM links").fetchall() == [
        ("base", "base", None, None),
        (None, "nobody", "Part", "none"),
        ("base", "Base layers", None, None),
    ]
    assert database.execute(
        "SELECT source, relation, target, written FROM relations"
    ).fetchall() == [
        ("switch", "builds_on", "base", "base"),
        ("switch", "builds_on", None, "gone"),
    ]


def test_the_database_has_claims_with_what_was_measured_and_their_relations() -> None:
    log = notebook(
        {
            "a.md": work(
                "- It *is* so. [at:: Table 2] [result:: loss on C4 = 9.5 % against 9.6; 1B] "
                "[checked:: full] [disputes:: [[b#^other]], [[b]]] ^so",
                title="A",
            ),
            "b.md": work(
                "- Other. [at:: p. 3] ^other", title="B", url="https://b.example/", draft="true"
            ),
        }
    )
    file = sqlite.make_export(log, "x").files[0]
    assert isinstance(file, ExportedFile)
    with closing(sqlite3.connect(":memory:")) as connection:
        connection.deserialize(file.data)
        claims = connection.execute("SELECT * FROM claims").fetchall()
        relations = connection.execute("SELECT * FROM claim_relations").fetchall()
        assert connection.execute("PRAGMA foreign_key_check").fetchall() == []
    assert claims == [
        (
            *(1, "a", "so", "It is so.", "Table 2", "loss", "C4", "9.5 %", 9.5, "9.6", "1B"),
            "full",
        ),
        (2, "b", "other", "Other.", "p. 3", *[None] * 7),
    ]
    assert relations == [
        (1, "a", "so", "disputes", "b", "other"),
        (2, "a", "so", "disputes", "b", None),
    ]


def test_the_database_searches_its_text(database: sqlite3.Connection) -> None:
    query = (
        "SELECT name FROM notes WHERE rowid IN"
        " (SELECT rowid FROM notes_fts WHERE notes_fts MATCH ?) ORDER BY name"
    )
    assert database.execute(query, ["sending tokens"]).fetchall() == [("switch",)]
    assert database.execute(query, ["stranger"]).fetchall() == [("hostile",)]


def test_datasette_is_told_what_the_database_has(
    database: sqlite3.Connection, log: Notebook
) -> None:
    export = sqlite.make_export(log, "log.db")
    beside = export.files[1]
    assert isinstance(beside, ExportedFile)
    assert beside.path == "log.metadata.json"
    tables = json.loads(beside.data)["databases"]["log"]["tables"]
    for table, described in tables.items():
        columns = {row[1] for row in database.execute(f"PRAGMA table_info({table})")}
        facets = described.get("facets", [])
        named = {each["array"] if isinstance(each, dict) else each for each in facets}
        assert named <= columns
        assert described.get("columns", {}).keys() <= columns
    facets = tables["notes"]["facets"]
    assert facets == ["kind", "status", "basis", "year", {"array": "authors"}, {"array": "tags"}]


def test_a_field_of_the_log_is_a_column_whatever_its_name() -> None:
    names = ('say "x"', "Body", "ROWID")
    fields = [Field(name, FieldType(), name, "A field.") for name in names]
    schema = BUILT_IN.extend(fields, key="own")
    log = notebook({"a.md": work("B", **{'say "x"': "one", "Body": "two"})}, schema)
    file = sqlite.make_export(log, "x").files[0]
    assert isinstance(file, ExportedFile)
    with closing(sqlite3.connect(":memory:")) as connection:
        connection.deserialize(file.data)
        row = connection.execute('SELECT "say ""x""", body_1, rowid_1, body FROM notes').fetchone()
    assert row == ("one", "two", None, "\nB\n")
