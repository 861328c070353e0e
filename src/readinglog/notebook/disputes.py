"""What disagrees with what: claims that dispute claims or works, and works that dispute works."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from datetime import date
from typing import NamedTuple

from readinglog.model.claim import Claim
from readinglog.model.note import Note
from readinglog.notebook.claims import DISPUTES, Claims
from readinglog.notebook.link_graph import LinkGraph
from readinglog.notebook.links import Links


class Side(NamedTuple):
    """One side of a dispute: a claim of a note, or all of its work where `claim` is None.

    `superseded_by` is a note that says it replaces this side, if there is one.
    """

    note: Note
    claim: Claim | None
    superseded_by: Note | None


class Dispute(NamedTuple):
    """What `disputing` says against `disputed`."""

    disputing: Side
    disputed: Side

    @property
    def changed(self) -> date:
        """The day on which one of the notes was last rewritten, or added."""
        return max(_get_day(self.disputing.note), _get_day(self.disputed.note))

    @property
    def is_open(self) -> bool:
        """Whether no side has been superseded."""
        return not (self.disputing.superseded_by or self.disputed.superseded_by)


def list_disputes(
    notes: Sequence[Note], links: Links, graph: LinkGraph, claims: Claims
) -> list[Dispute]:
    """Return the disputes among published `notes`, the one that changed last first.

    A work that disputes another as a whole is left out where a claim of it says what.
    """
    superseded = _find_superseded(notes, links, graph, claims)

    def make_side(note: Note, claim: Claim | None = None) -> Side:
        by_claim = superseded.get((note, claim)) if claim else None
        return Side(note, claim, by_claim or superseded.get((note, None)))

    found = [
        Dispute(make_side(*relation.source), make_side(relation.note, relation.claim))
        for relation in claims.relations
        if relation.field == DISPUTES and relation.source != (relation.note, relation.claim)
    ]
    detailed = {(each.disputing.note, each.disputed.note) for each in found}
    found += [
        Dispute(make_side(note), make_side(other))
        for note in notes
        for other in _list_disputed_works(note, links, graph)
        if (note, other) not in detailed
    ]
    return sorted(found, key=lambda each: each.changed, reverse=True)


class DisputeGroup(NamedTuple):
    """The disputes of one side, `head`, the one that changed last first."""

    head: Side
    disputes: tuple[Dispute, ...]


def group_disputes(disputes: Sequence[Dispute]) -> list[DisputeGroup]:
    """Return disputes under the side that they share with most others, else the disputed one.

    Each is there once, and the groups are in the order of their first.
    """
    shares = Counter(_get_key(side) for dispute in disputes for side in dispute)
    groups: dict[tuple[Note, Claim | None], list[Dispute]] = {}
    heads: dict[tuple[Note, Claim | None], Side] = {}
    for dispute in disputes:
        disputing, disputed = dispute
        is_shared = shares[_get_key(disputing)] > shares[_get_key(disputed)]
        head = disputing if is_shared else disputed
        heads.setdefault(_get_key(head), head)
        groups.setdefault(_get_key(head), []).append(dispute)
    return [DisputeGroup(head, tuple(groups[key])) for key, head in heads.items()]


def _get_key(side: Side) -> tuple[Note, Claim | None]:
    return side.note, side.claim


def _list_disputed_works(note: Note, links: Links, graph: LinkGraph) -> list[Note]:
    targets = (
        graph.published_target(note, relation.resolution)
        for relation in links.list_relations(note)
        if relation.field == DISPUTES
    )
    return [target for target in targets if target]


def _find_superseded(
    notes: Sequence[Note], links: Links, graph: LinkGraph, claims: Claims
) -> dict[tuple[Note, Claim | None], Note]:
    """Return the notes that replace claims, or works: then the claim is None."""
    found: dict[tuple[Note, Claim | None], Note] = {}
    for relation in claims.relations:
        if relation.field == "supersedes":
            found.setdefault((relation.note, relation.claim), relation.source.note)
    for note in notes:
        for work in links.list_relations(note):
            target = graph.published_target(note, work.resolution)
            if work.field == "supersedes" and target:
                found.setdefault((target, None), note)
    return found


def _get_day(note: Note) -> date:
    return note.updated or note.date or date.min
