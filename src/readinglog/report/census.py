"""A census as text: totals, a table of topics, the tags, and where the log is thin."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from readinglog.census import Census
from readinglog.report.model import visible
from readinglog.text import count

_HEAD = ("topic", "works", "words: least", "median", "most", "links a work", "hub")


def census_text(census: Census) -> str:
    """The census for people, without a line end."""
    return "\n".join(map(visible, _lines(census)))


def _lines(census: Census) -> Iterator[str]:
    yield f"{count(census.works, 'work')}, {count(census.hubs, 'hub')}"
    yield f"kinds: {_numbers(census.kinds)}"
    yield f"links: {census.links:,} from bodies to other notes, {census.links_a_note} a note"
    yield f"relations: {_numbers(census.relations)}"
    yield f"tags: {len(census.works_a_tag):,} in {count(census.levels, 'level')}, with the works of their sub-tags:"
    yield f"  {_numbers(census.works_a_tag)}"
    yield ""
    yield from _table(census)
    yield ""
    for what, names in census.thin.items():
        yield f"{what}: {len(names):,}"
        yield f"  {', '.join(names)}"
    if not census.thin:
        yield "nothing is thin"


def _numbers(numbers: Mapping[str, int]) -> str:
    return ", ".join(f"{name} {number:,}" for name, number in numbers.items())


def _table(census: Census) -> Iterator[str]:
    rows = [_HEAD, *((t.key, f"{t.works:,}", *(f"{words:,}" for words in t.words), f"{t.links}", t.hub) for t in census.topics)]
    widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
    return (_row(row, widths) for row in rows)


def _row(cells: Sequence[str], widths: Sequence[int]) -> str:
    """Words to the left, numbers to the right."""
    first, *numbers, last = zip(cells, widths, strict=True)
    return "  ".join((first[0].ljust(first[1]), *(cell.rjust(width) for cell, width in numbers), last[0])).rstrip()
