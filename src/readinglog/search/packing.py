"""How the index packs numbers into text, and its entries into files."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

DIGITS = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/"
_MORE = 32  # set in a digit that others of the same number follow
_VALUES = {digit: value for value, digit in enumerate(DIGITS)}
_ALPHABET = np.frombuffer(DIGITS.encode(), np.uint8)
_MOST_DIGITS = 6


def pack_numbers(numbers: Iterable[int]) -> str:
    """Return a text of numbers in base-64 digits of five bits each, as in source maps, unsigned."""
    return pack_array(np.fromiter(numbers, np.int64))[0].tobytes().decode("ascii")


def pack_array(numbers: NDArray[np.int64]) -> tuple[NDArray[np.uint8], NDArray[np.int64]]:
    """Return the packed numbers, one digit a byte, and the place behind each number."""
    lengths = np.ones(len(numbers), np.int64)
    for shift in range(5, 5 * _MOST_DIGITS, 5):
        lengths += numbers >= 1 << shift
    ends = np.cumsum(lengths)
    packed = np.empty(ends[-1] if len(ends) else 0, np.uint8)
    starts = ends - lengths
    for place in range(int(lengths.max(initial=0))):
        chosen = lengths > place
        digits = (numbers[chosen] >> 5 * place) % _MORE + _MORE * (lengths[chosen] > place + 1)
        packed[starts[chosen] + place] = _ALPHABET[digits]
    return packed, ends


def unpack_numbers(text: str) -> Iterator[int]:
    """Yield the numbers in a text of packed numbers."""
    number = shift = 0
    for digit in text:
        value = _VALUES[digit]
        number |= (value % _MORE) << shift
        if value >= _MORE:
            shift += 5
        else:
            yield number
            number = shift = 0


class Shard(NamedTuple):
    """A file of the index: the first of its keys, and its entries."""

    first: str
    entries: dict[str, object]


def sort_key(text: str) -> bytes:
    """Return the key by which browsers sort texts."""
    return text.encode("utf-16-be", "surrogatepass")


def split_shards(entries: Iterable[tuple[str, object]], size: int) -> Iterator[Shard]:
    """Yield shards of sorted entries, each of about `size` characters."""
    shard: Shard | None = None
    filled = 0
    for key, value in entries:
        length = len(key) + _measure(value)
        if shard and filled + length > size:
            yield shard
            shard, filled = None, 0
        shard = shard or Shard(key, {})
        shard.entries[key] = value
        filled += length
    if shard:
        yield shard


def _measure(value: object) -> int:
    """Return about how many characters of JSON a value takes."""
    if isinstance(value, dict):
        return sum(len(key) + len(text) + 6 for key, text in value.items())
    return len(value if isinstance(value, str) else str(value)) + 4
