"""Statistics: what was read lately, which tags grow, what leads to what, what the log rests on."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import partial

from readinglog.model.fields import STATUSES
from readinglog.model.note import Note
from readinglog.notebook.notebook import Notebook
from readinglog.notebook.reading_paths import estimate_minutes
from readinglog.notebook.statistics import count_evidence
from readinglog.search.query import Filter
from readinglog.site.addresses import make_note_address
from readinglog.site.charts.calendar import LEVELS
from readinglog.site.charts.link_map import find_most_linked
from readinglog.site.charts.plots import Bar, make_bars
from readinglog.site.messages import translate
from readinglog.site.page import Output, Page, Site
from readinglog.site.views.claim_rows import name_basis
from readinglog.site.views.claims import StateLink, list_states
from readinglog.site.views.stats.calendars import NotesOverTime, count_notes_over_time
from readinglog.site.views.stats.lately import Lately, count_lately
from readinglog.site.views.stats.tag_growth import TagsOverTime, count_tags_over_time
from readinglog.site.views.stats.tag_links import TagPair, list_tag_pairs

_LINKED = 10
_LITTLE = ("abstract", "summaries")
_STATUS_NAMES = dict(zip(STATUSES, ("to read", "being read", "read"), strict=True))


@dataclass(frozen=True, slots=True)
class Totals:
    """What the log has in all; `minutes` are those that reading it takes."""

    works: int
    hubs: int
    tags: int
    authors: int
    links: int
    minutes: int


@dataclass(frozen=True, slots=True)
class StatusCount:
    """How many notes have a status, and the query that finds them."""

    name: str
    query: str
    number: int


@dataclass(frozen=True, slots=True)
class EvidenceView:
    """What the log rests on: how many claims are known how, and works and claims by what of them
    was read.

    Of `known_works` it is said, of `little_works` that it was an abstract or summaries; so with
    claims.
    """

    claims: int
    states: tuple[StateLink, ...]
    results: int
    disputes: int
    known_works: int
    little_works: int
    known_claims: int
    little_claims: int
    basis: tuple[Bar, ...]
    checked: tuple[Bar, ...]


@dataclass(frozen=True, slots=True)
class StatisticsView:
    """The sections of the page; `level_labels` are the keys of the calendars' squares."""

    notes: int
    totals: Totals
    level_labels: tuple[str, ...]
    lately: Lately | None
    over_time: NotesOverTime | None
    tags_over_time: TagsOverTime | None
    kinds: tuple[Bar, ...]
    most_linked: tuple[Bar, ...]
    tag_pairs: tuple[TagPair, ...]
    statuses: tuple[StatusCount, ...]
    evidence: EvidenceView | None
    links_claims: bool


def make_outputs(notebook: Notebook, site: Site) -> Iterator[Output]:
    if site.has_statistics:
        title, make_view = translate("Statistics"), partial(_make_view, notebook, site)
        about = translate("What was read lately, which topics grow, and what the notes rest on.")
        yield Page("stats/", title, "statistics.html", make_view, description=about, wide=True)


def _make_view(notebook: Notebook, site: Site) -> StatisticsView:
    notes = notebook.published
    past = [note for note in notes if not notebook.publication.is_in_future(note)]
    return StatisticsView(
        notes=len(notes),
        totals=_count_totals(notebook),
        level_labels=LEVELS,
        lately=count_lately(past, notebook),
        over_time=count_notes_over_time(past),
        tags_over_time=count_tags_over_time(notebook),
        kinds=_count_kinds(notes),
        most_linked=_list_most_linked(notebook),
        tag_pairs=list_tag_pairs(notebook),
        statuses=_count_statuses(notes),
        evidence=_describe_evidence(notebook),
        links_claims=site.has_claims,
    )


def _count_totals(notebook: Notebook) -> Totals:
    notes = notebook.published
    hubs = sum(note.is_hub for note in notes)
    return Totals(
        works=len(notes) - hubs,
        hubs=hubs,
        tags=len(notebook.tags.notes),
        authors=len(notebook.authors.works),
        links=sum(map(len, notebook.graph.outgoing_links.values())),
        minutes=sum(map(estimate_minutes, notes)),
    )


def _count_kinds(notes: Sequence[Note]) -> tuple[Bar, ...]:
    """Return the kinds of notes, the most frequent first."""
    kinds = Counter(note.kind for note in notes)
    ordered = sorted(kinds, key=lambda kind: (-kinds[kind], kind))
    return make_bars((kind, str(Filter("kind", kind)), kinds[kind]) for kind in ordered)


def _list_most_linked(notebook: Notebook) -> tuple[Bar, ...]:
    """Return the works that most notes link to."""
    incoming = notebook.graph.incoming_links
    linked = (note for note, found in incoming.items() if found and not note.is_hub)
    works = find_most_linked(linked, notebook, _LINKED)
    return make_bars(
        (note.short_name, make_note_address(note), len(incoming[note])) for note in works
    )


def _describe_evidence(notebook: Notebook) -> EvidenceView | None:
    """Return what the log rests on, or None where nothing is said of it."""
    evidence = count_evidence(notebook)
    has_basis = any(evidence.basis)
    claims = sum(evidence.claims.values())
    if not (claims or evidence.disputes or has_basis):
        return None
    known_works, little_works = _count_little(evidence.basis)
    known_claims, little_claims = _count_little(evidence.checked)
    return EvidenceView(
        claims=claims,
        states=list_states(notebook)[1:],
        results=evidence.results,
        disputes=evidence.disputes,
        known_works=known_works,
        little_works=little_works,
        known_claims=known_claims,
        little_claims=little_claims,
        basis=_make_basis_bars(evidence.basis, searched=True) if has_basis else (),
        checked=_make_basis_bars(evidence.checked, searched=False) if claims else (),
    )


def _count_little(basis: Mapping[str, int]) -> tuple[int, int]:
    """Return how many are known by anything, and how many of these by no more than an abstract."""
    known = sum(number for name, number in basis.items() if name)
    return known, sum(basis.get(name, 0) for name in _LITTLE)


def _make_basis_bars(basis: Mapping[str, int], *, searched: bool) -> tuple[Bar, ...]:
    return make_bars(
        (
            name_basis(name) or translate("not said"),
            str(Filter("basis", name)) if name and searched else "",
            number,
        )
        for name, number in basis.items()
    )


def _count_statuses(notes: Sequence[Note]) -> tuple[StatusCount, ...]:
    counts = Counter(note.status for note in notes)
    return tuple(
        StatusCount(_STATUS_NAMES[status], str(Filter("is", status)), counts[status])
        for status in STATUSES
    )
