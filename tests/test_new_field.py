"""A new field needs one record: each part of the package reads the table when it runs."""

from __future__ import annotations

import json

import pytest
from jsonschema import Draft202012Validator

from readinglog.citations.draft import BODY, draft_note, format_note
from readinglog.citations.work import Work
from readinglog.lint.linter import check_notebook
from readinglog.model.field_types import DATE, FieldType, make_choice_type
from readinglog.model.fields import (
    FIELDS,
    CardFact,
    Field,
    FormPlace,
    Required,
    SearchChoice,
    SearchRange,
    SearchWords,
)
from readinglog.model.json_schema import make_front_matter_schema
from readinglog.model.kinds import KINDS, Kind
from readinglog.notebook.note_json import note_to_json
from readinglog.notebook.notebook import Notebook
from readinglog.notebook.related import Relatedness
from readinglog.search.hints import Hints
from readinglog.search.index_writer import make_index
from readinglog.site.compiler import compile_site
from readinglog.site.page import DataFolder, Site
from readinglog.site.views.contribute.form import list_form_fields
from readinglog.site.views.contribute.form_data import make_form_terms
from readinglog.site.views.note_card import list_facts
from support.searching import find as search_notes
from support.searching import make_search
from support.worlds import note, notebook, work

ISBN = Field(
    "isbn",
    FieldType("an ISBN", "write its 13 digits, joined by `-`", r"97[89]-(?:[0-9]+-){3}[0-9]"),
    "ISBN",
    "The ISBN, of 13 digits.",
    is_locator=True,
    search=SearchWords("isbn", "isbn:978-3"),
    has=True,
    card=CardFact("ISBN {}"),
)
NUMBER, OTHER = "978-0-262-03561-3", "978-0-13-468599-1"
LOG = {
    "book.md": work(kind="book", url="", isbn=NUMBER),
    "other.md": work(kind="book", url="https://example.org/other"),
}


@pytest.fixture(autouse=True)
def _isbn(monkeypatch: pytest.MonkeyPatch) -> None:
    """Add the record, and nothing else."""
    monkeypatch.setitem(FIELDS, "isbn", ISBN)  # type: ignore[arg-type]


def messages(log: Notebook, *rules: str) -> list[str]:
    found = check_notebook(log)
    return [f"{one.message}: {one.help}" for one in found if one.rule in rules]


def find(log: Notebook, text: str) -> list[str]:
    return search_notes(make_search(log), text)


def test_the_check_knows_the_field() -> None:
    assert messages(notebook(LOG), "missing-field", "unknown-field", "invalid-value") == []
    wrong = notebook({"a.md": work(isbn="12"), "b.md": work(url="", isbm=NUMBER)})
    assert messages(wrong, "missing-field", "unknown-field", "invalid-value") == [
        "`12` is not an ISBN: write its 13 digits, joined by `-`",
        "no field says where the work can be found: write `url`, `arxiv`, `doi` or `isbn`",
        "no field is named `isbm`: did you mean `isbn`?",
    ]


def test_two_notes_of_one_isbn_are_about_one_work() -> None:
    log = notebook({"a.md": LOG["book.md"], "b.md": LOG["book.md"]})
    assert messages(log, "duplicate-work") == [
        "the note `a` is already about this work: add what is new to `a`, or check the id"
    ]


def test_the_schema_accepts_the_field_as_the_place_of_a_work() -> None:
    schema = Draft202012Validator(make_front_matter_schema(notebook(LOG).vocabulary))
    complete = {
        "title": "A",
        "kind": "book",
        "authors": ["Ada"],
        "date": "2026-01-01",
        "tags": ["moe"],
        "summary": "B.",
    }
    assert not schema.is_valid(complete)
    assert schema.is_valid(complete | {"isbn": NUMBER})
    assert not schema.is_valid(complete | {"isbn": "12"})


def test_the_form_asks_for_the_field_and_checks_it() -> None:
    (shown,) = [field for field in list_form_fields(FormPlace.MORE) if field.name == "isbn"]
    assert (shown.label, shown.doc, shown.widget) == ("ISBN", "The ISBN, of 13 digits.", "input")
    data = json.loads(json.dumps(make_form_terms(notebook(LOG), Site("Log"))))
    assert data["fields"]["isbn"]["format"]["pattern"] == ISBN.type.pattern
    assert "isbn" in data["work_fields"]
    assert data["messages"]["no-locator"]["help"].endswith("`doi` or `isbn`")


def test_a_draft_has_the_field_where_it_belongs() -> None:
    text = format_note({"isbn": NUMBER, "title": "A"}, BODY)
    assert f'title: A\nisbn: "{NUMBER}"\n' in text
    assert note(text).values["isbn"] == NUMBER


def test_the_search_finds_its_words_and_the_notes_that_have_it() -> None:
    log = notebook(LOG)
    assert find(log, f"isbn:{NUMBER}") == ["book"]
    assert find(log, "isbn:03561") == ["book"]
    assert find(log, "has:isbn") == ["book"]
    assert find(log, "-has:isbn") == ["other"]
    assert find(log, NUMBER) == ["book"]
    search = make_search(log)
    hints = Hints(search).of(search.ask("isbn:978-0-262-03561-4"))
    assert [hint.message for hint in hints] == [
        f"there is no isbn `978-0-262-03561-4`; did you mean `{NUMBER}`?"
    ]


def test_the_search_page_has_the_column_of_the_field() -> None:
    log = notebook(LOG)
    index = make_index(log)
    core = index["catalogue.json"]
    assert isinstance(core, dict)
    assert core["language"]["fields"]["isbn"] == {  # type: ignore[index]
        "type": "isbn",
        "example": "isbn:978-3",
        "is_words": True,
    }
    assert core["has"] == "000001", "eleven things to have need three digits a note"
    outputs = {output.path: output for output in compile_site(log, Site("Log"))}
    folder = outputs["search/"]
    assert isinstance(folder, DataFolder)
    assert "isbns.json" in dict(folder.make_files())
    assert index["isbns.json"]["names"] == [NUMBER]  # type: ignore[index]


def test_the_card_and_the_data_of_a_note_show_the_field() -> None:
    log = notebook(LOG)
    facts = [
        f"{fact.before}{fact.value}{fact.after}"
        for fact in list_facts(log.names.by_name["book"][0])
    ]
    assert f"ISBN {NUMBER}" in facts
    book = log.names.by_name["book"][0]
    assert note_to_json(book, log, Relatedness(log))["isbn"] == NUMBER


def test_a_required_field_is_missed_and_drafted(monkeypatch: pytest.MonkeyPatch) -> None:
    lab = Field(
        "lab",
        FieldType(),
        "Lab",
        "Where it was made.",
        required=Required.WORKS,
        required_example="lab: …",
    )
    monkeypatch.setitem(FIELDS, "lab", lab)  # type: ignore[arg-type]
    log = notebook({"a.md": work(), "b.md": work(kind="topic", authors="", url="")})
    assert messages(log, "missing-field") == ["the field `lab` is missing: write `lab: …`"]
    assert '\nlab: ""\n' in draft_note(Work(title="A work"), log).text


def test_a_kind_without_a_work_needs_no_author_and_no_address(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    idea = Kind("paper", "Idea", is_work=False)
    monkeypatch.setitem(KINDS, "paper", idea)  # type: ignore[arg-type]
    log = notebook({"a.md": work(authors="", url=""), "b.md": work(kind="post", url="")})
    assert messages(log, "missing-field") == [
        "no field says where the work can be found: write `url`, `arxiv`, `doi` or `isbn`"
    ]
    schema = make_front_matter_schema(log.vocabulary)
    notes = schema["else"]  # of pages, which need no more than a title
    assert isinstance(notes, dict)
    assert notes["if"] == {"not": {"properties": {"kind": {"enum": ["paper", "topic"]}}}}


def test_a_choice_and_a_range_are_searched_too(monkeypatch: pytest.MonkeyPatch) -> None:
    basis = Field(
        "basis",
        make_choice_type("full", "abstract"),
        "Basis",
        "What was read.",
        search=SearchChoice("basis"),
    )
    updated = Field(
        "updated",
        DATE,
        "Updated",
        "The day of the last change.",
        search=SearchRange("updated", r"[0-9]{4}", "2026", length=4),
    )
    for field in (basis, updated):
        monkeypatch.setitem(FIELDS, field.name, field)  # type: ignore[arg-type]
    log = notebook(
        {
            "a.md": work(basis="full", updated="2026-12-01"),
            "b.md": work(url="https://example.org/b", updated="2024-01-01"),
        }
    )
    assert find(log, "basis:full") == ["a"]
    assert find(log, "updated:2025..2026") == ["a"]
    assert sorted(find(log, "updated:2024..")) == ["a", "b"]
    columns = make_index(log)["catalogue.json"]["columns"]  # type: ignore[index]
    assert columns == {"basis": ",full", "updated": "2024,2026"}
