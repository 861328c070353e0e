"""A new field needs one record, a new kind too: each part of the package reads the schema of the log
at hand.
"""

from __future__ import annotations

import json
from collections.abc import Mapping

from jsonschema import Draft202012Validator

from readinglog.citations.draft import BODY, draft_note, format_note
from readinglog.citations.work import Work
from readinglog.lint.linter import check_notebook
from readinglog.model.field import (
    CardFact,
    Field,
    FormPlace,
    Required,
    SearchChoice,
    SearchRange,
    SearchWords,
)
from readinglog.model.field_types import DATE, FieldType, make_choice_type
from readinglog.model.json_schema import make_front_matter_schema
from readinglog.model.kinds import Kind
from readinglog.model.schema import BUILT_IN, Schema
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
from support.pages import read_folder
from support.searching import find as search_notes
from support.searching import make_search
from support.worlds import note, notebook, work

ISSN = Field(
    "issn",
    FieldType("an ISSN", "write its 8 digits, joined by `-`", r"[0-9]{4}-[0-9]{3}[0-9X]"),
    "ISSN",
    "The ISSN, of 8 digits.",
    required_example="issn: 0028-0836",
    is_locator=True,
    search=SearchWords("issn", "issn:0028-0836"),
    has=True,
    card=CardFact("ISSN {}"),
)
SCHEMA = BUILT_IN.extend([ISSN], key="with an ISSN")
NUMBER, OTHER = "0028-0836", "1476-4687"
LOCATORS = "`url`, `arxiv`, `doi`, `isbn`, `openreview`, `hf`, `github` or `issn`"
LOG = {
    "book.md": work(kind="book", url="", issn=NUMBER),
    "other.md": work(kind="book", url="https://example.org/other"),
}


def make_log(files: Mapping[str, str], schema: Schema = SCHEMA) -> Notebook:
    return notebook(files, schema)


def messages(log: Notebook, *rules: str) -> list[str]:
    found = check_notebook(log)
    return [f"{one.message}: {one.help}" for one in found if one.rule in rules]


def find(log: Notebook, text: str) -> list[str]:
    return search_notes(make_search(log), text)


def test_the_check_knows_the_field() -> None:
    assert messages(make_log(LOG), "missing-field", "unknown-field", "invalid-value") == []
    wrong = make_log({"a.md": work(issn="12"), "b.md": work(url="", issm=NUMBER)})
    assert messages(wrong, "missing-field", "unknown-field", "invalid-value") == [
        "`12` is not an ISSN: write its 8 digits, joined by `-`",
        f"no field says where the work can be found: write {LOCATORS}",
        "no field is named `issm`: did you mean `issn`?",
    ]


def test_two_notes_of_one_issn_are_about_one_work() -> None:
    log = make_log({"a.md": LOG["book.md"], "b.md": LOG["book.md"]})
    assert messages(log, "duplicate-work") == [
        "the note `a` is already about this work: add what is new to `a`, or check the id"
    ]


def test_the_schema_accepts_the_field_as_the_place_of_a_work() -> None:
    schema = Draft202012Validator(make_front_matter_schema(make_log(LOG).vocabulary, SCHEMA))
    complete = {
        "title": "A",
        "kind": "book",
        "authors": ["Ada"],
        "date": "2026-01-01",
        "tags": ["moe"],
        "summary": "B.",
    }
    assert not schema.is_valid(complete)
    assert schema.is_valid(complete | {"issn": NUMBER})
    assert not schema.is_valid(complete | {"issn": "12"})


def test_the_form_asks_for_the_field_and_checks_it() -> None:
    (shown,) = [field for field in list_form_fields(FormPlace.MORE, SCHEMA) if field.name == "issn"]
    assert (shown.label, shown.doc, shown.widget) == ("ISSN", "The ISSN, of 8 digits.", "input")
    data = json.loads(json.dumps(make_form_terms(make_log(LOG), Site("Log"))))
    assert data["fields"]["issn"]["format"]["pattern"] == ISSN.type.pattern
    assert "issn" in data["work_fields"]
    assert data["messages"]["no-locator"]["help"].endswith("`github` or `issn`")


def test_a_draft_has_the_field_where_it_belongs() -> None:
    text = format_note({"issn": NUMBER, "title": "A"}, BODY, SCHEMA)
    assert f'title: A\nissn: "{NUMBER}"\n' in text
    assert note(text, schema=SCHEMA).values["issn"] == NUMBER


def test_the_search_finds_its_words_and_the_notes_that_have_it() -> None:
    log = make_log(LOG)
    assert find(log, f"issn:{NUMBER}") == ["book"]
    assert find(log, "issn:0836") == ["book"]
    assert find(log, "has:issn") == ["book"]
    assert find(log, "-has:issn") == ["other"]
    assert find(log, NUMBER) == ["book"]
    search = make_search(log)
    hints = Hints(search).of(search.ask("issn:0028-0835"))
    assert [hint.message for hint in hints] == [
        f"there is no issn `0028-0835`; did you mean `{NUMBER}`?"
    ]


def test_the_search_page_has_the_column_of_the_field() -> None:
    log = make_log(LOG)
    index = make_index(log)
    core = index["catalogue"]
    assert isinstance(core, dict)
    assert core["language"]["fields"]["issn"] == {  # type: ignore[index]
        "type": "issn",
        "example": f"issn:{NUMBER}",
        "is_words": True,
    }
    assert core["has"] == "00000001", "fifteen things to have need four digits a note"
    outputs = {output.path: output for output in compile_site(log, Site("Log"))}
    folder = outputs["search/"]
    assert isinstance(folder, DataFolder)
    assert "issns.bin" in read_folder(folder)
    assert index["issns"]["names"] == [NUMBER]  # type: ignore[index]


def test_the_card_and_the_data_of_a_note_show_the_field() -> None:
    log = make_log(LOG)
    facts = [
        f"{fact.before}{fact.value}{fact.after}"
        for fact in list_facts(log.names.by_name["book"][0])
    ]
    assert f"ISSN {NUMBER}" in facts
    book = log.names.by_name["book"][0]
    assert note_to_json(book, log, Relatedness(log))["issn"] == NUMBER


def test_a_required_field_is_missed_and_drafted() -> None:
    lab = Field(
        "lab",
        FieldType(),
        "Lab",
        "Where it was made.",
        required=Required.WORKS,
        required_example="lab: …",
    )
    schema = BUILT_IN.extend([lab], key="with a lab")
    log = make_log({"a.md": work(), "b.md": work(kind="topic", authors="", url="")}, schema)
    assert messages(log, "missing-field") == ["the field `lab` is missing: write `lab: …`"]
    assert '\nlab: ""\n' in draft_note(Work(title="A work"), log).text


def test_a_kind_says_what_its_notes_need() -> None:
    dream = Kind("dream", "Dream", is_work=False)
    recipe = Kind("recipe", "Recipe", requires=("issn",))
    meal = Kind("meal", "Meal", requires=("authors", "address"), is_work=False)
    schema = SCHEMA.extend(kinds=[dream, recipe, meal], key="with three kinds")
    log = make_log(
        {
            "a.md": work(kind="dream", authors="", url=""),
            "b.md": work(kind="recipe", authors="", url=""),
            "c.md": work(kind="recipe", authors="", url="", issn=NUMBER),
            "d.md": work(kind="meal", authors="", url=""),
        },
        schema,
    )
    assert messages(log, "missing-field") == [
        "the field `issn` is missing: write `issn: 0028-0836`",
        "the field `authors` is missing: write `authors: [First Author]`",
        f"no field says where the work can be found: write {LOCATORS}",
    ]
    validator = Draft202012Validator(make_front_matter_schema(log.vocabulary, schema))
    needed = {"title": "A", "date": "2026-01-01", "tags": ["moe"], "summary": "B."}
    assert validator.is_valid(needed | {"kind": "dream"})
    assert not validator.is_valid(needed | {"kind": "recipe"})
    assert validator.is_valid(needed | {"kind": "recipe", "issn": NUMBER})
    assert not validator.is_valid(needed | {"kind": "meal", "authors": ["Ada"]})
    assert validator.is_valid(needed | {"kind": "meal", "authors": ["Ada"], "doi": "10.1000/a"})
    terms = make_form_terms(log, Site("Log"))
    assert terms["located_kinds"][-1:] == ["meal"]  # type: ignore[index]
    assert find(log, "kind:dream") == ["a"]
    assert '\nissn: ""\n' in draft_note(Work(title="A", kind="recipe"), log).text
    assert "url" not in note(draft_note(Work(title="A", kind="dream"), log).text).fields


def test_two_logs_in_one_process_share_nothing() -> None:
    one, other = make_log(LOG), notebook(LOG)
    assert messages(one, "unknown-field") == []
    assert [text.partition(":")[0] for text in messages(other, "unknown-field")] == [
        "no field is named `issn`"
    ]
    assert find(one, f"issn:{NUMBER}") == ["book"]
    assert "issn" not in make_index(other)["catalogue"]["language"]["fields"]  # type: ignore[index]


def test_a_choice_and_a_range_are_searched_too() -> None:
    basis = Field(
        "basis",
        make_choice_type("full", "abstract"),
        "Rests on",
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
    schema = BUILT_IN.extend([basis, updated], key="with a choice and a range")
    log = notebook(
        {
            "a.md": work(basis="full", updated="2026-12-01"),
            "b.md": work(url="https://example.org/b", updated="2024-01-01"),
        },
        schema,
    )
    assert find(log, "basis:full") == ["a"]
    assert find(log, "updated:2025..2026") == ["a"]
    assert sorted(find(log, "updated:2024..")) == ["a", "b"]
    columns = make_index(log)["catalogue"]["columns"]  # type: ignore[index]
    assert columns == {"basis": ",full", "updated": "2024,2026"}
