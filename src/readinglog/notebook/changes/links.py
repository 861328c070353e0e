"""What a change does to links: targets that now exist or are newly wanted, and broken links."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from operator import attrgetter
from typing import NamedTuple

from readinglog.model.diagnostic import RelatedLocation
from readinglog.model.note import Link, Note
from readinglog.model.slugs import fold
from readinglog.model.text import Span
from readinglog.notebook.changes.pairs import Pairs
from readinglog.notebook.notebook import Notebook
from readinglog.notebook.reading_paths import list_references
from readinglog.notebook.resolution import Resolution

_SHOWN_LETTERS = 80  # of a target or a heading


class WantedNote(NamedTuple):
    """A target of links and relations, where they are, and its note if there is one."""

    target: str
    places: tuple[RelatedLocation, ...]
    note: Note | None = None


def find_filled_links(before: Notebook, after: Notebook, pairs: Pairs) -> tuple[WantedNote, ...]:
    """Return the wanted notes that now exist, with the links to them."""
    found: dict[str, WantedNote] = {}
    for note in filter(after.publication.is_published, after.notes):
        old = pairs.old_by_new.get(note)
        if old is None or not before.publication.is_published(old):
            continue
        wanted = _list_missing(before, old)
        if not wanted:
            continue
        for reference in list_references(after, note):
            target = reference.resolution.target
            if target and fold(reference.target) in wanted:
                place = RelatedLocation(note.source, reference.span, "")
                _add_place(found, reference.target, place, target)
    return tuple(found.values())


def find_newly_wanted(
    before: Notebook, after: Notebook, broken: Sequence[RelatedLocation]
) -> tuple[WantedNote, ...]:
    """Return the targets of published notes that do not exist, and that were not wanted before.

    Links that broke do not count.
    """
    known: set[str] = set()
    for note in before.published:
        known |= _list_missing(before, note)
    broken_spans = {(place.source, place.span) for place in broken}
    found: dict[str, WantedNote] = {}
    for note in filter(after.publication.is_published, after.notes):
        for reference in list_references(after, note):
            is_new = reference.resolution.is_missing and fold(reference.target) not in known
            if is_new and (note.source, reference.span) not in broken_spans:
                _add_place(
                    found, reference.target, RelatedLocation(note.source, reference.span, "")
                )
    return tuple(found.values())


def _list_missing(notebook: Notebook, note: Note) -> set[str]:
    """Return the folded targets of `note` that do not exist."""
    return {
        fold(reference.target)
        for reference in list_references(notebook, note)
        if reference.resolution.is_missing
    }


def _add_place(
    found: dict[str, WantedNote], target: str, place: RelatedLocation, note: Note | None = None
) -> None:
    known = found.setdefault(fold(target), WantedNote(target, (), note))
    found[fold(target)] = known._replace(places=(*known.places, place))


class _Target(NamedTuple):
    """How a link or relation is written, where, and why its target is not one note, or ''."""

    key: tuple[str, str, str]
    span: Span
    obstacle: str


def find_broken_links(before: Notebook, after: Notebook, pairs: Pairs) -> Iterator[RelatedLocation]:
    """Yield the links and relations that no longer have a target, each with the reason."""
    for note, old in pairs.old_by_new.items():
        broken = [target for target in _list_targets(note, after) if target.obstacle]
        if not broken:
            continue
        worked = {target.key for target in _list_targets(old, before) if not target.obstacle}
        for target in sorted(broken, key=attrgetter("span")):
            if target.key in worked:
                yield RelatedLocation(note.source, target.span, target.obstacle)


def _list_targets(note: Note, notebook: Notebook) -> Iterator[_Target]:
    """Yield the target of each link and relation of `note`."""
    for link, resolution in notebook.links.list_links(note):
        key = (link.kind, link.target, link.heading or "")
        yield _Target(key, link.span, _find_obstacle(link, resolution, note, notebook))
    for field, span, text, resolution in notebook.links.list_relations(note):
        obstacle = "" if resolution.target else _explain_unresolved(text, resolution)
        yield _Target((field, text, ""), span, obstacle)


def _find_obstacle(link: Link, resolution: Resolution, note: Note, notebook: Notebook) -> str:
    """Return why a link has no single target, or ''."""
    target = resolution.target
    if target is None:
        if resolution.is_missing and notebook.links.find_file(link, note) is not None:
            return ""
        return _explain_unresolved(link.target, resolution)
    if not link.heading or notebook.links.find_anchor(link, target) is not None:
        return ""
    heading = link.heading.rpartition("#")[2][:_SHOWN_LETTERS]
    return f"`{target.name}` no longer has `{heading}`"


def _explain_unresolved(target: str, resolution: Resolution) -> str:
    shown = target[:_SHOWN_LETTERS]
    if resolution.is_missing:
        return f"`{shown}` no longer exists"
    return f"`{shown}` may now mean {len(resolution.candidates)} notes"
