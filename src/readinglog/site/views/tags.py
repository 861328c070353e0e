"""The tags: a tree of all, and a page for each with its hub note, its sections and its notes."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import partial

from readinglog.model.note import Note
from readinglog.model.vocabulary import Tag
from readinglog.notebook.digests import NoteDigests, get_digests
from readinglog.notebook.notebook import Notebook
from readinglog.notebook.reading_paths import order_for_reading
from readinglog.parsing.queries import shows_answers
from readinglog.search.query import Phrase
from readinglog.site.addresses import make_tag_address
from readinglog.site.messages import translate
from readinglog.site.page import Output, Page, PageBase, Site
from readinglog.site.views.list_files import ListFile, list_tag_files
from readinglog.site.views.note_text import make_body
from readinglog.site.views.pagination import ListPage, PageLinks, paginate
from readinglog.site.views.query_table import QueryTable, make_hub_table
from readinglog.site.views.rows import (
    CountedTag,
    HeadingLink,
    NoteLink,
    TagLink,
    TagNode,
    add_own_parts,
    count_words,
    list_headings,
    make_counted_tag,
    make_note_link,
    make_tag_link,
    make_tag_tree,
)
from readinglog.site.views.tag_sections import (
    TagSections,
    WorkTable,
    describe_tag_map,
    make_tag_sections,
    make_work_table,
)

_NEIGHBOURS = 8
_SECTION = 2  # the level of the headings that part a hub
_LONG = 150  # words of a hub, from which on its text is folded
_WORTH_A_FOLD = 60  # words that are folded at least


@dataclass(frozen=True, slots=True)
class TagsView:
    """The tree of tags, with how many are in use and how many are roots."""

    in_use: int
    roots: int
    tree: tuple[TagNode, ...]


@dataclass(frozen=True, slots=True)
class Part:
    """A part of a tag's page: its heading, and the name by which the template knows its content."""

    title: str
    name: str


@dataclass(frozen=True, slots=True)
class TagOverview:
    """What only the first page of a tag has: what its hub's query finds, related tags, sections,
    contents and files.
    """

    found: QueryTable | None
    subtags: tuple[CountedTag, ...]
    related_tags: tuple[CountedTag, ...]
    sections: TagSections
    headings: tuple[HeadingLink, ...]
    files: tuple[ListFile, ...]


@dataclass(frozen=True, slots=True)
class TagView:
    """A page of a tag; `path` has the tags above it, `works` the part of its works that is shown,
    `hubs` the hubs of other tags that have this one, too.

    Only the first page has an `overview`, a `hub` and `hubs`. `query` finds notes that mention the
    tag.
    """

    name: str
    hue: int
    summary: str
    path: tuple[TagLink, ...]
    hub: NoteLink | None
    overview: TagOverview | None
    parts: tuple[Part, ...]
    works: WorkTable | None
    hubs: tuple[NoteLink, ...]
    page_links: PageLinks | None
    query: str
    is_folded: bool


def make_outputs(notebook: Notebook, site: Site) -> Iterator[Output]:
    yield Page(
        "tags/",
        translate("Tags"),
        "tags.html",
        partial(_make_view, notebook),
        description=translate("All tags as a tree, with how many notes have each."),
        wide=True,
    )
    digests = get_digests(notebook)
    for tag in notebook.vocabulary.tags.values():
        yield from _make_tag_pages(tag, notebook, digests, site)


def _make_view(notebook: Notebook) -> TagsView:
    roots = len(notebook.vocabulary.list_children(None))
    return TagsView(len(notebook.tags.notes), roots, make_tag_tree(notebook))


def _make_tag_pages(
    tag: Tag, notebook: Notebook, digests: NoteDigests, site: Site
) -> Iterator[Page]:
    address = make_tag_address(tag, notebook.vocabulary)
    hub = notebook.tags.hubs.get(tag.key)
    works = order_for_reading(notebook, notebook.tags.get_works(tag))
    feed = f"{address}feed.xml" if tag.key in notebook.tags.notes else ""
    for part in paginate(address, works):
        make_view = partial(_make_tag_view, tag, hub, part, notebook, site)
        make_text: Callable[[], str] = str
        make_inputs: Callable[[], object]
        make_quick_inputs: Callable[[], object]
        if part.address == address:
            if hub:
                make_text = partial(make_body, hub, notebook, PageBase(address))
            make_inputs = partial(_list_inputs, tag, make_view, make_text, digests, notebook)
            make_quick_inputs = partial(_list_quick_inputs, hub, digests)
        else:
            make_inputs = partial(_list_further_inputs, part, len(works), digests, notebook)
            make_quick_inputs = make_inputs
        yield Page(
            part.address,
            tag.name,
            "tag.html",
            make_view,
            make_text,
            make_inputs,
            make_quick_inputs,
            description=tag.summary,
            feed=feed,
            wide=True,
            fold=_find_fold(hub) if hub and part.address == address else 0,
        )


def _list_further_inputs(
    part: ListPage[Note], total: int, digests: NoteDigests, notebook: Notebook
) -> tuple[object, ...]:
    """Return what a further page of a tag is made of: works, of `total`, and how often each is
    cited.
    """
    cited = notebook.graph.incoming_links
    works = [(digests.get_facts(note), len(cited[note])) for note in part.items]
    return digests.vocabulary, works, total, part.links


def _list_inputs(
    tag: Tag,
    make_view: Callable[..., TagView],
    make_text: Callable[[], str],
    digests: NoteDigests,
    notebook: Notebook,
) -> tuple[object, ...]:
    """Return what the first page of a tag is made of: all but its map, and what decides about
    that.
    """
    described = describe_tag_map(tag, notebook, digests), digests.vocabulary
    return make_view(with_map=False), make_text(), described


def _list_quick_inputs(hub: Note | None, digests: NoteDigests) -> tuple[object, ...] | None:
    """Return what decides about the first page of a tag: what ties all notes together, the texts
    with claims, and that of its hub. None where the hub shows answers to queries.
    """
    if hub and shows_answers(hub):
        return None
    return digests.get_all_ties(), digests.claims, digests.get(hub) if hub else b""


def _find_fold(hub: Note) -> int:
    """Return the number of the heading behind the first section of a long hub, or 0 where that is
    nearly all of it.
    """
    sections = [
        heading
        for heading in hub.headings
        if heading.level == _SECTION and heading is not hub.title_heading
    ]
    if not sections or hub.word_count < _LONG:
        return 0
    title = hub.title_heading
    before = hub.text[title.block.end if title else hub.body.start : sections[0].block.start]
    number = 1 if before.strip() else 2
    if number > len(sections):
        return 0
    rest = hub.text[sections[number - 1].block.start : hub.body.end]
    return number if count_words(rest) >= _WORTH_A_FOLD else 0


def _make_tag_view(
    tag: Tag,
    hub: Note | None,
    part: ListPage[Note],
    notebook: Notebook,
    site: Site,
    *,
    with_map: bool = True,
) -> TagView:
    """Return one of the pages of a tag."""
    vocabulary = notebook.vocabulary
    sections = None
    if part.address == make_tag_address(tag, vocabulary):
        sections = make_tag_sections(tag, notebook, site, with_map=with_map)
    found = make_hub_table(hub, notebook) if hub and sections else None
    parts = _list_parts(found, sections)
    return TagView(
        name=tag.name,
        hue=vocabulary.get_hue(tag),
        summary=tag.summary,
        path=tuple(make_tag_link(step, notebook) for step in vocabulary.get_path(tag)[:-1]),
        hub=make_note_link(hub) if hub and sections else None,
        overview=_make_overview(tag, hub, found, sections, parts, notebook) if sections else None,
        parts=parts,
        works=make_work_table(part.items, len(notebook.tags.get_works(tag)), notebook),
        hubs=_list_other_hubs(tag, hub, notebook) if sections else (),
        page_links=part.links,
        query=str(Phrase(tag.name.replace('"', " "))),
        is_folded=bool(hub and sections and _find_fold(hub)),
    )


def _make_overview(
    tag: Tag,
    hub: Note | None,
    found: QueryTable | None,
    sections: TagSections,
    parts: Sequence[Part],
    notebook: Notebook,
) -> TagOverview:
    children = notebook.vocabulary.list_children(tag)
    own = ((part.title, part.name) for part in parts)
    return TagOverview(
        found=found,
        subtags=tuple(make_counted_tag(child, notebook) for child in children),
        related_tags=_list_related_tags(tag, notebook),
        sections=sections,
        headings=add_own_parts(list_headings(hub) if hub else (), own),
        files=_list_files(tag, notebook),
    )


def _list_files(tag: Tag, notebook: Notebook) -> tuple[ListFile, ...]:
    """Return the feeds and bibliographies of a tag; one without notes has none."""
    if tag.key not in notebook.tags.notes and tag.key not in notebook.tags.hubs:
        return ()
    return list_tag_files(make_tag_address(tag, notebook.vocabulary))


def _list_parts(found: QueryTable | None, sections: TagSections | None) -> tuple[Part, ...]:
    """Return the parts of a page in order: what a query finds, the works, what is not empty."""
    parts = [Part("Works", "path")]
    if sections:
        parts += [Part("Open disputes", "disputes")] if sections.disputes else []
        parts += [Part("Map", "map")] if sections.map else []
    return (*([Part("Notes found", "found")] if found else []), *parts)


def _list_other_hubs(tag: Tag, hub: Note | None, notebook: Notebook) -> tuple[NoteLink, ...]:
    """Return the hubs among the notes of a tag, but for its own."""
    notes = notebook.tags.notes.get(tag.key, ())
    return tuple(make_note_link(note) for note in notes if note.is_hub and note is not hub)


def _list_related_tags(tag: Tag, notebook: Notebook) -> tuple[CountedTag, ...]:
    """Return the tags that the same notes have, most frequent first.

    Tags above and below this one are left out: that they share notes is plain.
    """
    vocabulary = notebook.vocabulary
    family = {step.key for step in (*vocabulary.get_path(tag), *vocabulary.list_subtree(tag))}
    notes = notebook.tags.notes.get(tag.key, ())
    shared = Counter(other.key for note in notes for other in notebook.tags.get_tags(note))
    ranked = sorted(
        ((key, number) for key, number in shared.items() if key not in family),
        key=lambda item: (-item[1], item[0]),
    )
    return tuple(
        replace(make_counted_tag(vocabulary.tags[key], notebook), count=number)
        for key, number in ranked[:_NEIGHBOURS]
    )
