"""A log adds fields of claims by its settings: each part of the package reads the schema of the log
at hand.
"""

from __future__ import annotations

import csv
import io
import json
import sqlite3
from pathlib import Path

import pytest
from click.testing import CliRunner

from readinglog.cli import main
from readinglog.interchange.context_pack import format_pack
from readinglog.interchange.exporters import sqlite as sqlite_exporter
from readinglog.lint.linter import check_notebook, fix_notebook
from readinglog.model.schema import Schema
from readinglog.notebook.changes.compare import compare_notebooks
from readinglog.notebook.claim_json import claim_to_json
from readinglog.notebook.notebook import Notebook
from readinglog.refactor.remove_note import remove_note
from readinglog.refactor.rename_note import rename_note
from readinglog.site.page import Site
from readinglog.site.views.claim_rows import ClaimFact, make_claim_row
from readinglog.site.views.contribute.form import make_form
from readinglog.site.views.contribute.form_data import make_form_terms
from readinglog.workspace.settings import find_settings
from support.searching import find, make_search
from support.worlds import notebook, work

WITH_HTTPS = "write it with https:// or http://"
LIKE_THIS = "write it as `512 GPU-hours`"
TO_ADD = "to add one to the log, write `[claim_fields.NAME]` in `readinglog.toml`"
HOSTILE = "<img src=x onerror=alert(1)>"
SETTINGS = f"""
[claim_fields.cost]
pattern = "[0-9]+ GPU-hours"
example = "512 GPU-hours"
label = "Cost {HOSTILE}"

[claim_fields.sampling]
type = "choice"
choices = ["random", "blind"]

[claim_fields.seen]
type = "date"

[claim_fields.data_at]
type = "url"

[claim_fields.remark]

[claim_fields.based_on]
type = "note"
label = "Based on"
backward = "Basis of"
"""
CLAIM = (
    "- It is so. [at:: §1] [cost:: 512 GPU-hours] [sampling:: blind] [seen:: 2026-01-02] "
    f"[data_at:: https://example.org/data] [remark:: {HOSTILE}] [based_on:: [[b#^first]]] ^so"
)
LOG = {
    "a.md": work(CLAIM, url="https://example.org/a"),
    "b.md": work("- It was. [at:: §1] ^first", url="https://example.org/b"),
}


@pytest.fixture
def schema(tmp_path: Path) -> Schema:
    (tmp_path / "readinglog.toml").write_text(SETTINGS, encoding="utf-8")
    return find_settings(tmp_path).schema


@pytest.fixture
def log(schema: Schema) -> Notebook:
    return notebook(LOG, schema)


def messages(log: Notebook) -> list[str]:
    rules = ("invalid-claim", "unsafe-url")
    return [f"{one.message}: {one.help}" for one in check_notebook(log) if one.rule in rules]


def test_the_check_knows_the_fields_of_the_log_alone(log: Notebook) -> None:
    assert messages(log) == []
    assert len(messages(notebook(LOG))) == 6


def test_an_unknown_field_is_told_with_those_that_are_known(schema: Schema) -> None:
    log = notebook({"a.md": work("- So. [at:: 1] [costs:: 4] [whatever:: 4] ^so")}, schema)
    assert messages(log) == [
        "claims have no field `costs`: did you mean `cost`?",
        f"claims have no field `whatever`: claims have {', '.join(schema.claim_fields)}; {TO_ADD}",
    ]
    assert [*schema.claim_fields][-2:] == ["remark", "based_on"]


def test_a_value_that_does_not_fit_is_told_with_what_to_write(schema: Schema) -> None:
    text = (
        "- So. [at:: 1] [cost:: much] [sampling:: Blind] [seen:: 2026/1/2] "
        "[data_at:: javascript:alert(1)] [remark:: ] [based_on:: b] ^so\n"
        f"- Long. [at:: 1] [cost:: {'9' * 300}] ^long"
    )
    log = notebook({"a.md": work(text)}, schema)
    assert messages(log) == [
        f"the field `cost` has `much`, which is not a value of `cost`: {LIKE_THIS}",
        "the field `sampling` has `Blind`, which is not one of random, blind: did you mean `blind`?",
        "the field `seen` has `2026/1/2`, which is not a date: write `2026-01-02`",
        f"an address that starts with `javascript:` is not allowed: {WITH_HTTPS}",
        "the field `remark` of this claim is empty: write `[remark:: …]`",
        "`based_on` has `b`, which is no wikilink: write `[based_on:: [[note#^claim]]]`",
        f"the field `cost` has `{'9' * 80}`, which is not a value of `cost`: {LIKE_THIS}",
    ]
    assert "[sampling:: blind]" in fix_notebook(log).texts["a.md"]


def test_a_field_that_is_written_wrongly_is_told_by_its_name(schema: Schema) -> None:
    text = "- So. [at:: 1] [cost: 4] (seen:: 2026-01-02) ^so\n\nNo item. [remark:: x]"
    assert [
        each.partition(":")[0] for each in messages(notebook({"a.md": work(text)}, schema))
    ] == [
        "the field `cost` of a claim has one colon",
        "the field `seen` of a claim is not in square brackets",
        "the field `remark` belongs to no claim",
    ]


def test_the_record_of_a_claim_has_them_in_a_mapping(log: Notebook) -> None:
    of_a, of_b = (claim_to_json(each, log, "/{}".format) for each in log.claims.published)
    assert {of_a["id"]: of_a["fields"], of_b["id"]: of_b["fields"]} == {
        "so": {
            "cost": "512 GPU-hours",
            "sampling": "blind",
            "seen": "2026-01-02",
            "data_at": "https://example.org/data",
            "based_on": ["b#^first"],
        },
        "first": {},
    }
    assert "based_on" not in of_a


def test_the_command_lists_them_in_each_format(tmp_path: Path) -> None:
    (tmp_path / "readinglog.toml").write_text(SETTINGS, encoding="utf-8")
    notes = tmp_path / "notes"
    notes.mkdir()
    for path, text in LOG.items():
        (notes / path).write_text(text, encoding="utf-8")

    def run(*arguments: str) -> str:
        found = CliRunner().invoke(main, [*arguments, "--notes", str(notes)])
        assert found.exit_code == 0, found.output
        return found.stdout

    rows = list(csv.DictReader(io.StringIO(run("claims", "--format", "csv"))))
    so = next(row for row in rows if row["id"] == "so")
    assert (so["fields.cost"], so["fields.based_on"]) == ("512 GPU-hours", "b#^first")
    assert [row["fields.cost"] for row in rows if row["id"] == "first"] == [""]
    assert "cost: 512 GPU-hours · sampling: blind" in run("claims")
    assert json.loads(run("claims", "--format", "json"))["claims"]
    assert "cost: 512 GPU-hours" in run("show", "a")
    assert (
        "1 claim" in CliRunner().invoke(main, ["claims", "has:cost", "--notes", str(notes)]).output
    )


def test_the_search_finds_the_notes_with_a_claim_that_has_it(log: Notebook) -> None:
    search = make_search(log)
    assert find(search, "has:cost") == ["a"]
    assert find(search, "-has:based_on") == ["b"]
    assert find(search, "GPU-hours") == ["a"]
    assert find(make_search(notebook(LOG)), "has:disputes") == []


def test_rows_and_relations_name_them(log: Notebook) -> None:
    rows = {each.claim.id: make_claim_row(each, log) for each in log.claims.published}
    assert rows["so"].facts[:2] == (
        ClaimFact(f"Cost {HOSTILE}", "512 GPU-hours"),
        ClaimFact("Sampling", "blind"),
    )
    assert [(link.words, link.title) for link in rows["so"].relations] == [("based on", "A work")]
    assert [(link.words, link.anchor) for link in rows["first"].relations] == [("basis of", "^so")]


def test_the_form_asks_for_them_and_checks_them(log: Notebook) -> None:
    form = make_form(log, Site("Log"))
    assert [field.name for field in form.claim_fields][3:6] == ["cost", "sampling", "seen"]
    assert [field.name for field in form.claim_relations][-1] == "based_on"
    terms = json.loads(json.dumps(make_form_terms(log, Site("Log"))))
    assert terms["claim_fields"]["cost"]["format"]["pattern"] == "[0-9]+ GPU-hours"
    assert terms["claim_fields"]["based_on"]["is_relation"]


def test_the_database_has_a_column_for_each(log: Notebook) -> None:
    database, described = sqlite_exporter.make_export(log, "log.db").files
    connection = sqlite3.connect(":memory:")
    connection.deserialize(database.data)
    rows = connection.execute("SELECT claim, cost, sampling FROM claims ORDER BY claim").fetchall()
    assert rows == [("first", None, None), ("so", "512 GPU-hours", "blind")]
    found = connection.execute("SELECT relation, target FROM claim_relations").fetchall()
    assert found == [("based_on", "b")]
    tables = json.loads(described.data)["databases"]["log"]["tables"]
    assert tables["claims"]["facets"][-1] == "sampling"


def test_a_column_whose_name_is_taken_gets_a_number(tmp_path: Path) -> None:
    (tmp_path / "readinglog.toml").write_text("[claim_fields.place]\n", encoding="utf-8")
    files = {"a.md": work("- So. [at:: §1] [place:: Rome] ^so")}
    log = notebook(files, find_settings(tmp_path).schema)
    connection = sqlite3.connect(":memory:")
    connection.deserialize(sqlite_exporter.make_export(log, "log.db").files[0].data)
    assert connection.execute("SELECT place, place_1 FROM claims").fetchall() == [("§1", "Rome")]


def test_a_pack_and_writers_keep_them(log: Notebook) -> None:
    assert CLAIM in format_pack("", log.published, 10_000)
    renamed = rename_note(log, log.by_path["b.md"], "c")
    assert "[based_on:: [[c#^first]]] ^so" in str(renamed.after["a.md"])
    removed = remove_note(log, log.by_path["b.md"], "old")
    assert "based_on" not in str(removed.after["a.md"])
    assert "[cost:: 512 GPU-hours]" in str(removed.after["a.md"])


def test_a_change_of_one_is_a_change_of_its_claim(log: Notebook, schema: Schema) -> None:
    after = notebook(
        LOG | {"a.md": LOG["a.md"].replace("512", "9").replace("blind", "random")}, schema
    )
    (change,) = compare_notebooks(log, after).claims.changed
    assert change.fields == (
        ("cost", "512 GPU-hours", "9 GPU-hours"),
        ("sampling", "blind", "random"),
    )
