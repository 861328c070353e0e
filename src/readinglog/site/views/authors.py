"""The authors: a page for each with several works in the log, and a list of these."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import partial

from readinglog.model.note import Note
from readinglog.model.person_names import split_name
from readinglog.model.slugs import to_slug
from readinglog.notebook.digests import NoteDigests, get_digests
from readinglog.notebook.notebook import Notebook
from readinglog.notebook.sort_keys import reverse_order
from readinglog.site.addresses import make_author_address
from readinglog.site.messages import count_items, translate
from readinglog.site.page import Output, Page, Site
from readinglog.site.views.rows import CountedTag, WorkRow, make_counted_tag, make_work_rows

_SHOWN, _LISTED = 60, 300  # authors, the rest of which is folded
_WORTH_A_FOLD = 20  # authors
_FEWEST = 2  # works of an author with a page
_COAUTHORS = 24
_TAGS = 12


@dataclass(frozen=True, slots=True)
class AuthorRow:
    """An author in a list, with the number of works; `address` is '' for one without a page."""

    name: str
    address: str
    works: int


@dataclass(frozen=True, slots=True)
class AuthorsView:
    """The authors with most works, those with fewer, how many have several, and how many there are
    in all.
    """

    authors: tuple[AuthorRow, ...]
    folded: tuple[AuthorRow, ...]
    several: int
    total: int


@dataclass(frozen=True, slots=True)
class AuthorView:
    """An author's page: the works, the newest first, and the years, tags and co-authors of these.

    `first` and `last` are '' where no work has a year; `more` co-authors are not listed.
    """

    name: str
    first: str
    last: str
    tags: tuple[CountedTag, ...]
    coauthors: tuple[AuthorRow, ...]
    more: int
    works: tuple[WorkRow, ...]


def make_outputs(notebook: Notebook, _: Site) -> Iterator[Output]:
    yield Page(
        "authors/",
        translate("Authors"),
        "authors.html",
        partial(_make_list, notebook),
        description=translate("The authors of the works, those with several first."),
        wide=True,
    )
    digests = get_digests(notebook)
    for slug in list_authors_with_pages(notebook):
        name, works = notebook.authors.names[slug], notebook.authors.works[slug]
        about = translate("{works} by {name}", works=count_items(works, "work"), name=name)
        make_inputs = partial(_list_inputs, slug, notebook, digests)
        yield Page(
            make_author_address(slug),
            name,
            "author.html",
            partial(_make_author, slug, notebook),
            make_inputs=make_inputs,
            make_quick_inputs=make_inputs,
            description=about,
            wide=True,
        )


def list_authors_with_pages(notebook: Notebook) -> Iterator[str]:
    """Yield the slugs of authors with several works; of others, a page would say nothing new."""
    return (slug for slug, works in notebook.authors.works.items() if len(works) >= _FEWEST)


def _make_list(notebook: Notebook) -> AuthorsView:
    works, names = notebook.authors.works, notebook.authors.names
    rows = [
        AuthorRow(names[slug], make_author_address(slug), len(works[slug]))
        for slug in list_authors_with_pages(notebook)
    ]
    rows.sort(key=_sort_key)
    shown = _SHOWN if len(rows) > _SHOWN + _WORTH_A_FOLD else len(rows)
    return AuthorsView(tuple(rows[:shown]), tuple(rows[shown:_LISTED]), len(rows), len(works))


def _sort_key(row: AuthorRow) -> tuple[int, str, str]:
    """Return the order of authors: by works, then by family name."""
    name = split_name(row.name)
    return -row.works, name.family or name.whole, row.name


def _list_inputs(slug: str, notebook: Notebook, digests: NoteDigests) -> tuple[object, ...]:
    """Return what an author's page is made of."""
    works, names = notebook.authors.works, notebook.authors.names
    authors = dict.fromkeys(to_slug(name) for note in works[slug] for name in note.authors)
    return (
        digests.vocabulary,
        [(digests.get_label(note), digests.get_fields(note)) for note in works[slug]],
        [(names[author], len(works[author]) >= _FEWEST) for author in authors],
    )


def _make_author(slug: str, notebook: Notebook) -> AuthorView:
    works = sorted(
        notebook.authors.works[slug],
        key=lambda note: (reverse_order(note.published), note.page_name),
    )
    years = sorted(note.published[:4] for note in works if note.published)
    coauthors = _list_coauthors(slug, works, notebook)
    return AuthorView(
        name=notebook.authors.names[slug],
        first=years[0] if years else "",
        last=years[-1] if years else "",
        tags=_count_tags(works, notebook),
        coauthors=tuple(coauthors[:_COAUTHORS]),
        more=len(coauthors[_COAUTHORS:]),
        works=make_work_rows(works, notebook),
    )


def _count_tags(works: Sequence[Note], notebook: Notebook) -> tuple[CountedTag, ...]:
    """Return the tags of works with how many of them have each, the most frequent first."""
    counts = Counter(tag for note in works for tag in notebook.tags.get_tags(note))
    return tuple(
        replace(make_counted_tag(tag, notebook), count=number)
        for tag, number in counts.most_common(_TAGS)
    )


def _list_coauthors(slug: str, works: Sequence[Note], notebook: Notebook) -> list[AuthorRow]:
    """Return who wrote works with an author, those of most first."""
    names = notebook.authors.names
    counts = Counter(other for note in works for other in dict.fromkeys(map(to_slug, note.authors)))
    rows = [
        AuthorRow(
            names[other],
            make_author_address(other) if len(notebook.authors.works[other]) >= _FEWEST else "",
            number,
        )
        for other, number in counts.items()
        if other != slug
    ]
    return sorted(rows, key=lambda row: (*_sort_key(row)[:1], not row.address, *_sort_key(row)[1:]))
