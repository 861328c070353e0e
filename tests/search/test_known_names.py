"""Known items: a work that is asked for by its name, identifier or address is first."""

from __future__ import annotations

import pytest

from readinglog.model.vocabulary import Tag
from readinglog.notebook.notebook import Notebook
from readinglog.search.engine import Search
from readinglog.search.name_keys import list_query_keys
from readinglog.workspace.loading import load_notebook
from support.known_items import list_known_items
from support.paths import CASES
from support.searching import ask, find, make_search
from support.worlds import notebook, work

LOG = load_notebook(CASES / "searching")


@pytest.fixture(scope="module")
def search() -> Search:
    return make_search(LOG)


KNOWN_ITEMS = [
    pytest.param(text, note.name, id=f"{kind}: {text}")
    for note in LOG.published
    for kind, text in list_known_items(note)
]


@pytest.mark.parametrize(("text", "name"), KNOWN_ITEMS)
def test_a_work_that_is_asked_for_by_name_is_first(search: Search, text: str, name: str) -> None:
    assert find(search, text)[:1] == [name]
    assert search.ask(text).named


@pytest.mark.parametrize("tag", LOG.vocabulary.tags.values(), ids=lambda tag: tag.key)
def test_a_tag_that_is_asked_for_has_its_hub_first_and_its_most_linked_work_soon(
    search: Search, tag: Tag
) -> None:
    counts = dict(zip(search.index.note_names, search.index.link_counts, strict=True))
    most = max((counts[note.name] for note in LOG.tags.get_works(tag)), default=0)
    for text in (tag.key, tag.name, *(alias.text for alias in tag.aliases)):
        found = find(search, text)
        if hub := LOG.tags.hubs.get(tag.key):
            assert found[0] == hub.name
        if most:
            assert most in [counts[name] for name in found[:3]]


TAGS = "moe: {aliases: [mixture of experts]}\nrouting: {parent: moe}"


def test_of_several_notes_of_a_name_the_hub_is_first_and_short_titles_are_last() -> None:
    log = {
        "tags.yml": TAGS,
        "hub.md": work(title="All of it", kind="topic", tags="[moe]", authors="", url=""),
        "c.md": work(title="Moe", tags="[routing]", url="https://example.org/c"),
        "b.md": work(title="B", aliases="[MoE]", tags="[routing]", url="https://example.org/b"),
        "moe.md": work("Text.", title="C", tags="[routing]", url="https://example.org/moe"),
        "d.md": work(title="'Moe: a look back'", tags="[routing]", url="https://example.org/d"),
        "e.md": work(title="Cited", tags="[routing]", url="https://example.org/e"),
        "f.md": work("[[e|It]] and [[e|it]]", title="Citing", url="https://example.org/f"),
        "g.md": work("[[e|It]]", title="Citing too", url="https://example.org/g"),
    }
    assert ask(log, "moe")[:6] == ["hub", "c", "b", "moe", "d", "e"]
    assert ask(log, "Mixture of Experts")[:2] == ["hub", "e"]
    assert ask(log, "moe -kind:topic")[0] == "c"


def test_among_equals_the_more_linked_and_then_the_newer_is_first() -> None:
    log = {
        "a.md": work(title="Same", date="2026-11-01"),
        "b.md": work(title="Same", date="2026-11-02"),
        "c.md": work("[[d|It]]", title="Other", date="2026-11-03"),
        "d.md": work(title="Same", date="2026-10-01"),
    }
    assert ask(log, "same") == ["d", "b", "a"]


def test_a_name_beside_fields_is_first_where_they_hold() -> None:
    log = {
        "a.md": work("Gates, gates, gates.", title="Of gates", rating="4"),
        "gates.md": work(title="A work", rating="4"),
        "b.md": work(title="Gates", rating="2"),
    }
    assert ask(log, "gates rating:4")[0] == "gates"
    assert ask(log, "rating:2 gates") == ["b"]


@pytest.mark.parametrize("text", ["tag:moe", "title:moe", "author:moe", "year:2024", "kind:paper"])
def test_the_value_of_a_field_is_not_an_address(text: str) -> None:
    assert text.partition(":")[2] not in list_query_keys(text)


def test_fields_keep_their_order_where_a_note_is_called_like_their_value() -> None:
    log = {
        "a.md": work(title="Moe", date="2026-11-01"),
        "b.md": work(title="Other", date="2026-11-02"),
    }
    assert ask(log, "tag:moe") == ["b", "a"]
    assert ask(log, "title:other") == ["b"]
    assert (
        ask({"a.md": work(title="Old", tags="[moe]"), "b.md": work("[[a|It]]")}, "title:moe") == []
    )


def test_a_query_that_cannot_be_parsed_finds_what_it_names() -> None:
    log = {"a.md": work(title="'An \"unclosed quote'"), "b.md": work(title="'Status: Unknown'")}
    assert ask(log, 'An "unclosed quote') == ["a"]
    assert ask(log, "Status: Unknown") == ["b"]


@pytest.mark.parametrize(
    "text",
    [
        "https://doi.org/10.1000/(sici)1(2)",
        "10.1000/(sici)1(2)",
        "doi:10.1000/(SICI)1(2)",
        "https://doi.org/10.1000/%28sici%291%282%29",
    ],
)
def test_brackets_at_the_end_of_a_doi_belong_to_it(text: str) -> None:
    log = {"a.md": work(doi="10.1000/(SICI)1(2)"), "b.md": work("10.1000 sici 1 2 doi.org https")}
    assert make_search(notebook(log)).ask(text).named == 1
    assert ask(log, text)[0] == "a"


CODE = {
    "a.md": work(code="https://github.com/Owner/Name", title="A"),
    "b.md": work(code="https://github.com/owner/many/tree/main/part", title="B"),
    "c.md": work(code="https://git.site.example/team/tool.git", title="C"),
    "d.md": work("github com owner name many tree main part", title="D"),
}


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("https://github.com/owner/name.git", "a"),
        ("git@github.com:Owner/Name.git", "a"),
        ("ssh://git@github.com/owner/name", "a"),
        ("git+https://github.com/owner/name", "a"),
        ("github.com/owner/name/tree/main/src", "a"),
        ("https://github.com/owner/name/blob/main/a.py#L3", "a"),
        ("https://github.com/owner/name/issues/12", "a"),
        ("https://raw.githubusercontent.com/owner/name/main/README", "a"),
        ("owner/name", "a"),
        ("github:owner/name", "a"),
        ("git clone https://github.com/owner/name.git", "a"),
        ("GitHub - owner/name: What it is", "a"),
        ("https://github.com/owner/many", "b"),
        ("https://github.com/owner/many/tree/main/part", "b"),
        ("git@git.site.example:team/tool", "c"),
        ("https://git.site.example/team/tool/-/tree/main", "c"),
    ],
)
def test_a_repository_is_known_in_all_its_forms(text: str, name: str) -> None:
    search = make_search(notebook(CODE))
    assert find(search, text)[0] == name
    assert search.ask(text).named == 1


def test_another_folder_of_a_repository_is_not_the_work() -> None:
    assert not make_search(notebook(CODE)).ask("https://github.com/owner/many/tree/main/x").named


def test_a_host_is_known_if_few_works_have_it() -> None:
    log = {f"n{at}.md": work(url=f"https://many.example/{at}") for at in range(11)}
    log |= {"a.md": work(url="http://www.one.example/Text.html"), "b.md": work("one example")}
    search = make_search(notebook(log))
    for text in ("one.example", "https://www.one.example/", "http://one.example:80"):
        assert find(search, text)[:1] == ["a"]
    assert search.ask("many.example").named == 0


def test_a_minus_is_never_dropped() -> None:
    log = {"a.md": work(title="Gates"), "b.md": work(title="Other")}
    assert ask(log, "-gates") == ask(log, '-"gates"') == ask(log, "(-gates)") == ["b"]
    assert ask(log, "- gates") == ["a"]
    assert ask(log, "-gates other") == ["b"]


DESCRIBED = {
    "tags.yml": "gates: {}",
    "hub.md": work(title="All of gates", kind="topic", tags="[gates]", authors="", url=""),
    "a.md": work(title="Gates", kind="post", published="2020", authors="[Ann Bell]"),
    "b.md": work(aliases="[Gates]", title="Paper on a post", published="2021", authors="[Cy Dow]"),
    "c.md": work("Gates, gates: a post of Dow from 2020.", title="Gates and tiles", kind="book"),
}


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("gates paper", "b"),
        ("the gates paper", "b"),
        ("gates blog", "a"),
        ("original gates article", "a"),
        ("bell gates", "a"),
        ("gates dow", "b"),
        ("cy dow gates 2021", "b"),
        ("gates 2020", "a"),
        ("who invented gates", "a"),
    ],
)
def test_a_name_is_known_with_kind_year_or_authors_beside_it(text: str, name: str) -> None:
    search = make_search(notebook(DESCRIBED))
    assert find(search, text)[0] == name
    assert search.ask(text).named


@pytest.mark.parametrize("text", ["gates talk", "gates 1999", "gates bell dow", "gates zebra"])
def test_what_is_said_beside_a_name_has_to_hold(text: str) -> None:
    assert not make_search(notebook(DESCRIBED)).ask(text).named


CITED = {
    "a.md": work(title="Gates", published="2017-01", authors="[Noa Sher, Ann van den Bell]"),
    "b.md": work("[[a]] [[c]]", title="Tiles", published="2017-06", authors="[Ann van den Bell]"),
    "c.md": work("[[a]]", title="Scans", published="2019", authors="[Cy Dow, Noa Sher, Ann Bell]"),
    "d.md": work("Sher, 2017: gates and tiles of Bell.", title="On Sher", published="2021"),
}


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("Sher 2017", "a"),
        ("Sher et al. 2017", "a"),
        ("(Sher et al., 2017)", "a"),
        ("N. Sher et al. 2017", "a"),
        ("Sher and Bell 2017", "a"),
        ("Noa Sher, 2019", "c"),
        ("Bell 2017", "ba"),  # who is the first author comes first
        ("van den Bell 2017", "ba"),
        ("Sher et al.", "ac"),
        ("Bell et al", "bac"),
        ("et al. 2017", ""),
        ("et al.", ""),
        ("Sher 2018", ""),
        ("Sher 2017 2019", ""),
        ("Sher Dow 2017", ""),
        ("Zebra et al. 2017", ""),
    ],
)
def test_a_work_is_known_as_texts_cite_it(text: str, names: str) -> None:
    search = make_search(notebook(CITED))
    assert search.ask(text).named == len(names)
    assert find(search, text)[: len(names)] == list(names)


def test_drafts_are_not_known() -> None:
    assert ask({"a.md": work(title="Gates", draft="true")}, "gates") == []


def test_a_log_without_notes_knows_none() -> None:
    empty = Notebook([])
    assert find(make_search(empty), "moe") == []
