"""The words of all notes in one table, and what the index says of each word."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from functools import cache
from itertools import count, pairwise
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from readinglog.search.language import LANGUAGE_MARK
from readinglog.search.packing import pack_numbers
from readinglog.search.stemmers import group_forms
from readinglog.search.word_batch import PackedLists, WordBatch
from readinglog.search.words import stem_word


class IndexedWords(NamedTuple):
    """What the index says of the words of all notes.

    `terms` has, by stem, the notes that have each form of a word. Words of notes in other languages
    than English stand by their stem and by each of their forms there, so that readers need no
    stemmers of these languages; their forms are marked with the language. For each note: the step
    from the note before, and twice what the form counts there, and 1 more if it is in the title.

    `positions` has, by word, its places in each note. For each note: the step from the note before,
    the number of places, the first of them and the steps to the others, all of them twice the place
    and 1 more in a title.

    `endings` has, by the letters of a word from its end on, how many notes have it.
    """

    terms: Mapping[str, Mapping[str, str]]
    positions: Mapping[str, str]
    endings: Mapping[str, int]


class WordTable:
    """The words of all notes, from one batch after the other."""

    def __init__(self) -> None:
        self._size = 0  # in notes
        self._terms: dict[str, list[_Lists]] = defaultdict(list)  # by language
        self._positions: list[_Lists] = []

    def add(self, batch: WordBatch) -> None:
        """Add the words of the next notes."""
        for language, lists in batch.terms.items():
            self._terms[language].append(_place_behind(lists, self._size))
        self._positions.append(_place_behind(batch.positions, self._size))
        self._size += batch.size

    def join(self) -> IndexedWords:
        """Return what the index says of the words, and forget them: they take much memory."""
        terms = self._join_terms()
        texts, counts = _join_lists(self._positions)
        self._positions = []
        return IndexedWords(terms, texts, {word[::-1]: number for word, number in counts.items()})

    def _join_terms(self) -> dict[str, dict[str, str]]:
        stems: dict[str, dict[str, str]] = defaultdict(dict)
        for language in sorted(self._terms):
            joined = _join_lists(self._terms.pop(language)).texts
            texts = {word: joined[word] for word in sorted(joined)}
            if not language:
                for word, text in texts.items():
                    stems[stem_word(word)][word] = text
                continue
            for stem, group in group_forms(texts, language).items():
                marked = {f"{form}{LANGUAGE_MARK}{language}": texts[form] for form in group}
                for word in {*group, stem}:
                    stems[word].update(marked)
        return dict(stems)


class _Lists(NamedTuple):
    """What a `PackedLists` has, by the numbers of notes in the whole log."""

    words: Sequence[str]
    texts: Sequence[str]
    firsts: NDArray[np.int32]
    lasts: NDArray[np.int32]
    counts: NDArray[np.int32]


def _place_behind(lists: PackedLists, before: int) -> _Lists:
    """Return lists of notes, so many `before` which come before them."""
    firsts, lasts, counts = (
        np.array(column, np.int32) for column in (lists.firsts, lists.lasts, lists.counts)
    )
    return _Lists(lists.words, lists.texts, firsts + before, lasts + before, counts)


class _JoinedLists(NamedTuple):
    """For each word, its whole list, and how many notes it has."""

    texts: Mapping[str, str]
    counts: Mapping[str, int]


def _join_lists(added: Sequence[_Lists]) -> _JoinedLists:
    """Return lists as one, with steps from the last note of each to the first of the next."""
    numbers: dict[str, int] = defaultdict(count().__next__)
    words = np.array([numbers[word] for lists in added for word in lists.words], np.int32)
    if not len(words):
        return _JoinedLists({}, {})
    order = np.argsort(words, kind="stable")
    starts = np.flatnonzero(np.diff(words[order], prepend=-1))
    steps, lasts, counts = (
        np.concatenate([getattr(lists, column) for lists in added])[order]
        for column in ("firsts", "lasts", "counts")
    )
    steps[1:] -= lasts[:-1]
    steps[starts[1:]] += lasts[starts[1:] - 1]  # before the first of a word is no other
    texts = [text for lists in added for text in lists.texts]
    parts = [
        part
        for step, at in zip(steps.tolist(), order.tolist(), strict=True)
        for part in (_pack_number(step), texts[at])
    ]
    ends = pairwise((2 * np.append(starts, len(words))).tolist())
    return _JoinedLists(
        {word: "".join(parts[slice(*end)]) for word, end in zip(numbers, ends, strict=True)},
        dict(zip(numbers, np.add.reduceat(counts, starts).tolist(), strict=True)),
    )


@cache
def _pack_number(number: int) -> str:
    return pack_numbers([number])
