"""Statistics: what is published is counted, each thing once, and gaps are named."""

from __future__ import annotations

import json

import pytest

from readinglog.notebook.statistics import Gaps, RootTag, Statistics, WordRange, compute_statistics
from readinglog.notebook.statistics_report import format_statistics, statistics_to_json
from support.worlds import notebook, work

TAGS = """
moe: {name: MoE, summary: Experts., aliases: [experts]}
routing: {parent: moe, summary: Who goes where., aliases: [gates]}
kernels: {}
noise: {summary: Nothing yet.}
"""
FILES = {
    "tags.yml": TAGS,
    "hub.md": work(
        "Start with [[gates]] and [[tiles]].",
        title="Map",
        kind="topic",
        url="",
        authors="",
        tags="[moe]",
    ),
    "gates.md": work(
        "At [[tiles]], [[tiles|again]], [[hub]], [[draft]], [[gates]].",
        title="Gates",
        tags="[routing, kernels]",
        builds_on="[tiles, missing]",
        disputes="[draft, twice]",
        supersedes="[gates]",
    ),
    "tiles.md": work(
        "One two three.", title="Tiles", kind="talk", url="https://a.example/t", tags="[kernels]"
    ),
    "draft.md": work(
        "[[gates]]", title="Draft", url="https://a.example/d", draft="true", disputes="[gates]"
    ),
}


@pytest.fixture
def counted() -> Statistics:
    return compute_statistics(notebook(FILES))


def test_works_and_hubs_are_counted_apart_and_drafts_not_at_all(counted: Statistics) -> None:
    assert (counted.works, counted.hubs) == (2, 1)
    assert counted.kinds == {"paper": 1, "talk": 1}


def test_a_link_counts_once_a_text_and_only_to_another_note_that_is_published(
    counted: Statistics,
) -> None:
    assert counted.links == 4  # two of the hub, two of gates
    assert counted.links_per_note == 1.3


def test_a_relation_counts_only_to_one_other_note_that_is_published() -> None:
    twice = {
        "a/twice.md": work(url="https://a.example/1"),
        "b/twice.md": work(url="https://a.example/2"),
    }
    assert compute_statistics(notebook(FILES | twice)).relations == {
        "builds_on": 1,
        "disputes": 0,
        "supersedes": 0,
        "replicates": 0,
    }


def test_the_works_of_sub_tags_are_works_of_the_tag(counted: Statistics) -> None:
    assert counted.works_per_tag == {"kernels": 2, "moe": 1, "routing": 1, "noise": 0}
    assert counted.levels == 2


def test_a_root_tag_has_its_words_links_and_hub(counted: Statistics) -> None:
    assert counted.roots == (
        RootTag("moe", 1, WordRange(6, 6, 6), 2.0, "hub"),
        RootTag("kernels", 2, WordRange(3, 4, 6), 1.0, ""),
    )


def test_gaps_are_named(counted: Statistics) -> None:
    assert counted.gaps == Gaps(
        few_links=("gates", "tiles"),
        no_incoming_links=(),
        no_hub=(),
        one_work=("moe", "routing"),
        unused=("noise",),
        no_summary=("kernels",),
        no_aliases=("kernels", "noise"),
    )


def test_a_large_tag_without_a_hub_and_works_without_incoming_links_are_gaps() -> None:
    works = {
        f"w{number}.md": work(
            title=f"Work {number}", url=f"https://a.example/{number}", tags="[moe]"
        )
        for number in range(8)
    }
    gaps = compute_statistics(notebook(works)).gaps
    assert gaps.no_hub == ("moe",)
    assert gaps.no_incoming_links == tuple(f"w{number}" for number in range(8))
    assert not compute_statistics(notebook({**works, "hub.md": FILES["hub.md"]})).gaps.no_hub


def test_tags_of_an_open_vocabulary_need_no_description() -> None:
    gaps = compute_statistics(notebook({"a.md": work(tags="[loose]")})).gaps
    assert (gaps.no_summary, gaps.no_aliases) == ((), ())


def test_for_people_it_is_a_page_of_text(counted: Statistics) -> None:
    assert (
        format_statistics(counted)
        == """\
2 works, 1 hub
kinds: paper 1, talk 1
links in the text: 4 (1.3 per note)
relations: builds_on 1, disputes 0, supersedes 0, replicates 0
tags: 4 in 2 levels; a count includes the subtags:
  kernels 2, moe 1, routing 1, noise 0

tag      works  words: least  median  most  links per work  hub
moe          1             6       6     6             2.0  hub
kernels      2             3       4     6             1.0

works with fewer than 3 links in the text: 2
  gates, tiles
tags with one work: 2
  moe, routing
tags without works: 1
  noise
tags without a summary: 1
  kernels
tags without aliases: 2
  kernels, noise"""
    )


def test_an_empty_log_is_one_line() -> None:
    assert format_statistics(compute_statistics(notebook({}))) == "the log is empty"


def test_a_log_without_tags_has_no_table_of_them() -> None:
    assert format_statistics(compute_statistics(notebook({"a.md": work(tags="")}))).splitlines()[
        3:6
    ] == [
        "relations: builds_on 0, disputes 0, supersedes 0, replicates 0",
        "",
        "works with fewer than 3 links in the text: 1",
    ]


def test_a_large_log_has_an_end() -> None:
    works = {
        f"w{n}.md": work(title=f"Work {n}", url=f"https://a.example/{n}", tags=f"[tag-{n:03}]")
        for n in range(200)
    }
    text = format_statistics(compute_statistics(notebook(works)))
    assert "tag-149 1, and 50 more\n" in text
    assert "\nand 160 more\n" in text
    assert "tag-029, and 170 more" in text
    assert max(map(len, text.splitlines())) <= 110
    assert (
        len(json.loads(statistics_to_json(compute_statistics(notebook(works))))["gaps"]["one_work"])
        == 200
    )


def test_text_of_strangers_is_shown_without_control_characters() -> None:
    assert "mo[31me 1" in format_statistics(
        compute_statistics(notebook({"a.md": work(tags='["mo\\e[31me"]')}))
    )


def test_for_programs_every_value_has_its_name(counted: Statistics) -> None:
    data = json.loads(statistics_to_json(counted))
    assert data["roots"][0] == {
        "key": "moe",
        "works": 1,
        "words": {"least": 6, "median": 6, "most": 6},
        "links_per_work": 2.0,
        "hub": "hub",
    }
    assert data["gaps"]["unused"] == ["noise"]
    assert list(data["gaps"]) == list(Gaps._fields)
