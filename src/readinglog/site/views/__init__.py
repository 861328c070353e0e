"""The pages and files of the site, one module a kind, in the order in which they are made.

To add a kind of page, write a module of the shape that `view.View` describes, and list it here.
"""

from __future__ import annotations

from collections.abc import Iterator
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
from readinglog.site.views.view import View

VIEWS: tuple[View, ...] = (
    home,
    notes,
    log,
    tags,
    authors,
    wanted,
    search,
    graph,
    stats,
    contribute,
    feeds,
    bibliography,
    data,
)


def compile_site(notebook: Notebook, site: Site) -> Iterator[Output]:
    """Yield every page and file of the site.

    Of those with one path, as a file of the notes folder may have, the first is taken.
    """
    taken: set[str] = set()
    for output in chain.from_iterable(view.make_outputs(notebook, site) for view in VIEWS):
        path = f"{output.address}index.html" if isinstance(output, Page) else output.path
        if path not in taken:
            taken.add(path)
            yield output


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
