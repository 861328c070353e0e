"""What disagrees with what: claims that dispute claims or works, and works that dispute works."""

from __future__ import annotations

from datetime import date
from typing import NamedTuple

from readinglog.model.claim import Claim
from readinglog.model.note import Note
from readinglog.notebook.claims import DISPUTES
from readinglog.notebook.notebook import Notebook


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


def list_disputes(notebook: Notebook) -> list[Dispute]:
    """Return the disputes among published notes, the one that changed last first.

    A work that disputes another as a whole is left out where a claim of it says what.
    """
    superseded = _find_superseded(notebook)

    def make_side(note: Note, claim: Claim | None = None) -> Side:
        by_claim = superseded.get((note, claim)) if claim else None
        return Side(note, claim, by_claim or superseded.get((note, None)))

    found = [
        Dispute(make_side(*relation.source), make_side(relation.note, relation.claim))
        for relation in notebook.claims.relations
        if relation.field == DISPUTES and relation.source != (relation.note, relation.claim)
    ]
    detailed = {(each.disputing.note, each.disputed.note) for each in found}
    found += [
        Dispute(make_side(note), make_side(other))
        for note in notebook.published
        for other in _list_disputed_works(note, notebook)
        if (note, other) not in detailed
    ]
    return sorted(found, key=lambda each: each.changed, reverse=True)


def _list_disputed_works(note: Note, notebook: Notebook) -> list[Note]:
    targets = (
        notebook.graph.published_target(note, relation.resolution)
        for relation in notebook.links.list_relations(note)
        if relation.field == DISPUTES
    )
    return [target for target in targets if target]


def _find_superseded(notebook: Notebook) -> dict[tuple[Note, Claim | None], Note]:
    """Return the notes that replace claims, or works: then the claim is None."""
    found: dict[tuple[Note, Claim | None], Note] = {}
    for relation in notebook.claims.relations:
        if relation.field == "supersedes":
            found.setdefault((relation.note, relation.claim), relation.source.note)
    for note in notebook.published:
        for work in notebook.links.list_relations(note):
            target = notebook.graph.published_target(note, work.resolution)
            if work.field == "supersedes" and target:
                found.setdefault((target, None), note)
    return found


def _get_day(note: Note) -> date:
    return note.updated or note.date or date.min
