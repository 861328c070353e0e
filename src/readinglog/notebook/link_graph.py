"""The graph of a log: which notes lead to which."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from functools import cached_property
from typing import NamedTuple

from readinglog.model.digraph import find_nodes_on_cycles
from readinglog.model.note import Link, Note
from readinglog.model.text import Span
from readinglog.notebook.links import Links
from readinglog.notebook.publication import Publication
from readinglog.notebook.resolution import Resolution
from readinglog.notebook.sort_keys import newest_first

MENTIONS = "mentions"


class Backlink(NamedTuple):
    """A relation in the front matter of `note`, or a link in its body (relation `mentions`)."""

    note: Note
    relation: str
    span: Span
    link: Link | None


class _Leads(NamedTuple):
    """What a note leads to: the published notes, and backlinks with the notes that they are of."""

    published: tuple[Note, ...]
    relations: tuple[tuple[Note, Backlink], ...]
    mentions: tuple[tuple[Note, Backlink], ...]


class LinkGraph:
    """Which notes lead to which, by links and by relations."""

    def __init__(self, notes: Sequence[Note], links: Links, publication: Publication) -> None:
        self._notes = notes
        self._links = links
        self._publication = publication
        self._leads: dict[Note, _Leads] = {}

    def take_over(self, previous: LinkGraph) -> None:
        """Take over what notes lead to from an earlier notebook, where that is what it was."""
        known = self._links.get_resolved()
        self._leads = {
            note: leads
            for note, leads in previous._leads.items()
            if note in known.links and note in known.relations
        }

    def _find_leads(self, note: Note) -> _Leads:
        if note not in self._leads:
            relations = self._links.list_relations(note)
            links = self._links.list_links(note)
            resolved = [relation.resolution for relation in relations]
            resolved += [resolution for _, resolution in links]
            targets = (self.published_target(note, resolution) for resolution in resolved)
            self._leads[note] = _Leads(
                tuple(dict.fromkeys(filter(None, targets))),
                tuple(
                    (target, Backlink(note, relation.field, relation.span, None))
                    for relation in relations
                    if (target := relation.resolution.target) and target is not note
                ),
                tuple(
                    (target, Backlink(note, MENTIONS, link.span, link))
                    for link, resolution in links
                    if (target := resolution.target) and target is not note
                ),
            )
        return self._leads[note]

    @cached_property
    def backlinks(self) -> dict[Note, list[Backlink]]:
        """What leads to each note from other notes, relations first, newest note first."""
        relating: dict[Note, list[Backlink]] = defaultdict(list)
        found: dict[Note, list[Backlink]] = defaultdict(list)
        notes = (note for note in self._notes if not note.is_page)
        for note in sorted(notes, key=newest_first):
            leads = self._find_leads(note)
            for target, backlink in leads.relations:
                relating[target].append(backlink)
            for target, backlink in leads.mentions:
                found[target].append(backlink)
        for target, links in relating.items():
            found[target][:0] = sorted(links, key=_get_order)
        return dict(found)

    def published_target(self, note: Note, resolution: Resolution) -> Note | None:
        """Return the other published note that a link or relation of `note` leads to, or None."""
        target = resolution.target
        if not target or target is note or target.is_page:
            return None
        if self._publication.is_published(target):
            return target
        return None

    @cached_property
    def outgoing_links(self) -> dict[Note, tuple[Note, ...]]:
        """The published notes that each published note leads to: by relations, then by links."""
        return {note: self._find_leads(note).published for note in self._publication.notes}

    @cached_property
    def incoming_links(self) -> dict[Note, list[Note]]:
        """The published notes that lead to each published note, newest first."""
        found: dict[Note, list[Note]] = {note: [] for note in self._publication.notes}
        for note, targets in self.outgoing_links.items():
            for target in targets:
                found[target].append(note)
        return found

    @cached_property
    def prerequisites(self) -> dict[str, list[str]]:
        """The paths of the notes that each note builds on, by path.

        Relations that mean no note or many are left out.
        """
        found: dict[str, list[str]] = {}
        for note in self._notes:
            if "builds_on" in note.values:
                relations = (
                    relation
                    for relation in self._links.list_relations(note)
                    if relation.field == "builds_on"
                )
                targets = (relation.resolution.target for relation in relations)
                found[note.path] = [target.path for target in targets if target]
        return found

    @cached_property
    def paths_on_cycles(self) -> set[str]:
        """The paths of the notes that may build on themselves by way of others."""
        return find_nodes_on_cycles(self.prerequisites)


def _get_order(backlink: Backlink) -> int:
    """Return where relations of this kind stand among those of the schema."""
    return backlink.note.schema.relations.index(backlink.relation)
