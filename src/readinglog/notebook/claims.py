"""The claims of all notes, and which of them support, dispute or replace which."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from functools import cached_property
from typing import NamedTuple

from readinglog.model.claim import Claim
from readinglog.model.note import Link, Note
from readinglog.notebook.links import Links
from readinglog.notebook.publication import Publication
from readinglog.notebook.resolution import select_links
from readinglog.parsing.formulas import Formula

DISPUTES = "disputes"
STATES = ("checked", "reported", "disputed")


class NoteClaim(NamedTuple):
    """A claim, and the note that has it."""

    note: Note
    claim: Claim


class ClaimRelation(NamedTuple):
    """A relation of one claim to another, or to a note: then `claim` is None."""

    field: str
    source: NoteClaim
    note: Note
    claim: Claim | None
    link: Link


class Claims:
    """Finds what the claims of a log say of each other."""

    def __init__(self, links: Links, publication: Publication) -> None:
        self._links = links
        self._publication = publication

    @cached_property
    def published(self) -> list[NoteClaim]:
        """The claims of published notes, newest note first, in the order of their text."""
        return [NoteClaim(note, claim) for note in self._publication.notes for claim in note.claims]

    def list_relations(self, note: Note) -> list[ClaimRelation]:
        """Return the relations of the claims of `note` to claims or notes that are there."""
        if not note.claims:
            return []
        resolved = self._links.list_links(note)  # in the order of their spans
        return [
            relation
            for claim in note.claims
            for field in claim.fields
            if field.name in note.schema.claim_relations
            for link, resolution in select_links(resolved, field.value_span)
            if resolution.target
            for relation in self._relate(
                NoteClaim(note, claim), field.name, link, resolution.target
            )
        ]

    def _relate(
        self, source: NoteClaim, field: str, link: Link, note: Note
    ) -> Iterator[ClaimRelation]:
        """Yield the relation that a wikilink in a field makes; a link to a heading makes none."""
        anchor = self._links.find_anchor(link, note)
        if anchor is None:
            return
        if not anchor:
            yield ClaimRelation(field, source, note, None, link)
            return
        claim = next((each for each in note.claims if f"^{each.id}" == anchor), None)
        if claim:
            yield ClaimRelation(field, source, note, claim, link)

    @cached_property
    def relations(self) -> list[ClaimRelation]:
        """All relations between published claims, newest note first."""
        return [
            relation
            for note in self._publication.notes
            for relation in self.list_relations(note)
            if self._publication.is_published(relation.note)
        ]

    @cached_property
    def _incoming(self) -> dict[NoteClaim, list[ClaimRelation]]:
        found: dict[NoteClaim, list[ClaimRelation]] = defaultdict(list)
        for relation in self.relations:
            if relation.claim:
                found[NoteClaim(relation.note, relation.claim)].append(relation)
        return found

    def list_incoming(self, claim: NoteClaim) -> Sequence[ClaimRelation]:
        """Return the relations of other published claims to this one."""
        return self._incoming.get(claim, ())

    @cached_property
    def _incoming_of_notes(self) -> dict[Note, list[ClaimRelation]]:
        found: dict[Note, list[ClaimRelation]] = defaultdict(list)
        for relation in self.relations:
            if relation.source.note is not relation.note:
                found[relation.note].append(relation)
        return found

    def list_incoming_of_note(self, note: Note) -> Sequence[ClaimRelation]:
        """Return the relations of published claims of other notes to a note, or to its claims."""
        return self._incoming_of_notes.get(note, ())

    def is_disputed(self, claim: NoteClaim) -> bool:
        """Return whether another claim disputes this one."""
        return any(relation.field == DISPUTES for relation in self.list_incoming(claim))

    def list_outgoing(self, claim: NoteClaim) -> list[ClaimRelation]:
        """Return the relations of a claim to published claims and notes."""
        return [
            relation
            for relation in self.list_relations(claim.note)
            if relation.source.claim is claim.claim
            and self._publication.is_published(relation.note)
        ]

    def get_state(self, claim: NoteClaim) -> str:
        """Return what is known of a claim: `disputed` by another, else `checked` or `reported`."""
        if self.is_disputed(claim):
            return "disputed"
        return "checked" if claim.claim.get("checked") else "reported"

    def extract_text(
        self, claim: NoteClaim, show_formula: Callable[[Formula], str] = Formula.to_text
    ) -> str:
        """Return what a claim says as plain text, without its fields."""
        return self._links.extract_text(claim.note, claim.claim.span, show_formula)

    def extract_value(self, claim: NoteClaim, name: str) -> str:
        """Return the value of a field as plain text, '' where the claim does not have it."""
        fields = (field for field in claim.claim.fields if field.name == name)
        field = next(fields, None)
        return self._links.extract_text(claim.note, field.value_span) if field else ""
