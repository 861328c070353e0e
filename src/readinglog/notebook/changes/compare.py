"""Comparing two notebooks: what changed from one to the other."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from readinglog.model.diagnostic import RelatedLocation
from readinglog.model.note import Note
from readinglog.model.slugs import make_title_key
from readinglog.model.vocabulary import Tag
from readinglog.notebook.changes.claims import ClaimChanges, compare_claims
from readinglog.notebook.changes.links import (
    WantedNote,
    find_broken_links,
    find_filled_links,
    find_newly_wanted,
)
from readinglog.notebook.changes.pairs import (
    Pairs,
    find_changed_notes,
    has_same_text,
    list_work_keys,
    pair_notes,
)
from readinglog.notebook.mentions import Mentions
from readinglog.notebook.notebook import Notebook


class TagUse(NamedTuple):
    """A tag, and where notes have it."""

    tag: Tag
    places: tuple[RelatedLocation, ...]


class Changes(NamedTuple):
    """What changed. Of a pair of notes, the first is the one before.

    Places are in the notebook `after`, but those of tags no longer used in the one before.
    `near_duplicates` are added notes with the notes that have nearly the same title,
    `suggested_links` places that name a note without a link to it.
    """

    before: Notebook
    after: Notebook
    added: tuple[Note, ...]
    changed: tuple[tuple[Note, Note], ...]
    renamed: tuple[tuple[Note, Note], ...]
    removed: tuple[Note, ...]
    first_used_tags: tuple[TagUse, ...]
    unused_tags: tuple[TagUse, ...]
    filled: tuple[WantedNote, ...]
    wanted: tuple[WantedNote, ...]
    broken: tuple[RelatedLocation, ...]
    near_duplicates: tuple[tuple[Note, Note], ...]
    suggested_links: tuple[tuple[RelatedLocation, Note], ...]
    claims: ClaimChanges


def compare_notebooks(before: Notebook, after: Notebook) -> Changes:
    """Return what changed from `before` to `after`, in order of path."""
    pairs = pair_notes(before, after)
    changed: list[tuple[Note, Note]] = []
    renamed: list[tuple[Note, Note]] = []
    for note, old in pairs.old_by_new.items():
        if note.path != old.path:
            renamed.append((old, note))
        elif not has_same_text(note.source, old.source):
            changed.append((old, note))
    old_uses, new_uses = _find_tag_uses(before), _find_tag_uses(after)
    broken = tuple(find_broken_links(before, after, pairs))
    return Changes(
        before,
        after,
        pairs.added,
        tuple(changed),
        tuple(renamed),
        pairs.removed,
        tuple(use for key, use in new_uses.items() if key not in old_uses),
        tuple(use for key, use in old_uses.items() if key not in new_uses),
        find_filled_links(before, after, pairs),
        find_newly_wanted(before, after, broken),
        broken,
        tuple(_find_near_duplicates(before, pairs)),
        tuple(_suggest_links(after, set(pairs.added), find_changed_notes(pairs))),
        compare_claims(before, after, pairs),
    )


def _find_tag_uses(notebook: Notebook) -> dict[str, TagUse]:
    """Return the tags of published notes, by key."""
    found: dict[str, TagUse] = {}
    for note in notebook.publication.notes[::-1]:
        for item in note.get_scalars("tags"):
            if tag := notebook.vocabulary.find(item.text):
                known = found.setdefault(tag.key, TagUse(tag, ()))
                place = RelatedLocation(note.source, item.span, "")
                found[tag.key] = known._replace(places=(*known.places, place))
    return found


def _find_near_duplicates(before: Notebook, pairs: Pairs) -> Iterator[tuple[Note, Note]]:
    """Yield the added works whose titles are nearly those of others, with these.

    Works with the same id or address are left out, as the check reports them.
    """
    now = {old: note for note, old in pairs.old_by_new.items()}
    added: dict[str, Note] = {}
    for note in pairs.added:
        if note.is_hub or note.is_page:
            continue
        key = make_title_key(note.title)
        similar = before.names.find_similar_title(note.title)
        other = now.get(similar) if similar else added.get(key)
        if other and not other.is_hub and not list_work_keys(note) & list_work_keys(other):
            yield note, other
        added.setdefault(key, note)


def _suggest_links(
    after: Notebook, added: set[Note], changed: set[Note]
) -> Iterator[tuple[RelatedLocation, Note]]:
    """Yield where changed notes name others without a link, and where others name added ones."""
    mentions = Mentions(after)
    found = [
        (mention.note, mention.span, target)
        for target in after.published
        for mention in mentions.find_mentions(target)
    ]
    for note, span, target in sorted(found, key=lambda mention: (mention[0].path, mention[1])):
        if note in changed or target in added:
            yield RelatedLocation(note.source, span, ""), target
