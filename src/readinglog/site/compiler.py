"""From a notebook to all pages and files of its site."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import chain

from readinglog.notebook.notebook import Notebook
from readinglog.site.messages import make_in_language
from readinglog.site.page import Output, Site
from readinglog.site.views import VIEWS


def compile_site(notebook: Notebook, site: Site) -> Iterator[Output]:
    """Yield every page and file of the site.

    Of those with one path, as a file of the notes folder may have, the first is taken.
    """
    taken: set[str] = set()
    found = chain.from_iterable(view.make_outputs(notebook, site) for view in VIEWS)
    for output in make_in_language(site.language, found):
        if output.path not in taken:
            taken.add(output.path)
            yield output
