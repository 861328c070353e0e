"""Which note of one notebook became which of another: by its path, else by what it says of itself."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import NamedTuple

from readinglog.model.fields import list_locators
from readinglog.model.note import Note
from readinglog.model.slugs import fold
from readinglog.model.text import Source
from readinglog.notebook.names import get_work_key
from readinglog.notebook.notebook import Notebook

_MANY = 20_000  # pairs of texts, which take a second; more are not compared
_ALIKE = 0.5  # the share of its text from which on a file counts as another one moved; git's own


class Pairs(NamedTuple):
    """`old` gives the former self of each note that had one; the others are `added`, and what became of none is `removed`."""

    old: dict[Note, Note]
    added: tuple[Note, ...]
    removed: tuple[Note, ...]


def pair_notes(before: Notebook, after: Notebook) -> Pairs:
    """The notes of `after` with those of `before` that they were. One that moved has its former name, its work, its name or its text."""
    old = {note: before.by_path[note.path] for note in after.notes if note.path in before.by_path}
    gone = [note for note in before.notes if note.path not in after.by_path]
    new = [note for note in after.notes if note.path not in before.by_path]
    for were, are in ((_names, _former_names), (_works, _works), (_names, _names)):
        old |= _matched(gone, new, were, are)
        gone, new = _left(gone, old.values()), _left(new, old)
    if len(gone) * len(new) <= _MANY:
        texts = match_moved_texts(
            {note.path: note.text for note in gone}, {note.path: note.text for note in new}
        )
        alike = ((after.by_path[path], before.by_path[former]) for path, former in texts)
        old |= {
            note: former for note, former in alike if not (_works(note) and _works(former))
        }  # which would differ
    return Pairs(old, tuple(_left(new, old)), tuple(_left(gone, old.values())))


def find_changed_notes(pairs: Pairs) -> set[Note]:
    """The notes that are added, changed or renamed."""
    return {
        *pairs.added,
        *(
            note
            for note, old in pairs.old.items()
            if note.path != old.path or not has_same_text(note.source, old.source)
        ),
    }


def has_same_text(one: Source, other: Source | None) -> bool:
    """Whether a file says what it said, however its lines end."""
    return one is other or (
        other is not None and one.unreadable == other.unreadable and _lines(one) == _lines(other)
    )


def _lines(source: Source) -> str:
    return source.text.replace("\r\n", "\n")


def _left(notes: list[Note], taken: Iterable[Note]) -> list[Note]:
    known = set(taken)
    return [note for note in notes if note not in known]


def _matched(
    gone: list[Note],
    new: list[Note],
    were: Callable[[Note], Iterable[str]],
    are: Callable[[Note], Iterable[str]],
) -> Iterator[tuple[Note, Note]]:
    """Each new note with the first of those gone that shares a key with it and is not taken yet."""
    by_key: dict[str, list[Note]] = {}
    for note in gone:
        for key in were(note):
            by_key.setdefault(key, []).append(note)
    taken: set[Note] = set()
    for note in new:
        if former := next(
            (other for key in are(note) for other in by_key.get(key, ()) if other not in taken),
            None,
        ):
            taken.add(former)
            yield note, former


def match_moved_texts(gone: Mapping[str, str], new: Mapping[str, str]) -> Iterator[tuple[str, str]]:
    """The paths of `new` texts with those `gone` that they are likest to, each of which is taken once."""
    left = {path: _lengths(text) for path, text in sorted(gone.items())}
    for path, text in sorted(new.items()):
        lengths = _lengths(text)
        likeness = {
            old: 2 * (lengths & known).total() / (lengths.total() + known.total() or 1)
            for old, known in left.items()
        }
        old = max(likeness, key=likeness.__getitem__, default="")
        if old and likeness[old] >= _ALIKE:
            del left[old]
            yield path, old


def _lengths(text: str) -> Counter[str]:
    """How many characters of a text each of its lines makes up, as often as it is there."""
    found: Counter[str] = Counter()
    for line in text.splitlines(keepends=True):
        found[line] += len(line)
    return found


def _names(note: Note) -> Iterable[str]:
    return (fold(note.name),)


def _former_names(note: Note) -> Iterable[str]:
    return map(fold, note.texts("redirect_from"))


def _works(note: Note) -> Iterable[str]:
    return [key for field in list_locators() if (key := get_work_key(note, field))]
