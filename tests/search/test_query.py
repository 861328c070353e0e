"""The search language: how a query is read, what it finds, and what is said where it cannot be read
or finds nothing.
"""

from __future__ import annotations

import json

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from readinglog.notebook.notebook import Notebook
from readinglog.search import Corpus, Hints, Query, QuerySyntaxError, Search, parse_query
from readinglog.search.language import HAS_MATH, list_has_values
from readinglog.search.query import And, Filter, Not, Or, Phrase, Tree, Word
from readinglog.search.words import split_terms, split_words, stem_word
from readinglog.workspace.loading import load_notebook
from support.brute_force import brute_force
from support.brute_force import facets as brute_facets
from support.paths import CASES
from support.worlds import notebook, work

QUERIES = json.loads((CASES / "queries.json").read_text(encoding="utf-8"))


@pytest.fixture(scope="module")
def searching() -> Search:
    return Search(Corpus(load_notebook(CASES / "searching")))


def found(search: Search, text: str) -> list[str]:
    return [hit.note.name for hit in search.ask(parse_query(text)).hits]


def ask(files: dict[str, str], text: str) -> list[str]:
    return found(Search(Corpus(notebook(files))), text)


# Words
# -----------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Post-Training, 1.58-bit!", ["post", "training", "1", "58", "bit"]),
        ("Søren José’s naïve ﬁne²", ["søren", "jose", "s", "naive", "fine2"]),
        ("C++ _x_ ½", ["c", "x", "1", "2"]),
        ("модель 模型 ΑΣ", ["модель", "模型", "ας"]),
        ("", []),
    ],
)
def test_words_are_runs_of_letters_and_digits_without_marks_and_case(
    text: str, expected: list[str]
) -> None:
    assert split_words(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("CuTe", {"cute", "cu", "te"}),
        ("FP8", {"fp8", "fp"}),
        ("MoELayer", {"moelayer", "mo", "layer"}),
        ("post-training", {"post", "training", "posttraining"}),
        ("flash_attn's", {"flash", "attn", "s", "flashattns"}),
        ("Routing", {"routing"}),
        ("a" * 30 + "-" + "b" * 30, {"a" * 30, "b" * 30}),
    ],
)
def test_terms_are_words_with_their_parts_and_what_marks_join(
    text: str, expected: set[str]
) -> None:
    assert set(split_terms(text)) == expected


def test_forms_of_a_word_have_one_stem() -> None:
    assert {stem_word(word) for word in ("routing", "routed", "routes", "route")} == {"rout"}


# Reading
# -----------------------------------------------------------------------------

NAMES = st.from_regex(r"[a-zñ0-9][a-z0-9._:/#+-]{0,8}", fullmatch=True).filter(
    lambda text: ":" not in text or "://" in text
)
TEXTS = st.from_regex(r"[a-z0-9](?:[a-z0-9 ()-]{0,8}[a-z0-9])?", fullmatch=True)
LEAVES = st.one_of(
    st.builds(Word, NAMES, st.booleans()),
    st.builds(Phrase, TEXTS, st.booleans()),
    st.builds(
        Filter,
        st.sampled_from(["tag", "author", "venue", "links", "linked-from"]),
        st.one_of(NAMES, TEXTS),
    ),
    st.builds(Filter, st.just("kind"), st.sampled_from(["paper", "topic"])),
    st.builds(Filter, st.just("has"), st.sampled_from(["code", "math"])),
    st.builds(Filter, st.just("is"), st.sampled_from(["read", "orphan"])),
    st.builds(
        Filter,
        st.sampled_from(["year", "date"]),
        st.sampled_from(["2024", "2019..2024", "..2020", "2021..", ">2019", "<=2022"]),
    ),
    st.builds(Filter, st.just("rating"), st.sampled_from(["4", ">=3", "..2"])),
)


def _larger(trees: st.SearchStrategy[Tree]) -> st.SearchStrategy[Tree]:
    several = st.lists(trees, min_size=2, max_size=4).map(tuple)
    return st.one_of(st.builds(Not, trees), st.builds(And, several), st.builds(Or, several))


TREES = st.recursive(LEAVES, _larger, max_leaves=8)
SORTS = st.sampled_from(["", "relevance", "published", "date", "rating"])


@given(st.builds(Query, st.one_of(st.none(), TREES), SORTS))
def test_what_is_printed_reads_back_as_the_same(query: Query) -> None:
    assert parse_query(str(query)) == query


@given(st.text(st.sampled_from('ab:-"()“” \t.<>=~ORNTADtagsyeri0123\ud800é'), max_size=40))
def test_any_text_is_a_query_or_a_syntax_error_with_its_place(text: str) -> None:
    try:
        query, error = parse_query(text), None
    except QuerySyntaxError as caught:
        query, error = None, caught
    if error:
        assert 0 <= error.span.start <= error.span.end <= len(text)
        assert error.message
        assert error.help
        assert not error.suggestion or parse_query(error.suggestion)
    else:
        assert parse_query(str(query)) == query


@pytest.mark.parametrize(
    ("text", "marked", "message", "help_", "suggestion"),
    [
        (
            'routing "load bal',
            '"load bal',
            "this quote is never closed",
            'close it with `"`',
            'routing "load bal"',
        ),
        ("(a OR b", "(", "this parenthesis is never closed", "close it with `)`", "(a OR b)"),
        (
            "a) b",
            ")",
            "this closing parenthesis has no opening one",
            "remove it, or add `(` before it",
            "a b",
        ),
        (
            "a ()",
            "()",
            "these parentheses are empty",
            "remove them, or write terms between them",
            "a",
        ),
        ("a OR", "OR", "`OR` needs a term on each side", "add one, or remove `OR`", "a"),
        ("AND a", "AND", "`AND` needs a term on each side", "add one, or remove `AND`", "a"),
        ("a NOT", "NOT", "`NOT` needs a term right after it", "add one, or remove `NOT`", "a"),
        ("a - b", "-", "`-` needs a term right after it", "add one, or remove `-`", "a b"),
        (
            "tag:",
            "tag:",
            "`tag:` has no value",
            "write one right after the colon, as in `tag:moe`",
            "",
        ),
        ("a ???", "???", "`???` has no letter or digit to search for", "remove it", "a"),
        (
            "tga:moe",
            "tga:moe",
            "no field is named `tga`",
            "did you mean `tag`? the fields are `tag`, ",
            "tag:moe",
        ),
        ("zzz:“moe", "“moe", "this quote is never closed", 'close it with `"`', '"zzz:moe"'),
        ("a (OR b", "OR", "`OR` needs a term on each side", "add one, or remove `OR`", "a ( b)"),
        ("routing (", "(", "this parenthesis is never closed", "close it with `)`", "routing"),
        (
            "colour:red",
            "colour:red",
            "no field is named `colour`",
            "the fields are `tag`, ",
            '"colour:red"',
        ),
        (
            "kind:papre",
            "kind:papre",
            "`papre` is not a value of `kind`",
            "did you mean `paper`? use one of `paper`, `post`, ",
            "kind:paper",
        ),
        (
            "a year:20x4",
            "year:20x4",
            "`20x4` is not a value of `year`",
            "write `2024`, or a range: `2024..`, ",
            "a",
        ),
        (
            "year:2026..2024",
            "year:2026..2024",
            "the range `2026..2024` runs backwards",
            "write `2024..2026`",
            "year:2024..2026",
        ),
        (
            "sort:date sort:rating",
            "sort:rating",
            "`sort:` is used twice",
            "remove one of them",
            "sort:date",
        ),
        (
            "(a sort:date)",
            "sort:date",
            "`sort:` orders the whole result",
            "write it outside parentheses, ",
            "(a )",
        ),
        (
            "-sort:date a",
            "sort:date",
            "`sort:` orders the whole result",
            "write it outside parentheses, ",
            "a",
        ),
    ],
)
def test_a_syntax_error_says_where_it_is_and_offers_a_fix(
    text: str, marked: str, message: str, help_: str, suggestion: str
) -> None:
    with pytest.raises(QuerySyntaxError) as caught:
        parse_query(text)
    error = caught.value
    assert text[error.span.start : error.span.end] == marked
    assert error.message == message
    assert error.help.startswith(help_)
    assert error.suggestion == suggestion


def test_endless_queries_are_refused() -> None:
    for text in ("a" * 1_001, "(" * 21 + "a" + ")" * 21, "-(" * 21 + "a" + ")" * 21):
        with pytest.raises(QuerySyntaxError):
            parse_query(text)
    assert parse_query("(" * 20 + "a" + ")" * 20)


# Finding
# -----------------------------------------------------------------------------


@pytest.mark.parametrize("case", QUERIES, ids=lambda case: case["query"][:60] or "nothing")
def test_every_case_is_found_as_the_table_says(case: dict[str, object], searching: Search) -> None:
    if case.get("error"):
        with pytest.raises(QuerySyntaxError):
            parse_query(str(case["query"]))
        return
    result = searching.ask(parse_query(str(case["query"])))
    assert [hit.note.name for hit in result.hits] == case["results"]
    assert result.facets == case["facets"]


@pytest.mark.parametrize("value", list_has_values())
def test_every_value_of_has_finds_the_notes_that_have_it(value: str) -> None:
    written = {"code": "https://example.org/code", "doi": "10.1162/x", "arxiv": '"2401.10020"'}
    fields = {} if value == HAS_MATH else {value: written.get(value, "[b]")}
    files = {"a.md": work("$x$" if value == HAS_MATH else "Text.", **fields), "b.md": work()}
    assert ask(files, f"has:{value}") == ["a"]


def test_there_are_cases_enough() -> None:
    assert sum("results" in case for case in QUERIES) >= 120


@pytest.fixture(scope="module")
def log() -> Notebook:
    return load_notebook(CASES / "searching")


@settings(max_examples=150, deadline=None)
@given(data=st.data())
def test_the_brute_force_evaluation_finds_the_same(
    data: st.DataObject, searching: Search, log: Notebook
) -> None:
    vocabulary = [
        "routing",
        "routed",
        "the",
        "experts",
        "post-training",
        "fp8",
        "cute",
        "bit",
        "tile",
        "attention",
        "how",
        "zebra",
    ]
    leaves = st.one_of(
        st.builds(Word, st.sampled_from(vocabulary), st.booleans()),
        st.builds(
            Phrase, st.sampled_from(["load balancing", "post training", "routing", "the expert"])
        ),
        LEAVES.filter(
            lambda leaf: (
                isinstance(leaf, Filter)
                and leaf.field not in ("tag", "author", "venue", "links", "linked-from")
            )
        ),
        st.builds(Filter, st.just("tag"), st.sampled_from([*log.vocabulary.tags, "nothing"])),
        st.builds(
            Filter,
            st.just("author"),
            st.sampled_from([name for note in log.published for name in note.authors]),
        ),
        st.builds(
            Filter,
            st.sampled_from(["links", "linked-from"]),
            st.sampled_from([note.name for note in log.published]),
        ),
    )
    query = Query(data.draw(st.recursive(leaves, _larger, max_leaves=6)), data.draw(SORTS))
    result = searching.ask(query)
    assert [hit.note.name for hit in result.hits] == brute_force(log, str(query))
    assert result.facets == brute_facets(log, str(query))


def test_a_title_goes_before_a_summary_before_a_heading_before_the_text() -> None:
    log = {
        "a.md": work("Speaks of gates."),
        "b.md": work("## Gates\n\nText."),
        "c.md": work(authors="[Ada Gates]"),
        "d.md": work(summary="On gates."),
        "e.md": work(title="Gates"),
        "f.md": work(title="Gating"),
        "z.md": work("None."),
    }
    assert ask(log, "gates") == ["e", "d", "f", "b", "c", "a"]


def test_a_place_that_is_full_spills_into_the_text() -> None:
    log = {
        "a.md": work(title=" ".join(f"w{number}" for number in range(60)) + " zebra"),
        "b.md": work("A zebra."),
    }
    assert sorted(ask(log, "zebra")) == ["a", "b"]
    assert ask(log, "title:zebra") == []


def test_what_readers_do_not_see_is_not_found() -> None:
    text = "Seen <!-- hidden --> %%hidden%% $hidden$ [label](https://hidden.example) ![[b]]\n\n[id]: https://hidden.example\n\n`shown`"
    log = {"a.md": work(text), "b.md": work(title="Card"), "c.md": work("hidden", draft="true")}
    assert ask(log, "hidden") == []
    assert ask(log, "shown label") == ["a"]


def test_a_question_needs_half_of_its_words() -> None:
    log = {
        "a.md": work("The auxiliary loss is gone."),
        "b.md": work("A loss."),
        "c.md": work("Removed.", title="Loss"),
    }
    assert ask(log, "who removed the auxiliary loss") == ["c", "a"]
    assert ask(log, "removed the auxiliary loss") == []
    assert ask(log, "who") == []
    assert ask(log, "title:loss who removed the auxiliary loss") == []
    assert ask(log, "removed auxiliary loss of the experts") == ["c", "a"]


def test_an_empty_log_answers() -> None:
    assert ask({}, "") == ask({}, "a -b tag:c") == []


# Hints
# -----------------------------------------------------------------------------


def hints(files: dict[str, str], text: str) -> list[tuple[str, str]]:
    search = Search(Corpus(notebook(files)))
    query = parse_query(text)
    return [tuple(hint) for hint in Hints(search).of(query, found=bool(search.ask(query).hits))]


LOG = {
    "gates.md": work(
        "Routing of tokens.", tags="[experts]", authors="[Noam Shazeer]", venue="ICLR"
    ),
    "tiles.md": work("Tiles.", tags="[kernels]"),
}


def test_a_name_that_is_not_there_offers_the_nearest() -> None:
    assert hints(LOG, "tag:expert") == [
        ("there is no tag `expert`; did you mean `experts`?", "tag:experts")
    ]
    assert hints(LOG, "tiles -author:shazer") == [
        (
            "there is no author `shazer`; did you mean `Noam Shazeer`?",
            'tiles -author:"Noam Shazeer"',
        ),
    ]
    assert hints(LOG, "tiles OR links:gate") == [
        ("there is no note `gate`; did you mean `gates`?", "tiles OR links:gates")
    ]
    assert hints(LOG, "tiles OR venue:qqq") == [("there is no venue `qqq`", "")]
    assert hints(LOG, "tag:experts tag:kernels sort:date")[0] == (
        "drop `tag:experts` (1 result)",
        "tag:kernels sort:date",
    )


def test_a_query_that_is_called_like_a_tag_offers_it() -> None:
    files = LOG | {
        "tags.yml": "experts: {name: MoE, aliases: [mixture of experts]}\nkernels: {}\nunused: {}"
    }
    tag = ("`MoE` is a tag of 1 note", "tag:experts")
    assert hints(files, "Mixture of Experts")[0] == hints(files, '"moe"')[0] == tag
    assert hints(files, "moe sort:date")[0] == ("`MoE` is a tag of 1 note", "tag:experts sort:date")
    assert not any(
        "is a tag" in message
        for text in ("unused", "moe routing", "title:moe", "-moe", "")
        for message, _ in hints(files, text)
    )


def test_a_word_that_no_note_has_offers_one_that_is_spelled_like_it() -> None:
    assert hints(LOG, "rooting") == [
        ("no note has the word `rooting`; did you mean `routing`?", "routing")
    ]


def test_a_lower_case_operator_is_a_word_with_a_hint() -> None:
    said = "`or` in lower case is a word; in capitals it is an operator"
    assert hints(LOG, "tiles or routing")[0] == (said, "tiles OR routing")
    assert hints(LOG, "not tiles")[0] == (said.replace("`or`", "`not`"), "NOT tiles")
    assert hints(LOG, "why tiles or routing") == []
    assert hints(LOG, "routing or") == []


def test_a_word_that_no_title_has_is_not_called_unknown() -> None:
    assert hints(LOG, "title:routing") == []


def test_the_closest_notes_have_most_of_the_words() -> None:
    search = Search(Corpus(notebook(LOG)))
    query = parse_query("the routing of zebras tag:experts")
    assert [hit.note.name for hit in Hints(search).closest(query)] == ["gates"]
