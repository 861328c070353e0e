"""Writing outputs that are not pages into the finished site: data, attachments and pictures."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path

from readinglog.site.page import Attachment, CardImage, DataFile, Output, Page
from readinglog.site.page_cache import PageCache
from readinglog.site.social_cards.drawing import draw_card


def write_outputs(outputs: Iterable[Output], notes: Path, site: Path, cache: PageCache) -> None:
    """Write the outputs that are not pages into the folder `site`.

    Attachments are copied from `notes`, and pictures are kept in `cache`. Raise ValueError for a
    path outside of the site.
    """
    root = site.resolve()
    for output in outputs:
        if isinstance(output, Page):
            continue
        target = site / output.path
        if not target.resolve().is_relative_to(root):
            message = f"`{output.path}` would be written outside of the site"
            raise ValueError(message)
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(_make_data(output, notes, cache))


def _make_data(output: DataFile | Attachment | CardImage, notes: Path, cache: PageCache) -> bytes:
    match output:
        case DataFile():
            return output.text.encode()
        case Attachment():
            return (notes / output.source).read_bytes()
        case CardImage():
            return _draw_cached(output, cache)


def list_undrawn_cards(
    outputs: Iterable[Output], cache: PageCache
) -> Iterator[tuple[str, CardImage]]:
    """Yield the pictures that are not in `cache`, with their keys there."""
    for output in outputs:
        if isinstance(output, CardImage):
            key = _make_key(output, cache)
            if cache.get(key) is None:
                yield key, output


def _make_key(card: CardImage, cache: PageCache) -> str:
    return cache.make_key(card.path, repr(card))


def _draw_cached(card: CardImage, cache: PageCache) -> bytes:
    key = _make_key(card, cache)
    data = cache.get(key)
    if data is None:
        data = draw_card(card)
        cache.put(key, data)
    return data
