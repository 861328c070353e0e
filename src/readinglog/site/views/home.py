"""The home page, a desk: the newest notes, and beside them paths to go on with and disputes."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from functools import partial
from itertools import islice

from readinglog.model.vocabulary import Tag
from readinglog.notebook.notebook import Notebook
from readinglog.notebook.reading_paths import estimate_minutes
from readinglog.search.query import And, Filter, Tree, Word
from readinglog.search.words import split_words
from readinglog.site.addresses import make_tag_address
from readinglog.site.page import Output, Page, Site
from readinglog.site.views.disputes import DisputeLink, link_dispute
from readinglog.site.views.pages import find_home, make_text
from readinglog.site.views.rows import (
    CountedTag,
    WorkRow,
    make_counted_tag,
    make_work_rows,
)

_NEWEST = 24
_ROOTS = 24
_HUBS = 6
_DISPUTES = 4


@dataclass(frozen=True, slots=True)
class HubRow:
    """The hub of a tag, and the path through the tag at `address`: `path` notes, which take so many
    `minutes`. `names` are those of each note as in `WorkRow`, with `//` between notes.
    """

    title: str
    address: str
    path: int
    minutes: int
    names: str


@dataclass(frozen=True, slots=True)
class HomeView:
    """The parts of the page; `examples` are queries that find something. With `has_text`, the
    page starts with a text of the log's own.

    `roots` are the topics that have notes.
    """

    name: str
    description: str
    has_text: bool
    examples: tuple[str, ...]
    works: int
    tags: int
    roots: tuple[CountedTag, ...]
    hubs: tuple[HubRow, ...]
    disputes: tuple[DisputeLink, ...]
    newest: tuple[WorkRow, ...]


def make_outputs(notebook: Notebook, site: Site) -> Iterator[Output]:
    yield Page(
        "",
        site.name,
        "home.html",
        partial(_make_view, notebook, site),
        partial(_make_text, notebook),
        description=site.description,
        feed="feed.xml",
        wide=True,
    )


def _make_text(notebook: Notebook) -> str:
    home = find_home(notebook)
    return make_text(home, notebook) if home else ""


def _make_view(notebook: Notebook, site: Site) -> HomeView:
    notes, home = notebook.published, find_home(notebook)
    roots = [
        tag for tag in notebook.vocabulary.list_children(None) if tag.key in notebook.tags.notes
    ]
    return HomeView(
        name=home.title if home and home.title_heading else site.name,
        description=site.description,
        has_text=home is not None,
        examples=tuple(map(str, _choose_queries(notebook))),
        works=sum(not note.is_hub for note in notes),
        tags=len(notebook.tags.notes),
        roots=tuple(make_counted_tag(tag, notebook) for tag in roots[:_ROOTS]),
        hubs=_list_hubs(notebook),
        disputes=_list_open_disputes(notebook) if site.has_claims else (),
        newest=make_work_rows(notes[:_NEWEST], notebook),
    )


def _choose_queries(notebook: Notebook) -> list[Tree]:
    """Return a few queries that find something: words, a tag and years, a tag, an author."""
    works = [note for note in notebook.published if not note.is_hub]
    years = sorted(note.published[:4] for note in works if note.published)
    frequent = sorted(notebook.tags.notes, key=lambda key: (-len(notebook.tags.notes[key]), key))
    tags = frequent[:2]
    queries: list[Tree] = [*_choose_words(frequent, notebook)]
    if tags and years:
        queries.append(And((Filter("tag", tags[0]), Filter("year", f"{years[len(years) // 2]}.."))))
    queries += [Filter("tag", key) for key in tags[1:]]
    authors = Counter(name for note in works for name in note.authors).most_common(1)
    queries += [Filter("author", name) for name, _ in authors]
    return queries


def _choose_words(frequent: list[str], notebook: Notebook) -> list[Word]:
    """Return the name of the most frequent tag that is not a root, as words, if there is one."""
    tags = (notebook.vocabulary.tags[key] for key in frequent)
    names = (" ".join(split_words(tag.name)) for tag in tags if tag.parent)
    return [Word(name) for name in names if name][:1]


def _list_hubs(notebook: Notebook) -> tuple[HubRow, ...]:
    """Return the hubs of root tags, or where none has one, of others, that have a path."""
    tags = [tag for tag in notebook.vocabulary.tags.values() if tag.key in notebook.tags.hubs]
    roots = [tag for tag in tags if not tag.parent]
    rows = (_make_hub_row(tag, notebook) for tag in (roots or tags)[:_HUBS])
    return tuple(row for row in rows if row.path > 1)


def _list_open_disputes(notebook: Notebook) -> tuple[DisputeLink, ...]:
    """Return the disputes that changed last, without those of which a side is superseded."""
    is_open = (dispute for dispute in notebook.disputes if dispute.is_open)
    return tuple(map(link_dispute, islice(is_open, _DISPUTES)))


def _make_hub_row(tag: Tag, notebook: Notebook) -> HubRow:
    hub = notebook.tags.hubs[tag.key]
    path = notebook.tags.get_works(tag)
    return HubRow(
        title=hub.short_name,
        address=make_tag_address(tag, notebook.vocabulary),
        path=len(path),
        minutes=sum(map(estimate_minutes, path)),
        names="//".join(map(notebook.publication.join_names, path)),
    )
