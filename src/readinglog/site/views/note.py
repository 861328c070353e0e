"""A note's page: the card, the text, and what the log knows around it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache, partial
from typing import NamedTuple, TypeGuard

from readinglog.model.diagnostic import Diagnostic
from readinglog.model.note import Note
from readinglog.model.printable import make_printable
from readinglog.model.text import get_position
from readinglog.notebook.claims import NoteClaim
from readinglog.notebook.digests import get_digests
from readinglog.notebook.mentions import Mention, Mentions
from readinglog.notebook.notebook import Notebook
from readinglog.notebook.related import Related, Relatedness
from readinglog.parsing.formulas import KINDS as MATH_KINDS
from readinglog.parsing.prose import escape_markdown
from readinglog.parsing.queries import shows_answers
from readinglog.site.addresses import make_note_address
from readinglog.site.charts.link_map import MapNode, describe_map, map_links
from readinglog.site.messages import mark_english, translate
from readinglog.site.page import Output, Page, PageBase, Site
from readinglog.site.shared_search import has_answer
from readinglog.site.views.citation import Citation, make_citation
from readinglog.site.views.claim_rows import list_incoming_links
from readinglog.site.views.claim_text import count_added_words
from readinglog.site.views.connections import (
    ConnectionGroup,
    describe_connections,
    describe_distant,
    list_connections,
)
from readinglog.site.views.note_card import (
    NoteCard,
    describe_card,
    make_card,
)
from readinglog.site.views.note_head import NoteHead, make_card_image, make_head
from readinglog.site.views.note_text import make_body
from readinglog.site.views.query_table import QueryTable, make_hub_table
from readinglog.site.views.room import leave_room
from readinglog.site.views.rows import HeadingLink, add_own_parts, list_headings
from readinglog.site.views.steps import NoteOrders, StepGroup
from readinglog.workspace.kept_mentions import find_mentions_with_cache
from readinglog.workspace.notebook_cache import find_cache

_UNREADABLE = ("too-large", "not-utf8", "unreadable-file")


class CitedWork(NamedTuple):
    """A work that the text cites: what stands beside the line that does so first."""

    title: str
    address: str
    year: str
    summary: str


@dataclass(frozen=True, slots=True)
class NoteView:
    """A note's page around its text. `edit_url` and `report_url` are '' where the site has none."""

    head: NoteHead
    card: NoteCard
    found: QueryTable | None
    connections: tuple[ConnectionGroup, ...]
    citation: Citation | None
    steps: tuple[StepGroup, ...]
    edit_url: str
    report_url: str
    headings: tuple[HeadingLink, ...]
    cited: tuple[CitedWork, ...]
    map: tuple[MapNode, ...]
    has_formulas: bool


def make_outputs(notebook: Notebook, site: Site) -> Iterator[Output]:
    views = _NoteViews(notebook, site)
    for note in notebook.published:
        address = make_note_address(note)
        yield Page(
            address,
            note.title,
            "note.html",
            partial(views.make, note),
            partial(_make_text, note, notebook),
            partial(views.list_inputs, note),
            partial(views.list_quick_inputs, note),
            description=note.summary,
            source=note.path,
            language=note.language,
            feed=f"{address}feed.xml" if has_answer(note.query, notebook) else "",
        )
        if site.social_cards:
            yield make_card_image(note, notebook, site)


class _NoteViews:
    """Makes the views of notes from what is known of all of them."""

    def __init__(self, notebook: Notebook, site: Site) -> None:
        self._notebook = notebook
        self._site = site
        self._orders = NoteOrders(notebook)
        self._digests = get_digests(notebook)
        # What lists the inputs of a page and what then makes it ask one after the other.
        self._find_mentions = lru_cache(maxsize=1)(self._search_mentions)
        self._find_related = lru_cache(maxsize=1)(self._search_related)

    @cached_property
    def _relatedness(self) -> Relatedness:
        return Relatedness(self._notebook)

    def _search_related(self, note: Note) -> list[Related]:
        return self._relatedness.find_related(note, unlinked=True)

    def _search_mentions(self, note: Note) -> list[Mention]:
        mentions = Mentions(self._notebook, [note]) if self._site.on_demand else self._mentions
        return mentions.find_mentions(note)

    @cached_property
    def _mentions(self) -> Mentions:
        cache = find_cache(self._notebook)
        if cache is None:
            return Mentions(self._notebook)
        return find_mentions_with_cache(self._notebook, cache)

    def make(self, note: Note) -> NoteView:
        """Return the view of `note`."""
        notebook = self._notebook
        related, mentions = self._find_related(note), self._find_mentions(note)
        card, marks = make_card(note, notebook), count_added_words(note, notebook)
        steps, room = leave_room(note, card, self._orders.list_steps(note), marks)
        found, citation = make_hub_table(note, notebook), make_citation(note)
        connections = list_connections(note, notebook, related, mentions, room)
        map_ = map_links(note, notebook)
        parts = (
            ("Notes found", "found", found),
            ("Connections", "connections", connections or map_),
            ("Cite", "cite", citation),
        )
        return NoteView(
            head=make_head(note, notebook, self._site),
            card=card,
            found=found,
            connections=connections,
            citation=citation,
            steps=steps,
            edit_url=self._site.make_edit_url(note.path),
            report_url=self._site.make_report_url(note.name),
            headings=add_own_parts(list_headings(note), (part[:2] for part in parts if part[2])),
            cited=_list_cited(note, notebook),
            map=map_,
            has_formulas=not note.region_kinds.isdisjoint(MATH_KINDS),
        )

    def list_inputs(self, note: Note) -> tuple[object, ...]:
        """Return what the page of `note` is made of: digests of the note, and of what it shows of
        others.
        """
        notebook, digests = self._notebook, self._digests
        related, mentions = self._find_related(note), self._find_mentions(note)
        return (
            *self._list_known_inputs(note),
            make_hub_table(note, notebook),
            describe_connections(note, notebook, related, mentions, digests),
            _list_cited(note, notebook),
            describe_map(note, notebook, digests),
            _make_text(note, notebook) if shows_answers(note) else "",
        )

    def list_quick_inputs(self, note: Note) -> tuple[object, ...] | None:
        """Return what decides about the page of `note`: for related notes, groups of connections,
        the map and cited works, digests of all notes that they may show. None for a page with
        answers to queries.
        """
        if shows_answers(note):
            return None
        digests = self._digests
        return (
            *self._list_known_inputs(note),
            digests.get_neighbourhood(note),
            self._relatedness.digest_features(note),
            describe_distant(note, self._notebook, digests),
            [digests.get_label(mention.note) for mention in self._find_mentions(note)],
        )

    def _list_known_inputs(self, note: Note) -> tuple[object, ...]:
        """Return those inputs that are quickly found."""
        notebook, digests = self._notebook, self._digests
        quoted = (*notebook.graph.backlinks.get(note, ()), *self._find_mentions(note))
        return (
            digests.get(note),
            digests.vocabulary,
            describe_card(note, notebook),
            [(digests.get(other.note), other.span) for other in quoted],
            [list_incoming_links(NoteClaim(note, each), notebook) for each in note.claims],
            self._orders.describe_steps(note, digests),
        )


def _list_cited(note: Note, notebook: Notebook) -> tuple[CitedWork, ...]:
    """Return the works that the text of a note links to, in the order of the first links to them.

    What is shown where it stands is no citation.
    """
    targets = (
        resolution.target
        for link, resolution in notebook.links.list_links(note)
        if not link.is_embed
    )
    return tuple(
        CitedWork(
            target.short_name, make_note_address(target), target.published[:4], target.summary
        )
        for target in dict.fromkeys(targets)
        if _is_shown_beside(target, note, notebook)
    )


def _is_shown_beside(target: Note | None, note: Note, notebook: Notebook) -> TypeGuard[Note]:
    if target is None or target is note or target.is_hub or not target.summary:
        return False
    return notebook.publication.is_published(target)


def _make_text(note: Note, notebook: Notebook) -> str:
    """Return the Markdown of a note, or why it cannot be shown."""
    found = [each for each in note.diagnostics if each.rule in _UNREADABLE]
    if found:
        return _tell(found, note, translate("This note cannot be shown"))
    body = make_body(note, notebook, PageBase(make_note_address(note)))
    broken = note.get_diagnostics("invalid-front-matter")
    if not broken:
        return body
    told = _tell(broken, note, translate("A part of the front matter of this note cannot be read"))
    return f"{told}\n\n{body}"


def _tell(found: Sequence[Diagnostic], note: Note, what: str) -> str:
    """Return the first problem of a note, with its line, and what to do."""
    first = found[0]
    line = get_position(note.text, first.span.start).line
    place = f"{what}. {translate('Line {line}', line=line)}:"
    told = ": ".join(filter(None, (first.message, first.help)))
    return f"**{place}** **{escape_markdown(make_printable(told))}**{mark_english()}"
