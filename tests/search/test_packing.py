"""Numbers as text, and entries in files."""

from __future__ import annotations

import json

import numpy as np
from hypothesis import example, given
from hypothesis import strategies as st

from readinglog.search.packing import pack_numbers, sort_key, split_shards, unpack_numbers
from readinglog.search.word_batch import _pack_numbers

NUMBERS = st.lists(
    st.one_of(st.integers(0, 40), st.integers(0, 2**31), st.sampled_from([2**25, 2**30, 2**40]))
)


@given(NUMBERS)
@example([0, 31, 32, 1023, 1024, 2**30 - 1, 2**30, 2**30 + 1, 2**53])
def test_packed_numbers_unpack_to_the_same(numbers: list[int]) -> None:
    assert list(unpack_numbers(pack_numbers(numbers))) == numbers


def test_small_numbers_take_one_character() -> None:
    assert pack_numbers([0, 1, 31, 32]) == "ABfgB"


@given(st.lists(st.integers(0, 2**31)))
@example([2**30 - 1, 2**30, 2**35])
def test_a_table_of_numbers_is_packed_like_one_by_one(numbers: list[int]) -> None:
    packed, places = _pack_numbers(np.array(numbers, np.int64))
    assert packed.tobytes().decode("ascii") == pack_numbers(numbers)
    assert [len(pack_numbers(numbers[:at])) for at in range(len(numbers) + 1)] == places.tolist()


ENTRIES = st.dictionaries(
    st.text(min_size=1, max_size=6), st.one_of(st.text(max_size=20), st.just({"form": "AB"}))
)


@given(ENTRIES, st.integers(1, 100))
def test_shards_hold_every_entry_once_in_order(entries: dict[str, object], size: int) -> None:
    ordered = sorted(entries.items(), key=lambda item: sort_key(item[0]))
    shards = list(split_shards(ordered, size))
    assert [item for shard in shards for item in shard.entries.items()] == ordered
    for shard in shards:
        assert shard.first == next(iter(shard.entries))
        assert len(shard.entries) == 1 or len(json.dumps(shard.entries)) <= 10 * size + 100


@given(st.text(), st.text())
def test_keys_are_sorted_as_in_a_browser(one: str, other: str) -> None:
    units = [list(memoryview(text.encode("utf-16-be", "surrogatepass"))) for text in (one, other)]
    assert (sort_key(one) < sort_key(other)) == (units[0] < units[1])


def test_letters_beyond_the_first_plane_are_sorted_before_the_end_of_it() -> None:
    assert sort_key("\U00020000") < sort_key("\uffee")
