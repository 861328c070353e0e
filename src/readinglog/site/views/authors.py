"""The authors: a page for each with several works in the log, and a list of these."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import partial

from readinglog.model.person_names import split_name
from readinglog.notebook.notebook import Notebook
from readinglog.site.addresses import make_author_address
from readinglog.site.messages import translate
from readinglog.site.page import Output, Page, Site
from readinglog.site.views.rows import NoteRow, make_note_rows

_LISTED = 300  # authors


@dataclass(frozen=True, slots=True)
class AuthorRow:
    """An author in the list, with the number of works."""

    name: str
    address: str
    works: int


@dataclass(frozen=True, slots=True)
class AuthorsView:
    """The authors with most works, how many have several, and how many there are in all."""

    authors: tuple[AuthorRow, ...]
    several: int
    total: int


@dataclass(frozen=True, slots=True)
class AuthorView:
    """An author's page."""

    name: str
    works: tuple[NoteRow, ...]


def make_outputs(notebook: Notebook, _: Site) -> Iterator[Output]:
    yield Page("authors/", translate("Authors"), "authors.html", partial(_make_list, notebook))
    for slug in list_authors_with_pages(notebook):
        name = notebook.authors.names[slug]
        view = partial(_make_author, slug, notebook)
        yield Page(make_author_address(slug), name, "author.html", view)


def list_authors_with_pages(notebook: Notebook) -> Iterator[str]:
    """Yield the slugs of authors with several works; of others, a page would say nothing new."""
    return (slug for slug, works in notebook.authors.works.items() if len(works) > 1)


def _make_list(notebook: Notebook) -> AuthorsView:
    works, names = notebook.authors.works, notebook.authors.names
    rows = [
        AuthorRow(names[slug], make_author_address(slug), len(works[slug]))
        for slug in list_authors_with_pages(notebook)
    ]
    rows.sort(key=_sort_key)
    return AuthorsView(tuple(rows[:_LISTED]), len(rows), len(works))


def _sort_key(row: AuthorRow) -> tuple[int, str, str]:
    """Return the order of authors: by works, then by family name."""
    name = split_name(row.name)
    return -row.works, name.family or name.whole, row.name


def _make_author(slug: str, notebook: Notebook) -> AuthorView:
    works = notebook.authors.works[slug]
    return AuthorView(notebook.authors.names[slug], make_note_rows(works, notebook))
