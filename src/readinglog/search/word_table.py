"""The words of all notes in one table, and what the index says of each word."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import lru_cache
from itertools import chain, count, islice
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from readinglog.search.language import LANGUAGE_MARK, OCCURRENCE, TITLE_ZONES, ZONES, IndexZone
from readinglog.search.packing import DIGITS, MORE
from readinglog.search.stemmers import group_forms
from readinglog.search.words import split_chunk, split_chunks, stem_word

_Numbers = NDArray[np.int32]
_ALPHABET = np.frombuffer(DIGITS.encode(), np.uint8)
_BATCH_SIZE = 120_000  # words
_MOST_CHUNKS = 1 << 15  # that are kept
_split_chunk = lru_cache(maxsize=_MOST_CHUNKS)(split_chunk)


class NoteWords(NamedTuple):
    """The words of some texts: `distinct` has each once, `numbers` their places there.

    `lengths` has how many numbers are of each text: of its words, and of what else it is found by.
    """

    distinct: Sequence[str]
    numbers: Sequence[int]
    lengths: Sequence[int]


def split_texts(texts: Iterable[str]) -> NoteWords:
    """Return the words of texts."""
    distinct: dict[str, int] = defaultdict(count().__next__)
    numbers: list[int] = []
    lengths: list[int] = []
    for text in texts:
        found = list(map(_split_chunk, split_chunks(text)))
        for part in range(2):
            before = len(numbers)
            words = chain.from_iterable([each[part] for each in found])
            numbers.extend(map(distinct.__getitem__, words))
            lengths.append(len(numbers) - before)
    return NoteWords(list(distinct), numbers, lengths)


class _Run(NamedTuple):
    """A run of words of one zone of a note, and the place of its first word.

    Parts of words and compounds have no place of their own: it is -1.
    """

    note: int
    length: int
    weight: float
    in_title: bool
    place: int


class _Batch(NamedTuple):
    """Words of some notes in order of word, note and place."""

    words: _Numbers
    notes: _Numbers
    weights: NDArray[np.float64]
    codes: _Numbers  # twice the place, and 1 more in a title


class WordTable:
    """What the index says of each word, from the words of one note after the other.

    The words of some notes at a time are sorted and packed, so that those of many notes fit into
    little memory.
    """

    def __init__(self, zones: Sequence[IndexZone] = ZONES) -> None:
        self._zones = zones
        self._numbers: dict[str, int] = defaultdict(count().__next__)
        self._words: list[_Numbers] = []
        self._size = 0  # of them together
        self._runs: list[_Run] = []
        self._notes = 0
        self._notes_by_language: dict[str, list[int]] = defaultdict(list)
        self._terms: dict[str, _PackedLists] = defaultdict(_PackedLists)  # by language
        self._positions = _PackedLists()

    def add_note(
        self,
        texts: Mapping[str, Sequence[str]],
        split: Callable[[Sequence[str]], NoteWords] = split_texts,
        *,
        language: str = "",
    ) -> None:
        """Add the texts of the next note by zone, and its language, '' for English.

        `split` is `split_texts`, or what returns the same from a cache.
        """
        self._notes_by_language[language].append(self._notes)
        distinct, numbers, lengths = split(
            [text for zone in self._zones for text in texts[zone.name]]
        )
        if numbers:
            codes = np.array([self._numbers[word] for word in distinct], np.int32)
            self._words.append(codes[np.array(numbers, np.int32)])
            self._size += len(numbers)
        sizes = zip(lengths[::2], lengths[1::2], strict=True)
        place = 0
        for zone in self._zones:
            found = list(islice(sizes, len(texts[zone.name])))
            length = sum(words for words, _ in found) / zone.length
            weight = zone.weight / (1 - zone.damping + zone.damping * length)
            in_title = zone.name in TITLE_ZONES
            for words, parts in found:
                # What is in the body, too, has its places there; no text is next to another.
                has_places = not zone.in_body
                self._add(words, weight, in_title=in_title, place=place if has_places else -1)
                self._add(parts, weight, in_title=in_title, place=-1)
                place += (words + 1) * has_places
        self._notes += 1
        if self._size >= _BATCH_SIZE:
            self._pack()

    def _add(self, length: int, weight: float, *, in_title: bool, place: int) -> None:
        if length:
            self._runs.append(_Run(self._notes, length, weight, in_title, place))

    def _pack(self) -> None:
        """Pack the words of the notes since the last time."""
        batch = self._sort()
        self._words, self._size, self._runs = [], 0, []
        counts = _list_counts(batch)
        for language, notes in self._notes_by_language.items():
            chosen = np.isin(counts[1], notes)
            self._terms[language].add(*(column[chosen] for column in counts))
        self._positions.add(*_list_places(batch))

    def _sort(self) -> _Batch:
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
        return _Batch(words[order], notes[order], weights[order], codes[order])

    def make_terms(self) -> dict[str, object]:
        """Return, by stem, the notes that have each form of a word.

        Words of notes in other languages than English stand by their stem and by each of their
        forms there, so that readers need no stemmers of these languages; their forms are marked
        with the language. For each note: the step from the note before, and twice what the form
        counts there, and 1 more if it is in the title.
        """
        self._pack()
        stems: dict[str, dict[str, str]] = defaultdict(dict)
        for language, lists in sorted(self._terms.items()):
            texts = {word: text for word, text, _ in sorted(lists.name(self._numbers))}
            if not language:
                for word, text in texts.items():
                    stems[stem_word(word)][word] = text
                continue
            for stem, group in group_forms(texts, language).items():
                marked = {f"{form}{LANGUAGE_MARK}{language}": texts[form] for form in group}
                for word in {*group, stem}:
                    stems[word].update(marked)
        return dict(stems)

    def make_positions(self) -> dict[str, object]:
        """Return, by word, its places in each note.

        For each note: the step from the note before, the number of places, the first of them and
        the steps to the others, all of them twice the place and 1 more in a title.
        """
        self._pack()
        return {word: text for word, text, _ in self._positions.name(self._numbers)}

    def make_endings(self) -> dict[str, object]:
        """Return, by the letters of a word from its end on, how many notes have it."""
        self._pack()
        return {word[::-1]: count for word, _, count in self._positions.name(self._numbers)}


class _PackedLists:
    """For each word, numbers of each note that has it: the step from the note before, and others.

    They are packed as `packing.pack_numbers` does.
    """

    def __init__(self) -> None:
        self._texts: list[str] = []
        self._last_notes = np.zeros(0, np.int32)
        self._note_counts = np.zeros(0, np.int32)

    def add(self, words: _Numbers, notes: _Numbers, lengths: _Numbers, numbers: _Numbers) -> None:
        """Add numbers of pairs of a word and a note, as many as `lengths` says of each pair.

        The pairs are sorted, and their notes come after all that were added before.
        """
        if not len(words):
            return
        self._grow(int(words[-1]) + 1)
        starts = _sum_before(lengths)
        packed, offsets = _pack_numbers(np.insert(numbers, starts, self._make_steps(words, notes)))
        text = packed.tobytes().decode("ascii")
        firsts = _find_changes(words)
        begins = offsets[np.append((starts + np.arange(len(words)))[firsts], len(offsets) - 1)]
        spans = zip(words[firsts].tolist(), begins.tolist(), begins[1:].tolist(), strict=False)
        for word, begin, end in spans:
            self._texts[word] += text[begin:end]

    def _grow(self, size: int) -> None:
        new = max(0, size - len(self._texts))
        self._texts += [""] * new
        self._last_notes = np.pad(self._last_notes, (0, new))
        self._note_counts = np.pad(self._note_counts, (0, new))

    def _make_steps(self, words: _Numbers, notes: _Numbers) -> _Numbers:
        """Return the steps from note to note of each word, the first of all from 0."""
        firsts = _find_changes(words)
        steps = np.diff(notes, prepend=0)
        steps[firsts] = notes[firsts] - self._last_notes[words[firsts]]
        self._last_notes[words] = notes
        self._note_counts += np.bincount(words, minlength=len(self._texts))
        return steps

    def name(self, words: Iterable[str]) -> Iterator[tuple[str, str, int]]:
        """Yield each of `words` that has numbers, with them as text and the number of its notes."""
        counts = self._note_counts.tolist()
        for word, text, number in zip(words, self._texts, counts, strict=False):
            if text:
                yield word, text, number


def _list_counts(batch: _Batch) -> tuple[_Numbers, _Numbers, _Numbers, _Numbers]:
    """Return words, notes, and for each pair one number, which says what the word counts there."""
    firsts = _find_changes(batch.words, batch.notes)
    sums = np.add.reduceat(batch.weights, firsts) if len(firsts) else np.zeros(0)
    in_title = np.maximum.reduceat(batch.codes % 2, firsts) if len(firsts) else firsts
    counts = np.maximum(1, np.floor(OCCURRENCE * sums + 0.5).astype(np.int32))
    numbers = 2 * counts + in_title
    return batch.words[firsts], batch.notes[firsts], np.ones_like(numbers), numbers


def _list_places(batch: _Batch) -> tuple[_Numbers, _Numbers, _Numbers, _Numbers]:
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
