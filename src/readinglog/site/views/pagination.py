"""Long lists of notes, cut into pages."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from readinglog.model.note import Note

PER_PAGE = 100  # notes


@dataclass(frozen=True, slots=True)
class PageLinks:
    """The place of a page among `total` pages, with the addresses of those beside it, or ''."""

    number: int
    total: int
    newer: str
    older: str


class ListPage(NamedTuple):
    """A page of a list: its address, its notes, and its links where there are several pages."""

    address: str
    notes: Sequence[Note]
    links: PageLinks | None


def paginate(address: str, notes: Sequence[Note]) -> Iterator[ListPage]:
    """Yield the pages of a list that begins at `address`; an empty list has one page."""
    total = max(1, -(-len(notes) // PER_PAGE))
    addresses = [address, *(f"{address}page/{number}/" for number in range(2, total + 1))]
    for at, here in enumerate(addresses):
        links = PageLinks(
            number=at + 1,
            total=total,
            newer=addresses[at - 1] if at else "",
            older=addresses[at + 1] if at + 1 < total else "",
        )
        part = notes[at * PER_PAGE : (at + 1) * PER_PAGE]
        yield ListPage(here, part, links if total > 1 else None)
