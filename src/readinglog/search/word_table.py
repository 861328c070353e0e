"""The words of all notes in one table, and what the index says of each word."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from functools import cache
from itertools import count, pairwise
from operator import attrgetter
from typing import NamedTuple

import numpy as np

from readinglog.search.language import LANGUAGE_MARK
from readinglog.search.packing import pack_numbers
from readinglog.search.stemmers import group_forms
from readinglog.search.word_batch import PackedLists, WordBatch
from readinglog.search.words import stem_word

_COLUMNS = tuple(map(attrgetter, ("firsts", "lasts", "counts")))


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
        self._terms: dict[str, list[_Added]] = defaultdict(list)  # by language
        self._positions: list[_Added] = []

    def add(self, batch: WordBatch) -> None:
        """Add the words of the next notes."""
        for language, lists in batch.terms.items():
            self._terms[language].append(_Added(lists, self._size))
        self._positions.append(_Added(batch.positions, self._size))
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


class _Added(NamedTuple):
    """The lists of some notes, and how many notes come before them."""

    lists: PackedLists
    before: int


class _JoinedLists(NamedTuple):
    """For each word, its whole list, and how many notes it has."""

    texts: Mapping[str, str]
    counts: Mapping[str, int]


def _join_lists(added: Sequence[_Added]) -> _JoinedLists:
    """Return lists as one, with steps from the last note of each to the first of the next."""
    numbers: dict[str, int] = defaultdict(count().__next__)
    words = np.array([numbers[word] for each in added for word in each.lists.words], np.int32)
    if not len(words):
        return _JoinedLists({}, {})
    order = np.argsort(words, kind="stable")
    starts = np.flatnonzero(np.diff(words[order], prepend=-1))
    firsts, lasts, counts = (
        np.array([number for each in added for number in column(each.lists)], np.int32)[order]
        for column in _COLUMNS
    )
    befores = np.repeat([each.before for each in added], [len(each.lists.words) for each in added])
    steps = firsts + befores[order]
    former = (lasts + befores[order])[:-1]
    steps[1:] -= former
    steps[starts[1:]] += former[starts[1:] - 1]  # before the first of a word is no other
    texts = [text for each in added for text in each.lists.texts]
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
