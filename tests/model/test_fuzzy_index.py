"""Suggestions of the nearest name."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from readinglog.model.fuzzy_index import FuzzyIndex, find_nearest
from readinglog.model.slugs import fold

KNOWN = [
    "sparsely-gated-moe",
    "switch-transformers",
    "adaptive-mixtures-of-local-experts",
    "ddpm",
    "ddim",
    "深度学习",
    "Flow Matching",
]


@pytest.mark.parametrize(
    ("word", "meant"),
    [
        ("sparsley-gated-moe", "sparsely-gated-moe"),
        ("Switch Transformer", "switch-transformers"),
        ("switch_transfromers", "switch-transformers"),
        ("mixtures of local experts", "adaptive-mixtures-of-local-experts"),
        ("ddpn", "ddpm"),
        ("flow-matching", "Flow Matching"),
        ("深度学", "深度学习"),
    ],
)
def test_the_nearest_name_is_offered_as_it_is_written(word: str, meant: str) -> None:
    assert find_nearest(word, KNOWN) == meant


@pytest.mark.parametrize("word", ["zebra", "", "x", "-", "קוף"])
def test_nothing_is_offered_where_nothing_is_near(word: str) -> None:
    assert find_nearest(word, KNOWN) is None


def test_nothing_is_offered_where_nothing_is_known() -> None:
    assert find_nearest("moe", []) is None


@given(
    st.lists(st.text("abc-", min_size=3, max_size=8), min_size=1, max_size=20, unique_by=str.lower),
    st.data(),
)
def test_a_name_that_is_there_is_its_own_nearest(known: list[str], data: st.DataObject) -> None:
    names = FuzzyIndex(known)
    for name in known:
        found = names.find_nearest(name)
        assert found is not None
        assert fold(found) == fold(name)
    word = data.draw(st.text("abc-", max_size=8))
    first = names.find_nearest(word)
    assert first is None or first in known
    assert names.find_nearest(word) == first  # asked twice, answered alike


def test_a_crowd_of_names_does_not_hide_the_one_that_is_meant() -> None:
    names = FuzzyIndex(
        [f"note-on-experts-{number}" for number in range(3_000)] + ["sparsely-gated-experts"]
    )
    assert names.find_nearest("sparsly-gated-experts") == "sparsely-gated-experts"
