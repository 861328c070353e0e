"""The pages, one module a kind, in an explicit list; `compile_site` makes them all."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from itertools import chain

from readinglog.notebook.notebook import Notebook
from readinglog.site.page import Attachment, CardImage, DataFile, Manual, Output, Page, Site
from readinglog.site.views import (
    authors,
    bibliography,
    contribute,
    data,
    feeds,
    home,
    log,
    search,
    stats,
    tags,
    wanted,
)
from readinglog.site.views import map as graph
from readinglog.site.views import note as notes

Emitter = Callable[[Notebook, Site], Iterator[Output]]

VIEWS: tuple[Emitter, ...] = (
    home.emit,
    notes.emit,
    log.emit,
    tags.emit,
    authors.emit,
    wanted.emit,
    search.emit,
    graph.emit,
    stats.emit,
    contribute.emit,
    feeds.emit,
    bibliography.emit,
    data.emit,
)


def compile_site(notebook: Notebook, site: Site) -> Iterator[Output]:
    """Every page and file of the site. Where two would stand in one place, as a file of the notes folder may, the first does."""
    taken: set[str] = set()
    for emitted in chain.from_iterable(emit(notebook, site) for emit in VIEWS):
        place = f"{emitted.address}index.html" if isinstance(emitted, Page) else emitted.path
        if place not in taken:
            taken.add(place)
            yield emitted


__all__ = [
    "VIEWS",
    "Attachment",
    "CardImage",
    "DataFile",
    "Manual",
    "Output",
    "Page",
    "Site",
    "compile_site",
]
