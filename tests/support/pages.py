"""The pages of a site as a reader's browser gets them: their data rendered by their templates."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from markupsafe import Markup

from readinglog.notebook.notebook import Notebook
from readinglog.site.compiler import compile_site
from readinglog.site.page import Attachment, CardImage, DataFile, DataFolder, Page, Site
from readinglog.site.rendering import render_page


class ShownPage(NamedTuple):
    """A page with its HTML, and the Markdown of its note."""

    address: str
    title: str
    head: Markup
    before: Markup
    body: str
    after: Markup
    description: str
    feed: str


def show(page: Page) -> ShownPage:
    """Return a page with its HTML."""
    parts = render_page(page)
    return ShownPage(
        address=page.address,
        title=page.title,
        head=parts.head,
        before=parts.before,
        body=page.body,
        after=parts.after,
        description=page.description,
        feed=page.feed,
    )


def compile_shown(
    notebook: Notebook, site: Site
) -> Iterator[ShownPage | DataFile | DataFolder | Attachment | CardImage]:
    """Yield what `compile_site` yields, each page with its HTML."""
    for output in compile_site(notebook, site):
        yield show(output) if isinstance(output, Page) else output


def read_folder(folder: DataFolder) -> dict[str, str]:
    """Return the text of each file in a folder, by its path there."""
    return {file.path: file.text for file in folder.make_files()}
