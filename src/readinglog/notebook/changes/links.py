"""What a change does to links: which it fills, which works it wants anew, and what it breaks elsewhere."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from operator import itemgetter
from typing import NamedTuple

from readinglog.model.diagnostic import RelatedLocation
from readinglog.model.note import Link, Note
from readinglog.model.slugs import fold
from readinglog.model.text import Span
from readinglog.notebook.changes.pairs import Pairs
from readinglog.notebook.notebook import Notebook
from readinglog.notebook.reading_paths import referenced_notes
from readinglog.notebook.resolution import Resolution


class WantedNote(NamedTuple):
    """What is linked to or cited, where, and the note about it if there is one."""

    target: str
    places: tuple[RelatedLocation, ...]
    note: Note | None = None


def find_filled_links(before: Notebook, after: Notebook, pairs: Pairs) -> tuple[WantedNote, ...]:
    """The wanted notes that the log now has, with the links that wanted them."""
    found: dict[str, WantedNote] = {}
    for note in after.notes:
        old = pairs.old.get(note)
        if (
            old is None
            or not after.publication.includes(note)
            or not before.publication.includes(old)
        ):
            continue
        wanted = {
            fold(words)
            for words, _, resolution in referenced_notes(before, old)
            if resolution.is_missing
        }
        for words, span, resolution in referenced_notes(after, note) if wanted else ():
            if (target := resolution.target) and fold(words) in wanted:
                _add(found, words, RelatedLocation(note.source, span, ""), target)
    return tuple(found.values())


def find_newly_wanted(
    before: Notebook, after: Notebook, broken: Sequence[RelatedLocation]
) -> tuple[WantedNote, ...]:
    """What published notes link to or cite that is not written, and that none did before; links that broke do not count."""
    known = {
        fold(words)
        for note in before.published
        for words, _, found in referenced_notes(before, note)
        if found.is_missing
    }
    lost = {(place.source, place.span) for place in broken}
    found: dict[str, WantedNote] = {}
    for note in filter(after.publication.includes, after.notes):
        for words, span, resolution in referenced_notes(after, note):
            if (
                resolution.is_missing
                and fold(words) not in known
                and (note.source, span) not in lost
            ):
                _add(found, words, RelatedLocation(note.source, span, ""))
    return tuple(found.values())


def _add(
    found: dict[str, WantedNote], words: str, place: RelatedLocation, note: Note | None = None
) -> None:
    known = found.setdefault(fold(words), WantedNote(words, (), note))
    found[fold(words)] = known._replace(places=(*known.places, place))


def find_broken_links(before: Notebook, after: Notebook, pairs: Pairs) -> Iterator[RelatedLocation]:
    """The links and relations that led somewhere and do not any more, each with why."""
    for note, old in pairs.old.items():
        if lost := [(key, span, why) for key, span, why in _leads(note, after) if why]:
            led = {key for key, _, why in _leads(old, before) if not why}
            yield from (
                RelatedLocation(note.source, span, why)
                for key, span, why in sorted(lost, key=itemgetter(1))
                if key in led
            )


def _leads(note: Note, notebook: Notebook) -> Iterator[tuple[tuple[str, str, str], Span, str]]:
    """What each link and relation of `note` says, where, and why it leads to no one note; '' where it does."""
    for link, resolution in notebook.links.of(note):
        yield (
            (link.kind, link.target, link.heading or ""),
            link.span,
            _why(link, resolution, note, notebook),
        )
    for field, span, text, resolution in notebook.links.relations_of(note):
        yield (field, text, ""), span, "" if resolution.target else _none_or_many(text, resolution)


def _why(link: Link, resolution: Resolution, note: Note, notebook: Notebook) -> str:
    target = resolution.target
    if target is None:
        is_file = resolution.is_missing and notebook.links.find_file(link, note) is not None
        return "" if is_file else _none_or_many(link.target, resolution)
    if not link.heading or notebook.links.find_anchor(link, target) is not None:
        return ""
    return f"`{target.name}` has no `{link.heading.rpartition('#')[2][:80]}` any more"


def _none_or_many(target: str, resolution: Resolution) -> str:
    if resolution.is_missing:
        return f"nothing is at `{target[:80]}` any more"
    return f"`{target[:80]}` may mean {len(resolution.candidates)} notes now"
