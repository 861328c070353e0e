"""The sections of a tag's page: where to start, what not to miss, how it developed."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby, islice

from readinglog.model.note import Note
from readinglog.model.vocabulary import Tag
from readinglog.notebook.claims import NoteClaim
from readinglog.notebook.notebook import Notebook
from readinglog.notebook.reading_paths import find_most_cited, find_tag_path
from readinglog.notebook.sort_keys import oldest_first
from readinglog.search.query import And, Filter, Tree
from readinglog.site.addresses import make_note_address
from readinglog.site.charts.link_map import SMALL, LinkMap, find_most_linked, lay_out_map
from readinglog.site.views.claim_rows import ClaimRow, make_claim_rows
from readinglog.site.views.disputes import DisputeView, make_dispute_view
from readinglog.site.views.reading_path_list import ReadingPath, make_reading_path
from readinglog.site.views.rows import NoteLink, make_note_link

_TIMELINE_YEAR = 8  # works of a year on the timeline
_FEWEST_WORKS = 4  # of a tag in which some are most cited works
_MUST_READS = 5
_KEY_RESULTS = 8
_DISPUTES = 5
_MAP_SIZE = (660, 420)


@dataclass(frozen=True, slots=True)
class MostCited:
    """A work that is not to be missed: its rating, or 0, and how many notes link to it."""

    note: NoteLink
    rating: int
    linking: int


@dataclass(frozen=True, slots=True)
class TimelineYear:
    """Works of a year, or of year '' where they have no date, and how many `more` there are.

    The `query` finds all works of the year.
    """

    year: str
    works: tuple[NoteLink, ...]
    more: int
    query: str


@dataclass(frozen=True, slots=True)
class TagMap:
    """A map of the `shown` works of a tag that are linked most, of `total`."""

    picture: LinkMap
    shown: int
    total: int


@dataclass(frozen=True, slots=True)
class TagSections:
    """The sections about a tag; each is empty or None where there is too little to show."""

    path: ReadingPath | None
    most_cited: tuple[MostCited, ...]
    results: tuple[ClaimRow, ...]
    disputes: tuple[DisputeView, ...]
    timeline: tuple[TimelineYear, ...]
    map: TagMap | None


def make_tag_sections(tag: Tag, notebook: Notebook) -> TagSections:
    """Return the sections about a tag."""
    works = notebook.tags.get_works(tag)
    path = find_tag_path(notebook, tag)
    has_several = len(works) > 1
    return TagSections(
        path=make_reading_path(path, notebook) if len(path) > 1 else None,
        most_cited=_list_most_cited(tag, len(works), notebook),
        results=_list_key_results(tag, notebook),
        disputes=_list_open_disputes(tag, notebook),
        timeline=_make_timeline(tag, works, notebook) if has_several else (),
        map=_make_map(works, notebook) if has_several else None,
    )


def _list_key_results(tag: Tag, notebook: Notebook) -> tuple[ClaimRow, ...]:
    """Return claims with a result, of the works that most notes link to first."""
    incoming = notebook.graph.incoming_links
    claims = [
        NoteClaim(note, claim)
        for note in notebook.tags.get_works(tag)
        for claim in note.claims
        if claim.result
    ]
    claims.sort(key=lambda each: -len(incoming[each.note]))
    return make_claim_rows(claims[:_KEY_RESULTS], notebook)


def _list_open_disputes(tag: Tag, notebook: Notebook) -> tuple[DisputeView, ...]:
    """Return the disputes of notes with the tag in which no side is superseded."""
    notes = set(notebook.tags.notes.get(tag.key, ()))
    disputes = (
        dispute
        for dispute in notebook.disputes
        if dispute.is_open and not notes.isdisjoint(side.note for side in dispute)
    )
    return tuple(make_dispute_view(each, notebook) for each in islice(disputes, _DISPUTES))


def _list_most_cited(tag: Tag, works: int, notebook: Notebook) -> tuple[MostCited, ...]:
    """Return the works that are cited most, at most half of all."""
    if works < _FEWEST_WORKS:
        return ()
    return tuple(
        MostCited(make_note_link(note), note.rating or 0, len(notebook.graph.incoming_links[note]))
        for note in find_most_cited(notebook, tag, min(_MUST_READS, works // 2))
    )


def _make_timeline(tag: Tag, works: Sequence[Note], notebook: Notebook) -> tuple[TimelineYear, ...]:
    """Return the works by the year in which they appeared; of a year with many, the most linked."""
    dated = sorted(works, key=oldest_first)
    return tuple(
        _make_timeline_year(tag, year, list(notes), notebook)
        for year, notes in groupby(dated, key=lambda note: note.published[:4])
    )


def _make_timeline_year(
    tag: Tag, year: str, works: Sequence[Note], notebook: Notebook
) -> TimelineYear:
    shown = set(find_most_linked(works, notebook, _TIMELINE_YEAR))
    query: Tree = Filter("tag", tag.key)
    if year:
        query = And((query, Filter("year", year)))
    return TimelineYear(
        year=year,
        works=tuple(
            NoteLink(note.short_name, make_note_address(note)) for note in works if note in shown
        ),
        more=len(works) - len(shown),
        query=str(query),
    )


def _make_map(works: Sequence[Note], notebook: Notebook) -> TagMap:
    shown = find_most_linked(works, notebook, SMALL)
    picture = lay_out_map(shown, notebook, *_MAP_SIZE)
    return TagMap(picture, len(shown), len(works))
