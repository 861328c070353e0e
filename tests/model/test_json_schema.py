"""The JSON Schema for editors: it accepts what the check accepts, and marks the commonest slips."""

from __future__ import annotations

import json

import pytest
from jsonschema import Draft202012Validator

from readinglog.model.json_schema import make_front_matter_schema, make_vocabulary_schema
from readinglog.workspace.loading import load_notebook
from support.editor_yaml import load_front_matter, load_yaml
from support.paths import SAMPLE
from support.worlds import notebook, work

LOG = {
    "tags.yml": "moe: {name: MoE, summary: Experts., aliases: [experts]}\nrouting: {parent: moe}\n",
    "a.md": work(),
}


def marked(text: str) -> list[str]:
    """Return what an editor marks in the front matter of a note of the log above."""
    schema = make_front_matter_schema(notebook(LOG).vocabulary)
    return [
        error.message for error in Draft202012Validator(schema).iter_errors(load_front_matter(text))
    ]


def test_the_schemas_are_schemas() -> None:
    for schema in (
        make_front_matter_schema(notebook(LOG).vocabulary),
        make_vocabulary_schema(notebook(LOG).vocabulary),
    ):
        Draft202012Validator.check_schema(schema)
        json.dumps(schema)


def test_every_note_of_a_clean_log_and_its_vocabulary_are_accepted() -> None:
    log = load_notebook(SAMPLE / "notes")
    schema = Draft202012Validator(make_front_matter_schema(log.vocabulary))
    for note in log.notes:
        assert not [error.message for error in schema.iter_errors(load_front_matter(note.text))], (
            note.path
        )
    assert log.vocabulary.source
    tags = load_yaml(log.vocabulary.source.text)
    assert not list(Draft202012Validator(make_vocabulary_schema(log.vocabulary)).iter_errors(tags))


@pytest.mark.parametrize(
    "fields",
    [
        {},
        {"published": "2017"},
        {"published": "2017-01"},
        {"tags": "[MoE, routing]"},
        {"arxiv": '"1701.06538v2"', "url": ""},
        {"arxiv": '"math.GT/0309136"'},
        {"doi": "10.1162/neco.1991.3.1.79", "url": ""},
        {"rating": "5", "draft": "true", "status": "to-read"},
        {"kind": "topic", "authors": "", "url": ""},
    ],
)
def test_what_the_check_accepts_is_not_marked(fields: dict[str, str]) -> None:
    assert marked(work(**fields)) == []


@pytest.mark.parametrize(
    "fields",
    [
        {"title": ""},
        {"url": ""},
        {"kind": "papr"},
        {"tags": "[rooting]"},
        {"tags": "[]"},
        {"arxiv": "2401.1002"},
        {"published": "March 2024"},
        {"date": "2024/1/1"},
        {"rating": "6"},
        {"autors": "[Ada]"},
        {"summary": "x" * 201},
        {"title": '""'},
    ],
)
def test_the_commonest_slips_are_marked(fields: dict[str, str]) -> None:
    assert marked(work(**fields))


def test_an_open_vocabulary_accepts_any_tag() -> None:
    schema = make_front_matter_schema(notebook({"a.md": work()}).vocabulary)
    assert Draft202012Validator(schema).is_valid(load_front_matter(work(tags="[anything]")))


def test_a_tag_that_has_no_summary_field_or_stands_under_nothing_is_marked() -> None:
    schema = Draft202012Validator(make_vocabulary_schema(notebook(LOG).vocabulary))
    assert schema.is_valid({"new": {"parent": "moe", "summary": "New."}, "bare": None})
    assert not schema.is_valid({"new": {"parent": "nowhere"}})
    assert not schema.is_valid({"new": {"sumary": "New."}})
