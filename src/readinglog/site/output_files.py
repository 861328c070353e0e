"""What no engine touches: data, attachments and pictures are put into the finished site."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path

from readinglog.site.page_cache import PageCache
from readinglog.site.social_cards.drawing import draw_card
from readinglog.site.views import Attachment, CardImage, DataFile, Output, Page


def write_outputs(emitted: Iterable[Output], notes: Path, site: Path, cache: PageCache) -> None:
    """Write all of `emitted` that is not a page into the folder `site`; attachments are copied from `notes`, pictures kept in `cache`."""
    root = site.resolve()
    for item in emitted:
        if isinstance(item, Page):
            continue
        target = site / item.path
        if not target.resolve().is_relative_to(root):
            message = f"`{item.path}` would be written outside of the site"
            raise ValueError(message)
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(_content(item, notes, cache))


def _content(item: DataFile | Attachment | CardImage, notes: Path, cache: PageCache) -> bytes:
    match item:
        case DataFile():
            return item.text.encode()
        case Attachment():
            return (notes / item.source).read_bytes()
        case CardImage():
            return _picture(item, cache)


def list_undrawn(emitted: Iterable[Output], cache: PageCache) -> Iterator[tuple[str, CardImage]]:
    """The pictures that are not in `cache`, with their keys there."""
    for item in emitted:
        if isinstance(item, CardImage) and cache.get(key := _key(item, cache)) is None:
            yield key, item


def _key(card: CardImage, cache: PageCache) -> str:
    return cache.key(card.path, repr(card))


def _picture(card: CardImage, cache: PageCache) -> bytes:
    key = _key(card, cache)
    made = cache.get(key)
    if made is None:
        cache.put(key, made := draw_card(card))
    return made
