"""Long lists, cut into pages."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Generic, NamedTuple, TypeVar

PER_PAGE = 100  # items
Item = TypeVar("Item")


@dataclass(frozen=True, slots=True)
class PageLinks:
    """The place of a page among `total` pages, with the addresses of those beside it, or ''."""

    number: int
    total: int
    previous: str
    next: str


class ListPage(NamedTuple, Generic[Item]):
    """A page of a list: its address, its items, and its links where there are several pages."""

    address: str
    items: Sequence[Item]
    links: PageLinks | None


def paginate(
    address: str, items: Sequence[Item], per_page: int = PER_PAGE
) -> Iterator[ListPage[Item]]:
    """Yield the pages of a list that begins at `address`; an empty list has one page."""
    total = max(1, -(-len(items) // per_page))
    addresses = [address, *(f"{address}page/{number}/" for number in range(2, total + 1))]
    for at, here in enumerate(addresses):
        links = PageLinks(
            number=at + 1,
            total=total,
            previous=addresses[at - 1] if at else "",
            next=addresses[at + 1] if at + 1 < total else "",
        )
        part = items[at * per_page : (at + 1) * per_page]
        yield ListPage(here, part, links if total > 1 else None)
