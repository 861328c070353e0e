"""The census: it counts what is published, each thing once, and names what is thin."""

from __future__ import annotations

import pytest

from readinglog.census import Census, Spread, Topic, census
from readinglog.report.census import census_text
from worlds import notebook, work

TAGS = """
moe: {name: MoE, summary: Experts., aliases: [experts]}
routing: {parent: moe, summary: Who goes where., aliases: [gates]}
kernels: {}
noise: {summary: Nothing yet.}
"""
FILES = {
    "tags.yml": TAGS,
    "hub.md": work("Start with [[gates]] and [[tiles]].", title="Map", kind="topic", url="", authors="", tags="[moe]"),
    "gates.md": work("At [[tiles]], [[tiles|again]], [[hub]], [[draft]].", title="Gates", tags="[routing, kernels]", builds_on="[tiles]"),
    "tiles.md": work("One two three.", title="Tiles", kind="talk", url="https://a.example/t", tags="[kernels]"),
    "draft.md": work("[[gates]]", title="Draft", url="https://a.example/d", draft="true", contradicts="[gates]"),
}


@pytest.fixture
def counted() -> Census:
    return census(notebook(FILES))


def test_works_and_hubs_are_counted_apart_and_drafts_not_at_all(counted: Census) -> None:
    assert (counted.works, counted.hubs) == (2, 1)
    assert counted.kinds == {"paper": 1, "talk": 1}


def test_a_link_counts_once_a_body_and_only_to_another_note_that_is_published(counted: Census) -> None:
    assert counted.links == 4  # two of the hub, two of gates
    assert counted.links_a_note == 1.3
    assert counted.relations == {"builds_on": 1, "contradicts": 0, "supersedes": 0, "replicates": 0}


def test_the_works_of_sub_tags_are_works_of_the_tag(counted: Census) -> None:
    assert counted.works_a_tag == {"kernels": 2, "moe": 1, "routing": 1, "noise": 0}
    assert counted.levels == 2


def test_a_topic_tells_words_links_and_hub(counted: Census) -> None:
    assert counted.topics == [Topic("moe", 1, Spread(5, 5, 5), 2.0, "hub"), Topic("kernels", 2, Spread(3, 4, 5), 1.0, "")]


def test_what_is_thin_is_named(counted: Census) -> None:
    assert counted.thin == {
        "works with fewer than 3 links": ["gates", "tiles"],
        "tags of one work": ["moe", "routing"],
        "tags of none": ["noise"],
        "tags without a summary": ["kernels"],
        "tags without aliases": ["kernels", "noise"],
    }


def test_a_tag_of_eight_works_asks_for_a_hub_and_a_work_for_something_that_leads_to_it() -> None:
    works = {f"w{number}.md": work(title=f"Work {number}", url=f"https://a.example/{number}", tags="[moe]") for number in range(8)}
    thin = census(notebook(works)).thin
    assert thin["tags of 8 works or more without a hub"] == ["moe"]
    assert thin["works that nothing leads to"] == [f"w{number}" for number in range(8)]
    assert "tags of 8 works or more without a hub" not in census(notebook({**works, "hub.md": FILES["hub.md"]})).thin


def test_for_people_it_is_a_page_of_text(counted: Census) -> None:
    assert (
        census_text(counted)
        == """\
2 works, 1 hub
kinds: paper 1, talk 1
links: 4 from bodies to other notes, 1.3 a note
relations: builds_on 1, contradicts 0, supersedes 0, replicates 0
tags: 4 in 2 levels, with the works of their sub-tags:
  kernels 2, moe 1, routing 1, noise 0

topic    works  words: least  median  most  links a work  hub
moe          1             5       5     5           2.0  hub
kernels      2             3       4     5           1.0

works with fewer than 3 links: 2
  gates, tiles
tags of one work: 2
  moe, routing
tags of none: 1
  noise
tags without a summary: 1
  kernels
tags without aliases: 2
  kernels, noise"""
    )


def test_an_empty_log_is_counted_too() -> None:
    assert census_text(census(notebook({}))).splitlines()[0] == "0 works, 0 hubs"
