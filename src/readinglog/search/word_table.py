"""The words of all notes in one table, and what the index says of each word."""

from __future__ import annotations

from array import array
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from functools import cached_property
from itertools import count
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from readinglog.search.language import OCCURRENCE, TITLE_ZONES, ZONES
from readinglog.search.packing import DIGITS, MORE
from readinglog.search.words import split_terms, stem_word

_Numbers = NDArray[np.int64]
_ALPHABET = np.frombuffer(DIGITS.encode(), np.uint8)
_MOST_DIGITS = 6  # of a number, five bits each


class _Run(NamedTuple):
    """A run of words of one zone of a note, and the place of its first word.

    Parts of words and compounds have no place of their own: it is -1.
    """

    note: int
    length: int
    weight: float
    in_title: bool
    place: int


class _Occurrences(NamedTuple):
    """The words of the table in order of word, note and place, each with its run."""

    words: _Numbers
    notes: _Numbers
    weights: NDArray[np.float64]
    codes: _Numbers  # twice the place, and 1 more in a title


class WordTable:
    """Every word of every note, with the zone that it is in and its place."""

    def __init__(self) -> None:
        self._numbers: dict[str, int] = defaultdict(count().__next__)
        self._words = array("I")
        self._runs: list[_Run] = []
        self._notes = 0

    def add_note(self, texts: Mapping[str, Sequence[str]]) -> None:
        """Add the texts of the next note by zone."""
        place = 0
        for zone in ZONES:
            found = [split_terms(text) for text in texts[zone.name]]
            length = sum(len(words) for words, _ in found) / zone.length
            weight = zone.weight / (1 - zone.damping + zone.damping * length)
            in_title = zone.name in TITLE_ZONES
            for words, parts in found:
                # Headings have their places in the body; no text is next to another.
                has_places = zone.name != "heading"
                self._add(words, weight, in_title=in_title, place=place if has_places else -1)
                self._add(parts, weight, in_title=in_title, place=-1)
                place += (len(words) + 1) * has_places
        self._notes += 1

    def _add(self, words: Sequence[str], weight: float, *, in_title: bool, place: int) -> None:
        if words:
            self._words.extend(map(self._numbers.__getitem__, words))
            self._runs.append(_Run(self._notes, len(words), weight, in_title, place))

    @cached_property
    def _occurrences(self) -> _Occurrences:
        lengths = np.array([run.length for run in self._runs], np.int64)
        firsts = np.cumsum(lengths) - lengths
        steps = np.arange(len(self._words)) - np.repeat(firsts, lengths)
        places = np.repeat(np.array([run.place for run in self._runs], np.int64), lengths)
        titled = np.repeat(np.array([run.in_title for run in self._runs], np.int64), lengths)
        codes = np.where(places < 0, -2, 2 * (places + steps)) + titled
        words = np.array(self._words, np.int64)
        notes = np.repeat(np.array([run.note for run in self._runs], np.int64), lengths)
        weights = np.repeat(np.array([run.weight for run in self._runs]), lengths)
        order = np.lexsort((codes, notes, words))
        return _Occurrences(words[order], notes[order], weights[order], codes[order])

    def make_terms(self) -> dict[str, object]:
        """Return, by stem, the notes that have each form of a word.

        For each note: the step from the note before, and twice what the form counts there, and 1
        more if it is in the title.
        """
        found = self._occurrences
        firsts = _find_changes(found.words, found.notes)
        sums = np.add.reduceat(found.weights, firsts) if len(firsts) else np.zeros(0)
        titled = np.maximum.reduceat(found.codes % 2, firsts) if len(firsts) else firsts
        counts = np.maximum(1, np.floor(OCCURRENCE * sums + 0.5).astype(np.int64))
        steps = _make_steps(found.words[firsts], found.notes[firsts])
        numbers = np.stack((steps, 2 * counts + titled), axis=1).ravel()
        stems: dict[str, object] = {}
        lines = self._join(numbers, np.repeat(found.words[firsts], 2))
        for word, text in sorted(lines):
            forms = stems.setdefault(stem_word(word), {})
            assert isinstance(forms, dict)  # noqa: S101
            forms[word] = text
        return stems

    def make_positions(self) -> dict[str, object]:
        """Return, by word, its places in each note.

        For each note: the step from the note before, the number of places, the first of them and
        the steps to the others, all of them twice the place and 1 more in a title.
        """
        found = self._occurrences
        placed = found.codes >= 0
        words, notes, codes = found.words[placed], found.notes[placed], found.codes[placed]
        firsts = _find_changes(words, notes)
        lengths = np.diff(np.append(firsts, len(words)))
        steps = np.diff(codes, prepend=0)
        steps[firsts] = codes[firsts]
        heads = firsts + 2 * np.arange(len(firsts))
        numbers = np.empty(len(words) + 2 * len(firsts), np.int64)
        numbers[heads] = _make_steps(words[firsts], notes[firsts])
        numbers[heads + 1] = lengths
        is_step = np.ones(len(numbers), bool)
        is_step[heads] = is_step[heads + 1] = False
        numbers[is_step] = steps
        return dict(self._join(numbers, np.repeat(words[firsts], lengths + 2)))

    def make_endings(self) -> dict[str, object]:
        """Return, by the letters of a word from its end on, how many notes have it."""
        found = self._occurrences
        placed = found.codes >= 0
        words, notes = found.words[placed], found.notes[placed]
        counts = np.bincount(words[_find_changes(words, notes)], minlength=len(self._numbers))
        return {
            word[::-1]: int(number)
            for word, number in zip(self._numbers, counts, strict=True)
            if number
        }

    def _join(self, numbers: _Numbers, words: _Numbers) -> Iterator[tuple[str, str]]:
        """Yield each word with its numbers as text; `words` has the word of each number."""
        packed, ends = _pack_numbers(numbers)
        text = packed.tobytes().decode("ascii")
        names = list(self._numbers)
        firsts = _find_changes(words)
        starts = np.append(0, ends)[np.append(firsts, len(words))].tolist()
        for word, start, end in zip(words[firsts].tolist(), starts, starts[1:], strict=False):
            yield names[word], text[start:end]


def _find_changes(*columns: _Numbers) -> _Numbers:
    """Return the places at which one of some columns differs from the place before."""
    changes = np.zeros(len(columns[0]), bool)
    changes[:1] = True
    for column in columns:
        changes[1:] |= column[1:] != column[:-1]
    return np.flatnonzero(changes)


def _make_steps(words: _Numbers, notes: _Numbers) -> _Numbers:
    """Return the steps from note to note of each word, the first of them from 0."""
    steps = np.diff(notes, prepend=0)
    firsts = _find_changes(words)
    steps[firsts] = notes[firsts]
    return steps


def _pack_numbers(numbers: _Numbers) -> tuple[NDArray[np.uint8], _Numbers]:
    """Return numbers as `packing.pack_numbers` has them, and the place behind each number."""
    lengths = np.ones(len(numbers), np.int64)
    for shift in range(5, int(numbers.max(initial=0)).bit_length(), 5):
        lengths += numbers >= 1 << shift
    ends = np.cumsum(lengths)
    packed = np.empty(ends[-1] if len(ends) else 0, np.uint8)
    starts = ends - lengths
    for place in range(int(lengths.max(initial=0))):
        chosen = lengths > place
        digits = (numbers[chosen] >> 5 * place) % MORE + MORE * (lengths[chosen] > place + 1)
        packed[starts[chosen] + place] = _ALPHABET[digits]
    return packed, ends
