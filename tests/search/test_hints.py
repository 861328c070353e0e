"""Hints: what is suggested where a query finds nothing, or names something unknown."""

from __future__ import annotations

import pytest

from readinglog.search.hints import Hints
from readinglog.search.parser import parse_query
from readinglog.search.query_errors import QuerySyntaxError
from readinglog.workspace.loading import load_notebook
from support.brute_force import closest
from support.paths import CASES
from support.searching import list_found, make_search
from support.worlds import notebook, work


def hints(files: dict[str, str], text: str) -> list[tuple[str, str]]:
    search = make_search(notebook(files))
    return [tuple(hint) for hint in Hints(search).of(search.ask(text))]


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
            "there is no author `shazer`, so this excludes nothing; did you mean `Noam Shazeer`?",
            'tiles -author:"Noam Shazeer"',
        ),
    ]
    for query in ("-tag:qqq", "tiles NOT tag:qqq", "tiles -(tag:qqq OR tag:experts)"):
        assert ("there is no tag `qqq`, so this excludes nothing", "") in hints(LOG, query)
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


def test_a_corrected_word_is_said() -> None:
    assert hints(LOG, "rooting") == [
        ("no note has the word `rooting`; these results are for `routing`", "")
    ]


def test_results_of_a_correction_are_claimed_only_if_there_are_some() -> None:
    assert hints(LOG, "rooting kind:book")[0] == (
        "no note has the word `rooting`; did you mean `routing`?",
        "",
    )


def test_words_that_are_nearly_a_field_offer_it() -> None:
    said = "`{0}` is not a field, so `{0}:{1}` is searched for as words"
    assert hints(LOG, "tiles athor:shazeer")[0] == (
        said.format("athor", "shazeer"),
        "tiles author:shazeer",
    )
    assert hints(LOG, "Tga:kernels")[0] == (
        "`tga` is not a field, so `Tga:kernels` is searched for as words",
        "tag:kernels",
    )
    assert hints(LOG, "-ttag:kernels")[0][1] == "-tag:kernels"
    assert not any("is not a field" in said for said, _ in hints(LOG, "colour:red Mamba: tags"))
    assert not any("is not a field" in said for said, _ in hints(LOG, "yea:soon"))


def test_other_words_for_a_field_offer_it() -> None:
    said = "`{0}` is not a field, so `{0}:{1}` is searched for as words"
    assert hints(LOG, "type:paper") == [(said.format("type", "paper"), "kind:paper")]
    assert hints(LOG, "type:article") == [(said.format("type", "article"), "kind:paper")]
    assert hints(LOG, "by:shazeer")[0][1] == "author:shazeer"
    assert hints(LOG, "published:soon") == []


def test_a_writer_who_is_an_author_is_looked_for_among_the_authors() -> None:
    assert hints(LOG, "by:shazeer") == [
        ("there is no writer `shazeer`; did you mean `author:shazeer`?", "author:shazeer")
    ]
    assert hints(LOG, "by:nobody") == [("there is no writer `nobody`", "")]


def test_a_mistyped_field_wins_over_a_correction() -> None:
    search = make_search(notebook(LOG))
    result = search.ask("athor:shazeer")
    assert result.corrections == ()
    assert [hint.query for hint in Hints(search).of(result)] == ["author:shazeer"]
    assert list_found(search, Hints(search).find_closest(result.query)) == ["gates"]


def test_a_query_that_names_a_hub_says_why_it_is_first() -> None:
    files = LOG | {
        "hub.md": work(title="All of it", kind="topic", tags="[experts]", authors="", url="")
    }
    assert hints(files, "experts")[0] == (
        "`experts` is a tag of 2 notes, whose hub is listed first",
        "tag:experts",
    )
    assert hints(files, "experts sort:date")[0][0] == "`experts` is a tag of 2 notes"


@pytest.mark.parametrize(
    ("text", "suggestion"),
    [
        ("is:unread", "is:to-read"),
        ("kind:blog", "kind:post"),
        ("kind:papers", "kind:paper"),
        ("sort:newest", "sort:date"),
        ("sort:year", "sort:published"),
        ("has:repo", "has:code"),
        ("year:2017-2019", "year:2017..2019"),
        ("year:2017–2019", "year:2017..2019"),
        ("year:2025-", "year:2025.."),
        ("year:-2020", "year:..2020"),
        ("year:2019-2017", ""),
        ("rating:4+", "rating:4.."),
        ("date:2026-11-01-2026-11-05", "date:2026-11-01..2026-11-05"),
        ("kind:zzz", ""),
    ],
)
def test_values_in_other_words_or_signs_are_suggested(text: str, suggestion: str) -> None:
    with pytest.raises(QuerySyntaxError) as caught:
        parse_query(text)
    assert caught.value.suggestion == suggestion


def test_a_query_that_names_a_note_says_why_it_cannot_be_parsed() -> None:
    assert hints(LOG | {"moe.md": work(title="MoE")}, "(moe") == [
        ("the query names what is shown, but this parenthesis is never closed", "(moe)")
    ]


def test_an_address_that_no_note_has_is_said_to_be_unknown() -> None:
    text = "https://site.example/2024/routing-of-tokens.html"
    said = ("no note has the address or identifier `{}`", "")
    assert hints(LOG, text) == [(said[0].format(text), "")]
    search = make_search(notebook(LOG))
    assert list_found(search, Hints(search).find_closest(parse_query(text))) == ["gates"]
    assert hints(LOG, "2412.12345") == [(said[0].format("2412.12345"), "")]


def test_a_lower_case_operator_is_a_word_with_a_hint() -> None:
    said = "`or` in lower case is a word; in capitals it is an operator"
    assert hints(LOG, "tiles or routing")[0] == (said, "tiles OR routing")
    assert hints(LOG, "not tiles")[0] == (said.replace("`or`", "`not`"), "NOT tiles")
    assert hints(LOG, "why tiles or routing") == []
    assert hints(LOG, "routing or") == []


def test_a_word_that_no_title_has_is_not_called_unknown() -> None:
    assert hints(LOG, "title:routing") == []


@pytest.mark.parametrize(
    ("text", "kept"),
    [
        ('"zebra giraffe" tiles', '"zebra giraffe"'),
        ("title:zebra tiles", "title:zebra"),
        ("-tiles tiles", "-tiles"),
        ("(zebra OR giraffe) -routing", "(zebra OR giraffe)"),
        ('author:"Noam Shazeer" tag:kernels', 'author:"Noam Shazeer"'),
    ],
)
def test_terms_that_may_be_dropped_are_shown_with_their_marks(text: str, kept: str) -> None:
    said = [message for message, _ in hints(LOG, text)]
    assert any(f"drop `{kept}` (" in message for message in said) or kept.startswith("(")
    for _, changed in hints(LOG, text):
        assert not changed or parse_query(changed)


def test_dropping_one_of_three_keeps_the_others() -> None:
    found = hints(LOG, 'tag:experts -"of tokens" tiles sort:date')
    assert ("drop `tag:experts` (1 result)", '-"of tokens" tiles sort:date') in found


def test_the_closest_notes_have_most_of_the_words() -> None:
    search = make_search(notebook(LOG))
    query = parse_query("the routing of zebras tag:experts")
    assert list_found(search, Hints(search).find_closest(query)) == ["gates"]


QUESTIONS = [
    "whose reward zyzzyva",
    "how does a scan fuse attention kernels",
    "attention tiles giraffe",
    "sparse gates zyzzyva",
    "the zyzzyva of noise -ladder",
    "title:noise zyzzyva",
    "experts giraffe zebra tag:moe",
    "memory tag:numerics of",
    '"balancing load" giraffe kernels',
    "the of tag:robotics",
    "giraffe",
    "tag:robotics",
    "の猫 注意",
]


@pytest.mark.parametrize("text", QUESTIONS)
def test_the_closest_notes_are_those_of_brute_force(text: str) -> None:
    log = load_notebook(CASES / "searching")
    search = make_search(log)
    found = Hints(search).find_closest(search.ask(text).query)
    assert list_found(search, found) == closest(log, text)
