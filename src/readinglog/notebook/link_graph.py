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


class LinkGraph:
    """Which notes lead to which, by links and by relations."""

    def __init__(self, notes: Sequence[Note], links: Links, publication: Publication) -> None:
        self._notes = notes
        self._links = links
        self._publication = publication

    @cached_property
    def backlinks(self) -> dict[Note, list[Backlink]]:
        """What leads to each note from other notes, relations first, newest note first."""
        relating: dict[Note, list[Backlink]] = defaultdict(list)
        found: dict[Note, list[Backlink]] = defaultdict(list)
        notes = (note for note in self._notes if not note.is_page)
        for note in sorted(notes, key=newest_first):
            for relation in self._links.list_relations(note):
                if (target := relation.resolution.target) and target is not note:
                    relating[target].append(Backlink(note, relation.field, relation.span, None))
            for link, resolution in self._links.list_links(note):
                if (target := resolution.target) and target is not note:
                    found[target].append(Backlink(note, MENTIONS, link.span, link))
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
    def outgoing_links(self) -> dict[Note, list[Note]]:
        """The published notes that each published note leads to: by relations, then by links."""
        found: dict[Note, list[Note]] = {}
        for note in self._publication.notes:
            relations = [relation.resolution for relation in self._links.list_relations(note)]
            links = [resolution for _, resolution in self._links.list_links(note)]
            targets = [
                self.published_target(note, resolution) for resolution in (*relations, *links)
            ]
            found[note] = list(dict.fromkeys(filter(None, targets)))
        return found

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
