"""Kinds, fields and the site's own choices in the settings: what they may say, and how a slip is
told.
"""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from readinglog.lint.linter import check_notebook
from readinglog.model.field import (
    CardFact,
    CardLink,
    FormPlace,
    SearchChoice,
    SearchRange,
)
from readinglog.model.patterns import LONGEST_TEXT, find_pattern_error
from readinglog.model.schema import BUILT_IN, Schema
from readinglog.notebook.notebook import Notebook
from readinglog.search.index_writer import make_index
from readinglog.site.views.note_card import list_facts, list_links
from readinglog.workspace.loading import ReadingOptions, load_notebook
from readinglog.workspace.schema_settings import read_schema
from readinglog.workspace.settings import SettingsError, find_settings
from readinglog.workspace.settings_tables import SettingsTable
from support.paths import ROOT
from support.searching import find, make_search
from support.worlds import notebook, work

SETTINGS = """
[kinds.recipe]
label = "Recipe"
requires = ["cook", "servings"]
csl = "document"

[kinds.menu-idea]
work = false

[fields.servings]
pattern = "[0-9]{1,3}"
example = "4"
fact = "serves {}"
search = true
doc = "How many it is for."

[fields.cook]
type = "person"
list = true
search = true

[fields.course]
type = "choice"
choices = ["starter", "main", "dessert"]
search = true

[fields.tried]
type = "date"
search = true

[fields.ean]
pattern = "[0-9]{13}"
locates = true
address = "https://shop.example/{}"

[fields.goes_with]
type = "note"
label = "Goes with"
backward = "Accompanied by"

[fields.video]
type = "url"

[fields.vegan]
type = "flag"
search = true

[site]
social_cards = true
map = false
statistics = false
claims = false

[site.colours]
soups = "green"
"""
RECIPE = """\
---
title: Pea soup
kind: recipe
cook: [Ada Adams]
servings: 4
course: starter
tried: 2026-05-01
ean: 4006381333931
video: https://example.org/film
vegan: yes
goes_with: [bread]
date: 2026-11-21
tags: [soups]
summary: Peas, slowly.
---
It takes an hour.
"""

ADDRESS = "https://shop.example/4006381333931?from=mail"


def schema(root: Path, text: str = SETTINGS) -> Schema:
    (root / "readinglog.toml").write_text(text, encoding="utf-8")
    return find_settings(root).schema


@pytest.fixture
def log(tmp_path: Path) -> Notebook:
    bread = work(kind="menu-idea", title="Bread", authors="", url="", tags="[baking]")
    return notebook({"soup.md": RECIPE, "bread.md": bread}, schema(tmp_path))


def test_what_a_log_adds_are_records_like_the_others(tmp_path: Path) -> None:
    found = schema(tmp_path)
    assert [kind for kind in found.kinds if kind not in BUILT_IN.kinds] == ["recipe", "menu-idea"]
    assert found.kinds["menu-idea"].label == "Menu idea"
    assert found.fields["kind"].type.options[-3:] == ("topic", "recipe", "menu-idea")
    fields = found.fields
    assert fields["servings"].card == CardFact("serves {}")
    assert (fields["servings"].form, fields["video"].form) == (FormPlace.FIRST, FormPlace.MORE)
    assert fields["course"].search == SearchChoice("course")
    assert isinstance(fields["tried"].search, SearchRange)
    assert (fields["video"].card, fields["ean"].card) == (CardLink("Video"), CardLink("Ean"))
    assert found.relations[-1] == "goes_with"
    assert BUILT_IN.relations[-1] != "goes_with"


def test_notes_of_such_a_log_are_complete(log: Notebook) -> None:
    assert [str(found.message) for found in check_notebook(log)] == []
    assert log.graph.backlinks[log.by_path["bread.md"]][0].relation == "goes_with"


def test_what_does_not_fit_is_reported(tmp_path: Path) -> None:
    text = RECIPE.replace("servings: 4", "servings: many").replace("starter", "snack")
    text = text.replace("4006381333931", ADDRESS)
    log = notebook({"soup.md": text.replace("cook: [Ada Adams]\n", "")}, schema(tmp_path))
    messages = [f"{found.message}: {found.help}" for found in check_notebook(log)]
    assert messages[:4] == [
        "the field `cook` is missing: write `cook: …`",
        "`many` is not a value of `servings`: write it as `4`",
        "`snack` is not one of starter, main, dessert: write one of these",
        "`https://shop.example/4006381333931?from=mail` is not a bare `ean`: write `4006381333931`",
    ]


def test_the_card_shows_facts_and_links(log: Notebook) -> None:
    soup = log.by_path["soup.md"]
    facts = [f"{fact.before}{fact.value}{fact.after}" for fact in list_facts(soup)]
    assert {"serves 4", "Course: starter", "Tried: 2026-05-01"} <= {*facts}
    links = {link.label: link.url for link in list_links(soup)}
    assert links["Recipe"] == "https://shop.example/4006381333931"
    assert links["Video"] == "https://example.org/film"
    assert "Ean" not in links, "the link to the work is the same"


@pytest.mark.parametrize(
    "query",
    [
        "servings:4",
        "cook:adams",
        "course:starter",
        "tried:2026..",
        "has:vegan",
        "has:goes_with",
        "kind:recipe",
        "4006381333931",
        "https://shop.example/4006381333931/",
        "ean:4006381333931",
    ],
)
def test_they_are_searched(log: Notebook, query: str) -> None:
    assert find(make_search(log), query) == ["soup"]
    assert json.dumps(dict(make_index(log)))


def test_kept_notes_are_read_again_when_the_schema_changes(tmp_path: Path) -> None:
    notes, cache = tmp_path / "notes", tmp_path / "cache"
    notes.mkdir()
    (notes / "soup.md").write_text(RECIPE, encoding="utf-8")
    plain = load_notebook(notes, cache=cache)
    assert "servings" not in plain.notes[0].values
    own = schema(tmp_path)
    for _ in range(2):  # the second time, from the cache
        (soup,) = load_notebook(notes, ReadingOptions(schema=own), cache=cache).notes
        assert soup.values["servings"] == "4"
        assert soup.schema is own
    (again,) = load_notebook(notes, cache=cache).notes
    assert "servings" not in again.values


def test_kept_notes_are_read_again_when_a_field_of_claims_is_added(tmp_path: Path) -> None:
    notes, cache = tmp_path / "notes", tmp_path / "cache"
    notes.mkdir()
    (notes / "a.md").write_text(f"{work()}\nIn a paragraph. [cost:: 4]\n", encoding="utf-8")
    own = ReadingOptions(schema=schema(tmp_path, "[claim_fields.cost]"))
    usual = ReadingOptions()
    for options, names in ((usual, []), (own, ["cost"]), (own, ["cost"]), (usual, [])):
        (found,) = load_notebook(notes, options, cache=cache).notes
        assert [field.name for field in found.stray_fields] == names


def test_a_changed_schema_counts_for_notes_in_memory(tmp_path: Path) -> None:
    notes = tmp_path / "notes"
    notes.mkdir()
    (notes / "soup.md").write_text(RECIPE, encoding="utf-8")
    parsed = {}  # type: ignore[var-annotated]
    load_notebook(notes, parsed=parsed)
    (soup,) = load_notebook(notes, ReadingOptions(schema=schema(tmp_path)), parsed).notes
    assert soup.values["servings"] == "4"


def test_root_tags_get_the_colours_that_the_settings_give(tmp_path: Path) -> None:
    files = {
        "tags.yml": "baking:\nsoups:\npea: {parent: soups}\n",
        "a.md": work(tags="[soups]"),
    }
    own, usual = notebook(files, schema(tmp_path)), notebook(files)
    for log, expected in ((own, {"baking": 1, "soups": 3, "pea": 3}), (usual, {"soups": 2})):
        tags = log.vocabulary.tags
        assert {key: log.vocabulary.get_hue(tags[key]) for key in expected} == expected


def test_what_the_site_shows_is_read(tmp_path: Path) -> None:
    schema(tmp_path)
    assert find_settings(tmp_path).site == (True, None, False, False, False)


def test_the_manual_says_what_can_be_set(tmp_path: Path) -> None:
    manual = (ROOT / "docs" / "guide" / "settings.md").read_text(encoding="utf-8")
    found = schema(tmp_path, "\n".join(re.findall("```toml\n(.*?)```", manual, re.DOTALL)))
    assert {"plant", "catalogue"} <= {*found.kinds}
    assert {"hardiness", "flowers_in", "ipni", "grows_with"} <= {*found.fields}
    assert {*found.own_claim_fields} == {"cost", "sampling", "based_on"}
    assert found.colours == {"trees": 3}


FIELD = "[fields.x]\n"
CLAIM_FIELD = "[claim_fields.x]\n"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("[kinds.Recipe]", "[kinds] `Recipe` is not a name; write small letters, digits and `-`"),
        ("[kinds.paper]", "[kinds] `paper` is a kind that every log has; choose another name"),
        ("[kinds]\nx = 3", "[kinds] `x` is `3`; write it as a table"),
        ("[kinds.x]\nlable = 'X'", "[kinds.x] has no setting `lable`; did you mean `label`?"),
        ("[kinds.x]\nwork = 'no'", "[kinds.x] `work` is `no`; write `true` or `false`"),
        ("[kinds.x]\nrequires = ['y']", "no field is named `y`; write names of fields, or"),
        ("[kinds.x]\nrequires = 'url'", "`requires` is `url`; write a list of texts"),
        ("[kinds.x]\nbibtex = 'a}b'", "`bibtex` is `a}b`; write one word, such as `misc`"),
        ("[fields.title]", "[fields] `title` is a name that every log has; choose another"),
        ("[fields.address]", "[fields] `address` is a name that every log has"),
        (
            "[fields.A-b]",
            "[fields] `A-b` is not a name; write small letters, digits and `_`, such as `a_b`",
        ),
        (f"{FIELD}type = 'int'", "`type` is `int`; write one of text, date, partial-date, url"),
        (f"{FIELD}label = ''", "[fields.x] `label` is ``; write a text, in quotes"),
        (f"{FIELD}label = {'a' * 300!r}", "; write at most 200 characters"),
        (f"{FIELD}pattern = '('", "missing ), unterminated subpattern at position 0; write a"),
        (f"{FIELD}pattern = '(a+)+'", "can match a text in too many ways; write a simpler one"),
        (f"{FIELD}pattern = 'a'\ntype = 'url'", '`pattern` is `a`; it is for `type = "text"`'),
        (f"{FIELD}type = 'choice'", '`choices` and `type = "choice"` go together'),
        (f"{FIELD}type = 'choice'\nchoices = ['A B']", "`A B`: write small letters"),
        (
            f"{FIELD}address = 'javascript:{{}}'",
            "write it for a `text` as `https://example.org/{}`",
        ),
        (f"{FIELD}locates = true\nlist = true", "`locates` is for one text or `url`"),
        (f"{FIELD}type = 'flag'\nlist = true", "a `flag` is one value; remove `list`"),
        (f"{FIELD}backward = 'y'", '`backward` is `y`; it is for `type = "note"`; remove it'),
        (f"{FIELD}show = 'link'", "`show` is `link`; a link needs `address`"),
        (f"{FIELD}show = 'fact'\ntype = 'note'", "a `note` is not shown on cards; remove it"),
        (f"{FIELD}fact = 'no place'", "write the value as `{}`, such as `X: {}`"),
        ("[fields.x2]\nsearch = true", "`search` needs a name of letters; rename the field"),
        ("[fields.link]\nsearch = true", "the search has a field `link` already"),
        ("[claim_fields.at]", "[claim_fields] `at` is a field that all claims may have; choose"),
        ("[claim_fields.claim]", "[claim_fields] `has:claim` asks for something else already"),
        (
            "[claim_fields.GPU-hours]",
            "[claim_fields] `GPU-hours` is not a name; write small letters, digits and `_`, such as",
        ),
        ("[claim_fields]\nx = 'text'", "[claim_fields] `x` is `text`; write it as a table"),
        (f"{CLAIM_FIELD}type = 'number'", "`type` is `number`; write one of text, date, partial-"),
        (f"{CLAIM_FIELD}search = true", "has no setting `search`; it has `type`, `pattern`"),
        (f"{CLAIM_FIELD}labl = 'X'", "has no setting `labl`; did you mean `label`?"),
        (f"{CLAIM_FIELD}label = 3", "[claim_fields.x] `label` is `3`; write a text, in quotes"),
        (f"{CLAIM_FIELD}type = 'choice'", '`choices` and `type = "choice"` go together'),
        (f"{CLAIM_FIELD}choices = ['a']", '`choices` and `type = "choice"` go together'),
        (
            f"{CLAIM_FIELD}pattern = '('",
            "missing ), unterminated subpattern at position 0; write a",
        ),
        (f"{CLAIM_FIELD}backward = 'y'", '`backward` is `y`; it is for `type = "note"`; remove it'),
        ("[site]\nmaps = true", "[site] has no setting `maps`; did you mean `map`?"),
        ("[site]\nmap = 1", "[site] `map` is `1`; write `true` or `false`"),
        ("[site.colours]\nx = 'noon'", "`x` is `noon`; write one of red, purple, green, blue"),
        ("[site.colours]\nx = 'red'\ny = 'red'", "`y` is `red`; another tag has this colour"),
    ],
)
def test_a_slip_is_told_with_its_place_and_what_to_write(
    tmp_path: Path, text: str, expected: str
) -> None:
    with pytest.raises(SettingsError) as caught:
        schema(tmp_path, text)
    message = str(caught.value)
    assert message.startswith("readinglog.toml: [")
    assert expected in message


VALUES = st.recursive(
    st.text() | st.booleans() | st.integers() | st.floats() | st.sampled_from(["url", "note"]),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(), inner, max_size=3),
    max_leaves=6,
)
NAMES = st.text(max_size=5) | st.sampled_from(["x", "type", "list", "label", "choices", "pattern"])
TABLES = st.dictionaries(NAMES, st.dictionaries(NAMES, VALUES, max_size=4) | VALUES, max_size=3)


@settings(max_examples=40)
@given(st.tuples(TABLES, TABLES, TABLES, TABLES))
def test_whatever_the_tables_hold_is_read_or_told(texts: tuple[dict[str, object], ...]) -> None:
    kinds, fields, claim_fields, colours = (
        SettingsTable(table, "readinglog.toml") for table in texts
    )
    try:
        found = read_schema(kinds, fields, claim_fields, colours)
    except SettingsError:
        return
    assert {*BUILT_IN.fields} <= {*found.fields}
    assert {*BUILT_IN.claim_fields} <= {*found.claim_fields}


@pytest.mark.parametrize(
    "pattern",
    [
        "(?i)a",
        "a++",
        "(?>a)",
        "(?P<x>a)",
        r"\Aa",
        "(a|ab)*c",
        "(?:a{0,9}){9}",
        "a*b*c*d*",
        "x" * 301,
    ],
)
def test_a_pattern_is_refused_that_browsers_read_otherwise_or_that_may_take_long(
    pattern: str,
) -> None:
    assert find_pattern_error(pattern)


@given(st.text(alphabet="ab(|)*+?{1,3}[]-", max_size=12), st.text(alphabet="ab", max_size=30))
def test_a_pattern_that_is_taken_is_quick(pattern: str, text: str) -> None:
    if not find_pattern_error(pattern):
        re.fullmatch(pattern, (text * LONGEST_TEXT)[: LONGEST_TEXT - 1] + "c")
