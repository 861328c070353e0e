"""Pairing the notes of two notebooks: by path, else by former name, work, name or text."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from itertools import chain
from typing import NamedTuple

from readinglog.model.note import Note
from readinglog.model.slugs import fold
from readinglog.model.text import Source
from readinglog.notebook.names import get_work_key
from readinglog.notebook.notebook import Notebook

_PAIRS_LIMIT = 20_000  # pairs of texts that are compared, which takes a second
_SIMILARITY = 0.5  # the share of equal text from which on a file counts as moved, as in git


class Pairs(NamedTuple):
    """Paired notes: `old_by_new` gives the earlier version of each note that had one."""

    old_by_new: dict[Note, Note]
    added: tuple[Note, ...]
    removed: tuple[Note, ...]


def pair_notes(before: Notebook, after: Notebook) -> Pairs:
    """Return the notes of `after` paired with those of `before`.

    A moved note is found by its former name, its work, its name or its text.
    """
    old = {note: before.by_path[note.path] for note in after.notes if note.path in before.by_path}
    gone = [note for note in before.notes if note.path not in after.by_path]
    new = [note for note in after.notes if note.path not in before.by_path]
    ways = ((_list_names, _list_former_names), (list_work_keys, list_work_keys))
    for list_old_keys, list_new_keys in (*ways, (_list_names, _list_names)):
        old |= _match_keys(gone, new, list_old_keys, list_new_keys)
        gone, new = _drop_taken(gone, old.values()), _drop_taken(new, old)
    if len(gone) * len(new) <= _PAIRS_LIMIT:
        old_texts = {note.path: note.text for note in gone}
        new_texts = {note.path: note.text for note in new}
        for path, former_path in match_moved_texts(old_texts, new_texts):
            note, former = after.by_path[path], before.by_path[former_path]
            if not (list_work_keys(note) and list_work_keys(former)):  # two different works
                old[note] = former
    return Pairs(old, tuple(_drop_taken(new, old)), tuple(_drop_taken(gone, old.values())))


def find_changed_notes(pairs: Pairs) -> set[Note]:
    """Return the notes that are added, changed or renamed."""
    changed = {
        note
        for note, old in pairs.old_by_new.items()
        if note.path != old.path or not has_same_text(note.source, old.source)
    }
    return changed.union(pairs.added)


def has_same_text(one: Source, other: Source | None) -> bool:
    """Return whether two files have the same text, whatever their line ends."""
    if other is None:
        return False
    if one is other:
        return True
    return one.unreadable == other.unreadable and _get_text(one) == _get_text(other)


def _get_text(source: Source) -> str:
    return source.text.replace("\r\n", "\n")


def _drop_taken(notes: list[Note], taken: Iterable[Note]) -> list[Note]:
    known = set(taken)
    return [note for note in notes if note not in known]


def _match_keys(
    gone: list[Note],
    new: list[Note],
    list_old_keys: Callable[[Note], Iterable[str]],
    list_new_keys: Callable[[Note], Iterable[str]],
) -> Iterator[tuple[Note, Note]]:
    """Yield each new note with the first unpaired one of `gone` that shares a key with it."""
    by_key: dict[str, list[Note]] = {}
    for note in gone:
        for key in list_old_keys(note):
            by_key.setdefault(key, []).append(note)
    taken: set[Note] = set()
    for note in new:
        candidates = chain.from_iterable(by_key.get(key, ()) for key in list_new_keys(note))
        former = next((other for other in candidates if other not in taken), None)
        if former:
            taken.add(former)
            yield note, former


def match_moved_texts(gone: Mapping[str, str], new: Mapping[str, str]) -> Iterator[tuple[str, str]]:
    """Yield the paths of `new` texts with those of the most similar `gone` ones, each once."""
    candidates = {path: _measure_lines(text) for path, text in sorted(gone.items())}
    for path, text in sorted(new.items()):
        lines = _measure_lines(text)
        similarity = {old: _compare_lines(lines, known) for old, known in candidates.items()}
        best = max(similarity, key=similarity.__getitem__, default="")
        if best and similarity[best] >= _SIMILARITY:
            del candidates[best]
            yield path, best


def _compare_lines(one: Counter[str], other: Counter[str]) -> float:
    """Return the share of characters in equal lines, from 0 to 1."""
    return 2 * (one & other).total() / (one.total() + other.total() or 1)


def _measure_lines(text: str) -> Counter[str]:
    """Return the number of characters of `text` in each of its lines, repeated ones summed."""
    found: Counter[str] = Counter()
    for line in text.splitlines(keepends=True):
        found[line] += len(line)
    return found


def _list_names(note: Note) -> Iterable[str]:
    return (fold(note.name),)


def _list_former_names(note: Note) -> Iterable[str]:
    return map(fold, note.former_names)


def list_work_keys(note: Note) -> set[str]:
    """Return the keys of the work that `note` is about."""
    keys = (get_work_key(note, field) for field in note.schema.locators)
    return {key for key in keys if key}
