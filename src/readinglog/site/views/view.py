"""The shape of a view: a module that makes one kind of page or file."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Protocol

from readinglog.notebook.notebook import Notebook
from readinglog.site.page import Output, Site


class View(Protocol):
    """A module that makes one kind of page or file."""

    def make_outputs(self, notebook: Notebook, site: Site, /) -> Iterator[Output]:
        """Yield the pages and files of the kind, each at an address of its own."""
