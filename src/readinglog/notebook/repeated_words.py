"""The words that notes repeat, and which other notes repeat them."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from functools import cached_property
from itertools import chain
from typing import NamedTuple

from readinglog.model.note import Note
from readinglog.notebook.publication import Publication

MOST = 40  # notes that have a word: of one that more have, they are not listed


class _Table(NamedTuple):
    """Of some notes: how many have each word more than once, and which, of words that few have."""

    notes: Sequence[Note]
    counts: Counter[str]
    holders: dict[str, list[Note]]


class RepeatedWords:
    """The words that published notes have more than once."""

    def __init__(self, publication: Publication) -> None:
        self._publication = publication
        self._former: _Table | None = None

    def take_over(self, previous: RepeatedWords) -> None:
        """Take over what an earlier notebook knows, so that only what is new is counted."""
        self._former = vars(previous).get("_table", previous._former)

    @property
    def holders(self) -> Mapping[str, list[Note]]:
        """The notes that have each word more than once, if two or more do, and not over MOST."""
        return self._table.holders

    @cached_property
    def _table(self) -> _Table:
        notes, former = self._publication.notes, self._former
        self._former = None
        return _update_table(former, notes) if former else _make_table(notes)


def _make_table(notes: Sequence[Note]) -> _Table:
    having: dict[str, list[Note]] = defaultdict(list)
    for note in notes:
        for word in note.repeated_words:
            having[word].append(note)
    counts = Counter({word: len(found) for word, found in having.items()})
    holders = {word: found for word, found in having.items() if 1 < len(found) <= MOST}
    return _Table(notes, counts, holders)


def _update_table(former: _Table, notes: Sequence[Note]) -> _Table:
    """Return the table of `notes`, counting only those that are not in a former one."""
    before, now = set(former.notes), set(notes)
    gone = [note for note in former.notes if note not in now]
    new = [note for note in notes if note not in before]
    counts, holders = former.counts.copy(), dict(former.holders)
    counts.subtract(_chain_words(gone))
    counts.update(_chain_words(new))
    for word in {*_chain_words(gone), *_chain_words(new)}:
        known = holders.pop(word, None)
        if 1 < counts[word] <= MOST:
            kept = notes if known is None else [*(note for note in known if note in now), *new]
            holders[word] = [note for note in kept if word in note.repeated_words]
    return _Table(notes, counts, holders)


def _chain_words(notes: Iterable[Note]) -> Iterable[str]:
    return chain.from_iterable(note.repeated_words for note in notes)
