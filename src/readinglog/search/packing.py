"""How the index packs numbers into text, and its entries into files."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

DIGITS = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/"
MORE = 32  # set in a digit that others of the same number follow
_VALUES = {digit: value for value, digit in enumerate(DIGITS)}


def pack_numbers(numbers: Iterable[int]) -> str:
    """Return a text of numbers in base-64 digits of five bits each, as in source maps, unsigned."""
    digits: list[str] = []
    for number in numbers:
        rest = number
        while rest >= MORE:
            digits.append(DIGITS[MORE | rest % MORE])
            rest //= MORE
        digits.append(DIGITS[rest])
    return "".join(digits)


def unpack_numbers(text: str) -> Iterator[int]:
    """Yield the numbers in a text of packed numbers."""
    number = shift = 0
    for digit in text:
        value = _VALUES[digit]
        number |= (value % MORE) << shift
        if value >= MORE:
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


def sort_keys(keys: Iterable[str]) -> list[str]:
    """Return keys in the order of `sort_key`."""
    keys = list(keys)
    # It differs from that of Python only after the surrogates.
    is_alike = max("".join(keys), default="") < "\ud800"
    return sorted(keys) if is_alike else sorted(keys, key=sort_key)


def sort_by_links(link_counts: Sequence[int]) -> list[int]:
    """Return the numbers of notes, those that most notes link to first, then the newest."""
    return sorted(range(len(link_counts)), key=lambda note: (-link_counts[note], -note))


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
