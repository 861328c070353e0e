"""The words of some notes: where each word is, packed as the index has it.

Notes are numbered within the batch, so that it stays the same wherever it stands in a log.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from itertools import chain, count, islice, pairwise
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from readinglog.model.chunks import Chunks
from readinglog.model.note import Note
from readinglog.search.language import OCCURRENCE, TITLE_ZONES, IndexZone
from readinglog.search.packing import DIGITS, MORE
from readinglog.search.words import split_chunk, split_chunks

_Numbers = NDArray[np.int32]
_ALPHABET = np.frombuffer(DIGITS.encode(), np.uint8)
_SPLIT = Chunks(split_chunk)


class _NoteWords(NamedTuple):
    """The words of some texts: `distinct` has each once, `numbers` their places there.

    `lengths` has how many numbers are of each text: of its words, and of what else it is found by.
    """

    distinct: Sequence[str]
    numbers: Sequence[int]
    lengths: Sequence[int]


class NoteZones(NamedTuple):
    """A note, and its texts by the name of their zone."""

    note: Note
    texts: Mapping[str, Sequence[str]]


class PackedLists(NamedTuple):
    """For each of some words, numbers of each note that has it.

    Of each word: the first and the last of these notes, how many there are, and their numbers,
    packed as `packing.pack_numbers` does. Before those of each note but the first stands the step
    from the note before.
    """

    words: Sequence[str]
    firsts: Sequence[int]
    lasts: Sequence[int]
    counts: Sequence[int]
    texts: Sequence[str]


class WordBatch(NamedTuple):
    """The words of as many notes as `size` says.

    `terms` has, by language, what each word counts in each note: twice the number, and 1 more in a
    title. `positions` has how many places it has there, the first of them and the steps to the
    others, all of them twice the place and 1 more in a title.
    """

    size: int
    terms: Mapping[str, PackedLists]
    positions: PackedLists


def _split_texts(texts: Iterable[str]) -> _NoteWords:
    """Return the words of texts."""
    distinct: dict[str, int] = defaultdict(count().__next__)
    numbers: list[int] = []
    lengths: list[int] = []
    for text in texts:
        found = list(map(_SPLIT.__getitem__, split_chunks(text)))
        words, parts = zip(*found, strict=True) if found else ((), ())
        for terms in (words, parts):
            before = len(numbers)
            numbers.extend(map(distinct.__getitem__, chain.from_iterable(filter(None, terms))))
            lengths.append(len(numbers) - before)
    return _NoteWords(list(distinct), numbers, lengths)


def make_word_batch(zones: Sequence[IndexZone], notes: Sequence[NoteZones]) -> WordBatch:
    """Return the words in the texts that `notes` have in `zones`."""
    writer = _BatchWriter(zones)
    for note, texts in notes:
        words = _split_texts([text for zone in zones for text in texts[zone.name]])
        writer.add_note(texts, words, note.foreign_language)
    return writer.pack()


class _Run(NamedTuple):
    """A run of words of one zone of a note, and the place of its first word.

    Parts of words and compounds have no place of their own: it is -1.
    """

    note: int
    length: int
    weight: float
    in_title: bool
    place: int


class _SortedWords(NamedTuple):
    """Words of some notes in order of word, note and place."""

    words: _Numbers
    notes: _Numbers
    weights: NDArray[np.float64]
    codes: _Numbers  # twice the place, and 1 more in a title


class _BatchWriter:
    """Takes in the words of one note after the other."""

    def __init__(self, zones: Sequence[IndexZone]) -> None:
        self._zones = zones
        self._numbers: dict[str, int] = defaultdict(count().__next__)
        self._words: list[_Numbers] = []
        self._runs: list[_Run] = []
        self._size = 0
        self._notes_by_language: dict[str, list[int]] = defaultdict(list)

    def add_note(
        self, texts: Mapping[str, Sequence[str]], words: _NoteWords, language: str
    ) -> None:
        """Add the words of the next note, of whose texts by zone they are."""
        self._notes_by_language[language].append(self._size)
        distinct, numbers, lengths = words
        if numbers:
            codes = np.array([self._numbers[word] for word in distinct], np.int32)
            self._words.append(codes[np.array(numbers, np.int32)])
        sizes = zip(lengths[::2], lengths[1::2], strict=True)
        place = 0
        for zone in self._zones:
            found = list(islice(sizes, len(texts[zone.name])))
            length = sum(words for words, _ in found) / zone.length
            weight = zone.weight / (1 - zone.damping + zone.damping * length)
            in_title = zone.name in TITLE_ZONES
            for whole, parts in found:
                # What is in the body, too, has its places there; no text is next to another.
                has_places = not zone.in_body
                self._add(whole, weight, in_title=in_title, place=place if has_places else -1)
                self._add(parts, weight, in_title=in_title, place=-1)
                place += (whole + 1) * has_places
        self._size += 1

    def _add(self, length: int, weight: float, *, in_title: bool, place: int) -> None:
        if length:
            self._runs.append(_Run(self._size, length, weight, in_title, place))

    def pack(self) -> WordBatch:
        """Return what has been added."""
        found, names = self._sort(), list(self._numbers)
        counts = _list_counts(found)
        terms: dict[str, PackedLists] = {}
        for language, notes in self._notes_by_language.items():
            chosen = np.isin(counts[1], notes)
            terms[language] = _pack_lists(names, *(column[chosen] for column in counts))
        return WordBatch(self._size, terms, _pack_lists(names, *_list_places(found)))

    def _sort(self) -> _SortedWords:
        lengths = np.array([run.length for run in self._runs], np.int32)
        starts = _sum_before(lengths)
        words = np.concatenate([np.zeros(0, np.int32), *self._words])
        steps = np.arange(len(words), dtype=np.int32) - np.repeat(starts, lengths)
        places = np.repeat(np.array([run.place for run in self._runs], np.int32), lengths)
        in_title = np.repeat(np.array([run.in_title for run in self._runs], np.int32), lengths)
        codes = np.where(places < 0, -2, 2 * (places + steps)) + in_title
        notes = np.repeat(np.array([run.note for run in self._runs], np.int32), lengths)
        weights = np.repeat(np.array([run.weight for run in self._runs]), lengths)
        order = np.argsort(words, kind="stable")  # notes and places stand in order already
        return _SortedWords(words[order], notes[order], weights[order], codes[order])


def _pack_lists(
    names: Sequence[str], words: _Numbers, notes: _Numbers, lengths: _Numbers, numbers: _Numbers
) -> PackedLists:
    """Return the numbers of pairs of a word and a note, as many as `lengths` says of each pair.

    The pairs are sorted; `names` has the words by their numbers.
    """
    firsts = _find_changes(words)
    is_later = np.ones(len(words), bool)
    is_later[firsts] = False
    steps = np.diff(notes, prepend=0)[is_later]
    packed, offsets = _pack_numbers(np.insert(numbers, _sum_before(lengths)[is_later], steps))
    starts = np.append(_sum_before(lengths + is_later)[firsts], len(offsets) - 1)
    text = packed.tobytes().decode("ascii")
    ends = np.append(firsts, len(words))[1:]
    return PackedLists(
        [names[word] for word in words[firsts].tolist()],
        notes[firsts].tolist(),
        notes[ends - 1].tolist(),
        (ends - firsts).tolist(),
        [text[start:end] for start, end in pairwise(offsets[starts].tolist())],
    )


def _list_counts(batch: _SortedWords) -> tuple[_Numbers, _Numbers, _Numbers, _Numbers]:
    """Return words, notes, and for each pair one number, which says what the word counts there."""
    firsts = _find_changes(batch.words, batch.notes)
    sums = np.add.reduceat(batch.weights, firsts) if len(firsts) else np.zeros(0)
    in_title = np.maximum.reduceat(batch.codes % 2, firsts) if len(firsts) else firsts
    counts = np.maximum(1, np.floor(OCCURRENCE * sums + 0.5).astype(np.int32))
    numbers = 2 * counts + in_title
    return batch.words[firsts], batch.notes[firsts], np.ones_like(numbers), numbers


def _list_places(batch: _SortedWords) -> tuple[_Numbers, _Numbers, _Numbers, _Numbers]:
    """Return words, notes, and for each pair the number of places, the first, and the steps."""
    has_place = batch.codes >= 0
    words, notes, codes = batch.words[has_place], batch.notes[has_place], batch.codes[has_place]
    firsts = _find_changes(words, notes)
    lengths = np.diff(np.append(firsts, len(words)))
    steps = np.diff(codes, prepend=0)
    steps[firsts] = codes[firsts]
    return words[firsts], notes[firsts], lengths + 1, np.insert(steps, firsts, lengths)


def _find_changes(*columns: _Numbers) -> NDArray[np.intp]:
    """Return the places at which one of some columns differs from the place before."""
    changes = np.zeros(len(columns[0]), bool)
    changes[:1] = True
    for column in columns:
        changes[1:] |= column[1:] != column[:-1]
    return np.flatnonzero(changes)


def _sum_before(lengths: _Numbers) -> _Numbers:
    """Return, for each of some lengths, the sum of those before it."""
    return np.cumsum(lengths, dtype=np.int32) - lengths


def _pack_numbers(numbers: _Numbers) -> tuple[NDArray[np.uint8], _Numbers]:
    """Return numbers as `packing.pack_numbers` has them, with the place of each and of the end."""
    lengths = np.ones(len(numbers), np.int32)
    for shift in range(5, int(numbers.max(initial=0)).bit_length(), 5):
        lengths += numbers >= 1 << shift
    starts = _sum_before(lengths)
    end = int(lengths.sum())
    packed = np.empty(end, np.uint8)
    for place in range(int(lengths.max(initial=0))):
        chosen = lengths > place
        digits = (numbers[chosen] >> 5 * place) % MORE + MORE * (lengths[chosen] > place + 1)
        packed[starts[chosen] + place] = _ALPHABET[digits]
    return packed, np.append(starts, end)
