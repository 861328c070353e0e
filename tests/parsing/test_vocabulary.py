"""Tags: how they are found, what stands under which, and what an open vocabulary makes of notes."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from readinglog.model.vocabulary import HUE_COUNT, Tag, Vocabulary
from readinglog.parsing.vocabulary import parse_vocabulary
from support.worlds import source

TEXT = """
moe:
  name: MoE
  summary: Experts.
  aliases: [mixture of experts, "sparse: MoE"]
routing:
  parent: moe
expert-choice:
  name: Expert Choice
  parent: routing
C++:
C#:
C:
"""


@pytest.fixture
def vocabulary() -> Vocabulary:
    return parse_vocabulary(source("tags.yml", TEXT))


@pytest.mark.parametrize(
    ("text", "key"),
    [
        ("moe", "moe"),
        ("MoE", "moe"),
        (" #moe ", "moe"),
        ("Mixture_of experts", "moe"),
        ("sparse: MoE", "moe"),
        ("moe/routing", "routing"),
        ("Moe/Routing/Expert-Choice", "expert-choice"),
        ("expert choice", "expert-choice"),
        ("c++", "C++"),
        ("C#", "C#"),
        ("c", "C"),
    ],
)
def test_a_tag_is_found_by_key_name_alias_and_path(
    vocabulary: Vocabulary, text: str, key: str
) -> None:
    found = vocabulary.find(text)
    assert found is not None
    assert found.key == key


@pytest.mark.parametrize("text", ["", "routing/moe", "experts", "#", "C+"])
def test_what_names_no_tag_is_not_found(vocabulary: Vocabulary, text: str) -> None:
    assert vocabulary.find(text) is None


def test_the_nearest_tag_is_offered(vocabulary: Vocabulary) -> None:
    near = vocabulary.suggestion("mixtures of expert")
    assert near is not None
    assert near.key == "moe"
    assert vocabulary.suggestion("zebra") is None


def test_the_tree_is_walked_down_and_up(vocabulary: Vocabulary) -> None:
    moe, choice = vocabulary.tags["moe"], vocabulary.tags["expert-choice"]
    assert [tag.key for tag in vocabulary.list_subtree(moe)] == ["moe", "routing", "expert-choice"]
    assert [tag.key for tag in vocabulary.get_path(choice)] == ["moe", "routing", "expert-choice"]
    assert [tag.key for tag in vocabulary.list_children(None)] == ["moe", "C++", "C#", "C"]


def test_addresses_never_clash(vocabulary: Vocabulary) -> None:
    assert len(set(vocabulary.slugs.values())) == len(vocabulary.tags)
    same = Vocabulary([Tag("a b", "a b"), Tag("a-b", "a-b"), Tag("a_b", "a_b")])
    assert len(set(same.slugs.values())) == 3


@given(st.dictionaries(st.sampled_from("abcde"), st.sampled_from([*"abcdef", None])))
def test_parents_that_go_round_in_a_circle_lose_no_tag_and_end(
    parents: dict[str, str | None],
) -> None:
    tags = Vocabulary(Tag(key, key, parent=parent) for key, parent in parents.items())
    reached = [tag.key for root in tags.list_children(None) for tag in tags.list_subtree(root)]
    assert sorted(reached) == sorted(parents)
    assert all(tags.get_path(tag)[-1] is tag for tag in tags.tags.values())


def test_without_a_file_the_notes_make_the_vocabulary() -> None:
    tags = Vocabulary.from_texts(["MoE", "moe", "MoE", "#kernels", "moe/Expert Choice"])
    assert not tags.is_closed
    assert {key: tag.name for key, tag in tags.tags.items()} == {
        "moe": "MoE",
        "kernels": "kernels",
        "moe/expert-choice": "Expert Choice",
    }
    assert [tag.key for tag in tags.list_subtree(tags.tags["moe"])] == ["moe", "moe/expert-choice"]


def test_an_entry_that_is_broken_costs_no_other_and_stays_a_tag() -> None:
    tags = parse_vocabulary(source("tags.yml", "moe:\n  summary: @home\nrouting:\n  parent: moe\n"))
    assert len(tags.diagnostics) == 1
    assert [tag.key for tag in tags.list_subtree(tags.tags["moe"])] == ["moe", "routing"]


def test_a_key_that_yaml_would_read_as_something_else_stays_as_written() -> None:
    tags = parse_vocabulary(source("tags.yml", "no:\n1.58-bit:\n2024-01-01:\n0x10: {name: No}\n"))
    assert list(tags.tags) == ["no", "1.58-bit", "2024-01-01", "0x10"]
    assert tags.tags["0x10"].name == "No"


def test_each_root_has_a_colour_and_all_below_it_share_it() -> None:
    roots = [str(number) for number in range(1, 41)]
    vocabulary = Vocabulary(
        [
            *(Tag(name, name) for name in roots),
            Tag("below", "below", parent="2"),
            Tag("deep", "deep", parent="below"),
        ],
        colours={"5": 3, "40": 24},
    )
    hues = {key: vocabulary.get_hue(tag) for key, tag in vocabulary.tags.items()}
    assert [hues[key] for key in ("1", "2", "3", "4", "5", "below", "deep")] == [
        1,
        2,
        4,
        5,
        3,
        2,
        2,
    ]
    assert hues["40"] == HUE_COUNT
    # None comes again before all are used.
    assert sorted({*list(hues.values())[: HUE_COUNT - 1], hues["40"]}) == [*range(1, HUE_COUNT + 1)]
    assert min(hues.values()) == 1


def test_one_note_more_changes_little_of_the_order_of_an_open_vocabulary() -> None:
    texts = ["moe"] * 5 + ["kernels"] * 4 + ["diffusion"] * 3
    assert list(Vocabulary.from_texts(texts).tags) == ["moe", "kernels", "diffusion"]
    assert list(Vocabulary.from_texts(["aardvark", *texts]).tags) == [
        "moe",
        "kernels",
        "diffusion",
        "aardvark",
    ]
