"""What queries find, in which order: the table of cases, and the rules one by one."""

from __future__ import annotations

import json

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from readinglog.notebook.notebook import Notebook
from readinglog.search.engine import Search
from readinglog.search.filters import UnanswerableQueryError, matches_name
from readinglog.search.language import BUILT_IN_LANGUAGE, HAS_MATH
from readinglog.search.query import Filter, Phrase, Query, Word
from readinglog.search.query_errors import QuerySyntaxError
from readinglog.workspace.loading import load_notebook
from support.brute_force import brute_force, is_called
from support.brute_force import facets as brute_facets
from support.paths import CASES
from support.query_trees import SORTS, grow, make_leaves
from support.searching import ask, find, list_found, make_search
from support.worlds import notebook, work

TABLE = CASES / "queries.json"
QUERIES = json.loads(TABLE.read_text(encoding="utf-8"))
LOG = load_notebook(CASES / "searching")


@pytest.fixture(scope="module")
def searching() -> Search:
    return make_search(LOG)


def answer(search: Search, text: str) -> dict[str, object]:
    """What the engine finds, as a case of the table says it."""
    try:
        result = search.ask(text)
    except QuerySyntaxError:
        return {"query": text, "error": True}
    facets = search.count_facets(hit.note for hit in result.hits)
    return {"query": text, "results": list_found(search, result.hits), "facets": facets}


def answer_the_long_way(text: str) -> dict[str, object]:
    """What the brute-force evaluation finds, likewise."""
    found = brute_force(LOG, text)
    if found is None:
        return {"query": text, "error": True}
    return {"query": text, "results": found, "facets": brute_facets(LOG, text)}


# The table
# -------------------------------------------------------------------------------------------------------------


@pytest.fixture(scope="module", autouse=True)
def update_table(request: pytest.FixtureRequest) -> None:
    """With `--update`, write what the brute-force evaluation finds into the table."""
    if not request.config.getoption("--update"):
        return
    lines = []
    for case in QUERIES:
        case_ = answer_the_long_way(case["query"])
        if isinstance(facets := case_.get("facets"), dict):
            for name, counts in facets.items():
                facets[name] = dict(sorted(counts.items(), key=lambda item: (-item[1], item[0])))
        lines.append(json.dumps(case_, ensure_ascii=False))
        case.clear()
        case.update(case_)
    TABLE.write_text("[\n" + ",\n".join(lines) + "\n]\n", encoding="utf-8")


@pytest.mark.parametrize("case", QUERIES, ids=lambda case: case["query"][:60] or "nothing")
def test_every_case_is_found_as_the_table_says(case: dict[str, object], searching: Search) -> None:
    assert answer(searching, str(case["query"])) == case


@pytest.mark.parametrize("case", QUERIES, ids=lambda case: case["query"][:60] or "nothing")
def test_the_table_says_what_brute_force_finds(case: dict[str, object]) -> None:
    assert answer_the_long_way(str(case["query"])) == case


def test_what_a_claim_disputes_its_note_disputes() -> None:
    log = {
        "by-a-claim.md": work("- It is so. [disputes:: [[other#^so]]] ^not-so"),
        "by-a-field.md": work(disputes="[other]"),
        "other.md": work("- It is so. ^so"),
    }
    assert sorted(ask(log, "has:disputes")) == ["by-a-claim", "by-a-field"]


def test_there_are_cases_enough() -> None:
    assert sum("results" in case for case in QUERIES) >= 600
    assert sum("error" in case for case in QUERIES) >= 60


# Made-up queries
# -------------------------------------------------------------------------------------------------------------

WORDS = (
    "routing routed the experts post-training fp8 cute bit tile attention how zebra rotuing "
    "16×16 1,000,000 β-VAE C++ C# matrices 注意力 モデル ภาษา straße kitchens moe et vs. R."
).split()
PHRASES = ["load balancing", "post training", "routing", "the expert", "注意力", "力", "16 × 16"]
LEAVES = st.one_of(
    st.builds(Word, st.sampled_from(WORDS), st.sampled_from(["", "title", "claim"])),
    st.builds(Phrase, st.sampled_from(PHRASES), st.sampled_from(["", "title", "claim"])),
    make_leaves(
        tag=[*LOG.vocabulary.tags, "nothing"],
        author=[*(name for note in LOG.published for name in note.authors), "R. S. Halloran"],
        venue=["neurips", "2024 neurips"],
        note=[note.name for note in LOG.published],
    ),
)


@settings(max_examples=200)
@given(st.builds(Query, st.recursive(LEAVES, grow, max_leaves=6), SORTS))
def test_the_brute_force_evaluation_finds_the_same(searching: Search, query: Query) -> None:
    assert answer(searching, str(query)) == answer_the_long_way(str(query))


@settings(max_examples=200)
@given(st.lists(st.sampled_from([*WORDS, *"noise gates ladder scan kernel".split()]), max_size=9))
def test_words_side_by_side_are_found_alike(searching: Search, words: list[str]) -> None:
    text = " ".join(words)
    assert answer(searching, text) == answer_the_long_way(text)


@settings(max_examples=200)
@given(st.text(st.sampled_from('ab:-"()“” \t.<>=~ORNTADtagsyeri0123\ud800é注力β+#,×'), max_size=40))
@example("<script>alert(1)</script>")
@example('<img src="x" onerror="alert(1)">')
@example("a" * 10_000)
@example("attention " * 1_000)
@example('"' * 9)
@example("(" * 10_000)
@example("\ud800 \udfff")
@example("\x00\x01")
def test_any_text_is_answered_alike_or_refused_alike(searching: Search, text: str) -> None:
    assert answer(searching, text) == answer_the_long_way(text)


# Rules
# -------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("value", BUILT_IN_LANGUAGE.has_values)
def test_every_value_of_has_finds_the_notes_that_have_it(value: str) -> None:
    written = {
        "code": "https://example.org/code",
        "doi": "10.1162/x",
        "arxiv": '"2401.10020"',
        "isbn": "978-0-262-03561-3",
        "openreview": "rJl-b3RcF7",
        "hf": "ada/engine",
        "github": "ada/engine",
    }
    texts = {
        HAS_MATH: "$x$",
        "claim": "- So it is. [at:: §1] ^so",
        "result": "- So it is. [result:: loss on C4 = 2.1] ^so",
    }
    fields = {} if value in texts else {value: written.get(value, "[b]")}
    files = {"a.md": work(texts.get(value, "Text."), **fields), "b.md": work("- Text. [at:: ] x")}
    assert ask(files, f"has:{value}") == ["a"]


def test_a_title_goes_before_a_summary_before_a_heading_before_the_text() -> None:
    log = {
        "a.md": work("Speaks of gates."),
        "b.md": work("## Gates\n\nText."),
        "c.md": work(authors="[Ada Gates]"),
        "d.md": work(summary="On gates."),
        "e.md": work(title="On gates"),
        "f.md": work(title="On gating"),
        "z.md": work("None."),
    }
    log = {path: text + "Filler. " * 300 for path, text in log.items()}
    assert ask(log, "gates") == ["e", "f", "d", "b", "c", "a"]


def test_a_longer_text_takes_weight_off_a_word() -> None:
    log = {"a.md": work("Gates. " + "Filler. " * 500), "b.md": work("Gates.", date="2026-01-01")}
    assert ask(log, "gates") == ["b", "a"]


def test_what_more_notes_link_to_is_first_among_equals() -> None:
    log = {
        "a.md": work("Gates.", date="2026-01-01"),
        "b.md": work("Gates."),
        "c.md": work("[[a]]"),
    }
    assert ask(log, "gates") == ["a", "b"]


def test_a_place_that_is_full_goes_on() -> None:
    log = {
        "a.md": work(title=" ".join(f"w{number}" for number in range(60)) + " zebra"),
        "b.md": work("A zebra."),
    }
    assert sorted(ask(log, "zebra")) == ["a", "b"]
    assert ask(log, "title:zebra") == ["a"]


def test_what_readers_do_not_see_is_not_found() -> None:
    text = "Seen <!-- hidden --> %%hidden%% $hidden$ [label](https://hidden.example) ![[b]]\n\n[id]: https://hidden.example\n\n`shown`"
    log = {"a.md": work(text), "b.md": work(title="Card"), "c.md": work("hidden", draft="true")}
    assert ask(log, "hidden") == []
    assert ask(log, "shown label") == ["a"]


def test_phrases_stay_within_a_text() -> None:
    log = {"a.md": work("## Last gate\n\nFirst tile.", title="Old", aliases="[One, Two]")}
    assert ask(log, '"last gate"') == ask(log, '"first tile"') == ["a"]
    assert ask(log, '"gate first"') == ask(log, '"one two"') == ask(log, '"old one"') == []
    assert ask(log, 'title:"one"') == ask(log, '"Ada Adams"') == ["a"]


FORGIVING = {
    "a.md": work("The auxiliary loss is gone."),
    "b.md": work("A loss."),
    "c.md": work("Removed.", title="Loss"),
    "d.md": work("Nothing of it."),
    "e.md": work("Nor here."),
}


def test_a_question_needs_fewer_of_its_words() -> None:
    assert ask(FORGIVING, "who removed the auxiliary loss") == ["c", "a"]
    assert ask(FORGIVING, "title:loss who removed the auxiliary loss") == ["c"]
    assert ask(FORGIVING, "removed the auxiliary loss of nothing") == ["c", "a"]


def test_of_two_words_both_are_needed_unless_one_is_far_rarer_or_no_note_has_both() -> None:
    many = {f"n{number}.md": work("A common word.") for number in range(30)}
    log = many | {"a.md": work("An uncommon word."), "b.md": work("Neither.")}
    assert ask(log, "uncommon word") == ["a"]
    assert sorted(ask(log, "uncommon neither")) == ["a", "b"]
    assert ask(log, "neither word")[0] == "b"


@pytest.mark.parametrize(
    "text", ["{} vs gates", "{} and gates", "of {} gates", "J. {} gates et al."]
)
def test_common_words_never_empty_a_result(text: str) -> None:
    assert ask({"a.md": work("Tiles, gates.")}, text.format("tiles")) == ["a"]


@pytest.mark.parametrize(
    "text",
    ["the gates", "gates (the tiles)", "gates tiles (of tiles)", "gates tiles -(the giraffes)"],
)
def test_common_words_do_not_count_in_groups_either(text: str) -> None:
    assert ask({"a.md": work("Gates, tiles.")}, text) == ["a"]


def test_common_words_count_alone() -> None:
    log = {"a.md": work("To be or not."), "b.md": work("Tiles.", summary="Nothing")}
    assert ask(log, "or") == ask(log, "to be or not to be") == ["a"]


def test_words_with_a_colon_are_words() -> None:
    log = {"a.md": work(title="'Mamba: Linear-Time Models'"), "b.md": work("At 10:30.")}
    assert ask(log, "mamba: linear models") == ["a"]
    assert ask(log, "10:30") == ["b"]
    assert ask(log, 'Mamba:"linear time"') == ["a"]


@pytest.mark.parametrize(
    ("name", "value", "expected"),
    [
        ("Richard S. Sutton", "Sutton", True),
        ("Richard S. Sutton", "Richard Sutton", True),
        ("Richard S. Sutton", "R. S. Sutton", True),
        ("Richard S. Sutton", "sutton et al.", True),
        ("R. S. Sutton", "Richard Sutton", True),
        ("Richard Sutton", "R. S. Sutton", False),
        ("Sofia Sanders", "S. Sofia", True),
        ("Aäron van den Oord", "van den Oord", True),
        ("Aäron van den Oord", "A. van den Oord", True),
        ("Aäron van den Oord", "oord aaron", True),
        ("Zoë Li", "li", True),
        ("Zoë Li", "z", False),
        ("Zoë Li", "z l", False),
        ("Zoë Li", "zoe kim", False),
        ("Zoë Li", "et al.", False),
        ("李明", "李明", True),
        ("@zoe_li", "zoe", True),
    ],
)
def test_people_are_found_by_their_names_and_initials(
    name: str, value: str, expected: object
) -> None:
    assert matches_name(name, value) is expected
    assert is_called(name, value) is expected


def test_what_only_a_browser_knows_is_refused_with_the_reason() -> None:
    for text in ("is:marked", "-is:marked gates"):
        with pytest.raises(UnanswerableQueryError, match="what one browser has marked"):
            ask({"a.md": work()}, text)


@pytest.mark.parametrize("field", ["published", "rating"])
def test_notes_without_a_value_are_last(field: str) -> None:
    values = {"published": ("2024", "2024-05", "2025"), "rating": ("1", "3", "5")}[field]
    log = {f"{at}.md": work(**{field: value}) for at, value in zip("abc", values, strict=True)}
    expected = ["c", "a", "b", "z"] if field == "published" else ["c", "b", "a", "z"]
    assert ask(log | {"z.md": work()}, f"sort:{field}") == expected


def test_the_order_that_is_asked_for_goes_before_that_of_the_query() -> None:
    log = {"a.md": work(rating="5", published="2020"), "b.md": work(rating="1", published="2024")}
    search = make_search(notebook(log))
    hits = search.ask("sort:rating", "published").hits
    assert list_found(search, hits) == ["b", "a"]


def test_only_what_stands_first_is_counted_as_named() -> None:
    log = {"a.md": work(title="Gates", date="2026-01-01"), "b.md": work("Gates.")}
    search = make_search(notebook(log))
    assert search.ask("gates").named == 1
    assert find(search, "gates sort:date") == ["b", "a"]
    assert search.ask("gates sort:date").named == 0


def test_an_empty_log_answers() -> None:
    assert ask({}, "") == ask({}, "a -b tag:c") == ask({}, "author:x sort:rating") == []
    assert not any(make_search(Notebook([])).count_facets([]).values())


def test_an_author_counts_once_for_a_note() -> None:
    search = make_search(notebook({"a.md": work(authors="[Ada Adams, Ada Adams]")}))
    assert search.count_facets([0])["author"] == {"Ada Adams": 1}


def test_filters_alone_have_no_scores() -> None:
    search = make_search(notebook({"a.md": work(), "b.md": work("[[a]]")}))
    assert [hit.score for hit in search.ask("tag:moe").hits] == [0, 0]
    assert search.ask(str(Filter("tag", "moe"))).named == 0
