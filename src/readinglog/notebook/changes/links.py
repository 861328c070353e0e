"""What a change does to links: which it fills, which works it wants anew, and what it breaks elsewhere."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from operator import itemgetter
from typing import NamedTuple

from readinglog.model.diagnostic import Place
from readinglog.model.note import Link, Note
from readinglog.model.slugs import fold
from readinglog.model.text import Span
from readinglog.notebook.changes.pairs import Pairs
from readinglog.notebook.notebook import Notebook
from readinglog.notebook.reading_paths import asked_for


class Wanted(NamedTuple):
    """What is linked to or cited, where, and the note about it if there is one."""

    target: str
    places: tuple[Place, ...]
    note: Note | None = None


def filled(before: Notebook, after: Notebook, pairs: Pairs) -> tuple[Wanted, ...]:
    """The wanted notes that the log now has, with the links that wanted them."""
    found: dict[str, Wanted] = {}
    for note in after.notes:
        old = pairs.old.get(note)
        if old is None or not after.is_published(note) or not before.is_published(old):
            continue
        wanted = {fold(words) for words, _, to in asked_for(before, old) if not to}
        for words, span, to in asked_for(after, note) if wanted else ():
            if len(to) == 1 and fold(words) in wanted:
                _add(found, words, Place(note.source, span, ""), to[0])
    return tuple(found.values())


def newly_wanted(before: Notebook, after: Notebook, broken: Sequence[Place]) -> tuple[Wanted, ...]:
    """What published notes link to or cite that is not written, and that none did before; links that broke do not count."""
    known = {fold(words) for note in before.published for words, _, to in asked_for(before, note) if not to}
    lost = {(place.source, place.span) for place in broken}
    found: dict[str, Wanted] = {}
    for note in filter(after.is_published, after.notes):
        for words, span, to in asked_for(after, note):
            if not to and fold(words) not in known and (note.source, span) not in lost:
                _add(found, words, Place(note.source, span, ""))
    return tuple(found.values())


def _add(found: dict[str, Wanted], words: str, place: Place, note: Note | None = None) -> None:
    known = found.setdefault(fold(words), Wanted(words, (), note))
    found[fold(words)] = known._replace(places=(*known.places, place))


def broken(before: Notebook, after: Notebook, pairs: Pairs) -> Iterator[Place]:
    """The links and relations that led somewhere and do not any more, each with why."""
    for note, old in pairs.old.items():
        if lost := [(key, span, why) for key, span, why in _leads(note, after) if why]:
            led = {key for key, _, why in _leads(old, before) if not why}
            yield from (Place(note.source, span, why) for key, span, why in sorted(lost, key=itemgetter(1)) if key in led)


def _leads(note: Note, notebook: Notebook) -> Iterator[tuple[tuple[str, str, str], Span, str]]:
    """What each link and relation of `note` says, where, and why it leads to no one note; '' where it does."""
    for link, to in notebook.links[note]:
        yield (link.kind, link.target, link.heading or ""), link.span, _why(link, to, note, notebook)
    for field, span, text, to in notebook.relations(note):
        yield (field, text, ""), span, "" if len(to) == 1 else _none_or_many(text, to)


def _why(link: Link, to: Sequence[Note], note: Note, notebook: Notebook) -> str:
    if len(to) != 1:
        return "" if not to and notebook.file_at(link, note) is not None else _none_or_many(link.target, to)
    if not link.heading or notebook.anchor(link, to[0]) is not None:
        return ""
    return f"`{to[0].name}` has no `{link.heading.rpartition('#')[2][:80]}` any more"


def _none_or_many(target: str, to: Sequence[Note]) -> str:
    return f"`{target[:80]}` may mean {len(to)} notes now" if to else f"nothing is at `{target[:80]}` any more"
