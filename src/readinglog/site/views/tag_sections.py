"""The sections of a tag's page: its works as a table, what is disputed, and their map."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import islice

from readinglog.model.note import Note
from readinglog.model.vocabulary import Tag
from readinglog.notebook.digests import NoteDigests
from readinglog.notebook.notebook import Notebook
from readinglog.notebook.reading_paths import estimate_minutes
from readinglog.site.addresses import make_note_address
from readinglog.site.charts.lane_map import LaneMap, describe_lanes, lay_out_lanes
from readinglog.site.charts.link_map import find_most_linked
from readinglog.site.dates import format_short_month
from readinglog.site.page import Site
from readinglog.site.views.claim_rows import name_basis
from readinglog.site.views.disputes import DisputeLink, link_dispute, make_disputes_address

_FEWEST_ON_MAP = 10  # works
_DISPUTES = 5
_MOST_ON_MAP = 30


@dataclass(frozen=True, slots=True)
class TagWork:
    """A row of the table: a work, what it measured first, what of it was read, how many notes link
    to it, and the day it was added. What is not known is ''. `names` are its name and its former
    ones.
    """

    title: str
    address: str
    names: str
    minutes: int
    year: str
    summary: str
    result: str
    result_anchor: str
    evidence: str
    cited: int
    added: str
    added_month: str


@dataclass(frozen=True, slots=True)
class WorkTable:
    """The works of a tag in the order in which to read them, of `total`, how many minutes that
    takes, and which columns have something to show.
    """

    rows: tuple[TagWork, ...]
    total: int
    minutes: int
    has_years: bool
    has_ideas: bool
    has_results: bool
    has_evidence: bool
    has_citations: bool
    has_days: bool


@dataclass(frozen=True, slots=True)
class TagMap:
    """A map of the `shown` works of a tag that are linked most, of `total`."""

    picture: LaneMap
    shown: int
    total: int


@dataclass(frozen=True, slots=True)
class TagSections:
    """What stands beside the works of a tag; empty or None where there is too little to show.

    All disputes are on the page at `disputes_address`.
    """

    disputes: tuple[DisputeLink, ...]
    disputes_address: str
    map: TagMap | None


def make_work_table(works: Sequence[Note], total: int, notebook: Notebook) -> WorkTable | None:
    """Return works, of `total` on all pages, as a table, or None where there are none."""
    rows = tuple(_make_work(note, notebook) for note in works)
    if not rows:
        return None
    return WorkTable(
        rows,
        total,
        sum(row.minutes for row in rows),
        has_years=any(row.year for row in rows),
        has_ideas=any(row.summary for row in rows),
        has_results=any(row.result for row in rows),
        has_evidence=any(row.evidence for row in rows),
        has_citations=any(row.cited for row in rows),
        has_days=len({row.added for row in rows}) > 1,
    )


def _make_work(note: Note, notebook: Notebook) -> TagWork:
    measured = ((claim.id, claim.result) for claim in note.claims if claim.result)
    claim_id, result = next(measured, ("", None))
    return TagWork(
        title=note.short_name,
        address=make_note_address(note),
        names=notebook.publication.join_names(note),
        minutes=estimate_minutes(note),
        year=note.published[:4],
        summary=note.summary,
        # The number first, as the rest may be cut; what it is against stands at the claim.
        result=f"{result.value}: {result.metric} on {result.data}" if result else "",
        result_anchor=f"^{claim_id}" if result else "",
        evidence=name_basis(str(note.values.get("basis", "")), brief=True),
        cited=len(notebook.graph.incoming_links[note]),
        added=note.date.isoformat() if note.date else "",
        added_month=format_short_month(note.date) if note.date else "",
    )


def make_tag_sections(
    tag: Tag, notebook: Notebook, site: Site, *, with_map: bool = True
) -> TagSections:
    """Return what stands beside the works of a tag; to lay out the map takes time."""
    works = notebook.tags.get_works(tag)
    has_map = with_map and len(works) >= _FEWEST_ON_MAP
    return TagSections(
        disputes=_list_open_disputes(tag, notebook) if site.has_claims else (),
        disputes_address=make_disputes_address(tag, notebook),
        map=_make_map(tag, works, notebook) if has_map else None,
    )


def describe_tag_map(tag: Tag, notebook: Notebook, digests: NoteDigests) -> object:
    """Return what decides, besides the vocabulary, about the map of a tag."""
    works = notebook.tags.get_works(tag)
    shown = find_most_linked(works, notebook, _MOST_ON_MAP)
    return len(works), describe_lanes(shown, notebook, digests)


def _list_open_disputes(tag: Tag, notebook: Notebook) -> tuple[DisputeLink, ...]:
    """Return the disputes of notes with the tag in which no side is superseded."""
    notes = set(notebook.tags.notes.get(tag.key, ()))
    disputes = (
        dispute
        for dispute in notebook.disputes
        if dispute.is_open and not notes.isdisjoint(side.note for side in dispute)
    )
    return tuple(map(link_dispute, islice(disputes, _DISPUTES)))


def _make_map(tag: Tag, works: Sequence[Note], notebook: Notebook) -> TagMap:
    shown = find_most_linked(works, notebook, _MOST_ON_MAP)
    return TagMap(lay_out_lanes(shown, notebook, tag), len(shown), len(works))
