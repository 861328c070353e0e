"""What a change does to the log: two notebooks, before and after it, compared."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from readinglog.model.diagnostic import RelatedLocation
from readinglog.model.fields import list_locators
from readinglog.model.note import Note
from readinglog.model.slugs import make_title_key
from readinglog.model.vocabulary import Tag
from readinglog.notebook.changes.links import (
    WantedNote,
    find_broken_links,
    find_filled_links,
    find_newly_wanted,
)
from readinglog.notebook.changes.pairs import Pairs, find_changed_notes, has_same_text, pair_notes
from readinglog.notebook.mentions import Mentions
from readinglog.notebook.names import get_work_key
from readinglog.notebook.notebook import Notebook


class TagUse(NamedTuple):
    """A tag, and where notes have it."""

    tag: Tag
    places: tuple[RelatedLocation, ...]


class Changes(NamedTuple):
    """What a change does. Of a pair of notes the first is the one before; places are in the notebook after, but for `unused`."""

    before: Notebook
    after: Notebook
    added: tuple[Note, ...]
    changed: tuple[tuple[Note, Note], ...]
    renamed: tuple[tuple[Note, Note], ...]
    removed: tuple[Note, ...]
    first_used: tuple[TagUse, ...]
    unused: tuple[TagUse, ...]
    filled: tuple[WantedNote, ...]
    wanted: tuple[WantedNote, ...]
    broken: tuple[RelatedLocation, ...]
    alike: tuple[tuple[Note, Note], ...]  # an added note, and the one whose title is nearly its own
    suggested: tuple[tuple[RelatedLocation, Note], ...]  # where a note is named without a link


def compare_notebooks(before: Notebook, after: Notebook) -> Changes:
    """What leads from `before` to `after`, in order of path."""
    pairs = pair_notes(before, after)
    renamed = tuple((old, note) for note, old in pairs.old.items() if note.path != old.path)
    changed = tuple(
        (old, note)
        for note, old in pairs.old.items()
        if note.path == old.path and not has_same_text(note.source, old.source)
    )
    was, is_ = _uses(before), _uses(after)
    lost = tuple(find_broken_links(before, after, pairs))
    return Changes(
        before,
        after,
        pairs.added,
        changed,
        renamed,
        pairs.removed,
        tuple(use for key, use in is_.items() if key not in was),
        tuple(use for key, use in was.items() if key not in is_),
        find_filled_links(before, after, pairs),
        find_newly_wanted(before, after, lost),
        lost,
        tuple(_alike(before, pairs)),
        tuple(_suggested(after, set(pairs.added), find_changed_notes(pairs))),
    )


def _uses(notebook: Notebook) -> dict[str, TagUse]:
    """The tags that published notes have, by key."""
    found: dict[str, TagUse] = {}
    for note in filter(notebook.publication.includes, notebook.notes):
        for item in note.scalars("tags"):
            if tag := notebook.vocabulary.find(item.text):
                known = found.setdefault(tag.key, TagUse(tag, ()))
                found[tag.key] = known._replace(
                    places=(*known.places, RelatedLocation(note.source, item.span, ""))
                )
    return found


def _alike(before: Notebook, pairs: Pairs) -> Iterator[tuple[Note, Note]]:
    """The added works whose titles are nearly those of others; that two are one work, by id or address, `check` says."""
    now = {old: note for note, old in pairs.old.items()}
    added: dict[str, Note] = {}
    for note in pairs.added:
        if note.is_hub:
            continue
        like = before.names.find_similar_title(note.title)
        other = now.get(like) if like else added.get(make_title_key(note.title))
        if other and not other.is_hub and not _works(note) & _works(other):
            yield note, other
        added.setdefault(make_title_key(note.title), note)


def _works(note: Note) -> set[str]:
    return {key for field in list_locators() if (key := get_work_key(note, field))}


def _suggested(
    after: Notebook, added: set[Note], own: set[Note]
) -> Iterator[tuple[RelatedLocation, Note]]:
    """Where added and changed notes name others without a link, and where others name the added ones."""
    mentions = Mentions(after)
    found = [
        (mention.note, mention.span, to) for to in after.published for mention in mentions.of(to)
    ]
    for note, span, to in sorted(found, key=lambda mention: (mention[0].path, mention[1])):
        if note in own or to in added:
            yield RelatedLocation(note.source, span, ""), to
