"""The words of all notes in one table, and what the index says of each word."""

from __future__ import annotations

from collections import defaultdict
from functools import cache

from readinglog.search.language import LANGUAGE_MARK
from readinglog.search.packing import pack_numbers
from readinglog.search.stemmers import group_forms
from readinglog.search.word_batch import PackedLists, WordBatch
from readinglog.search.words import stem_word


class WordTable:
    """What the index says of each word, from one batch of notes after the other."""

    def __init__(self) -> None:
        self._size = 0  # in notes
        self._terms: dict[str, _JoinedLists] = defaultdict(_JoinedLists)  # by language
        self._positions = _JoinedLists()

    def add(self, batch: WordBatch) -> None:
        """Add the words of the next notes."""
        for language, lists in batch.terms.items():
            self._terms[language].add(lists, self._size)
        self._positions.add(batch.positions, self._size)
        self._size += batch.size

    def make_terms(self) -> dict[str, object]:
        """Return, by stem, the notes that have each form of a word.

        Words of notes in other languages than English stand by their stem and by each of their
        forms there, so that readers need no stemmers of these languages; their forms are marked
        with the language. For each note: the step from the note before, and twice what the form
        counts there, and 1 more if it is in the title.
        """
        stems: dict[str, dict[str, str]] = defaultdict(dict)
        for language, lists in sorted(self._terms.items()):
            texts = {word: lists.texts[word] for word in sorted(lists.texts)}
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
        return dict(self._positions.texts)

    def make_endings(self) -> dict[str, object]:
        """Return, by the letters of a word from its end on, how many notes have it."""
        return {word[::-1]: count for word, count in self._positions.counts.items()}


class _JoinedLists:
    """The lists of each word, with steps from the last note of one to the first of the next."""

    def __init__(self) -> None:
        self.texts: dict[str, str] = {}
        self.counts: dict[str, int] = {}
        self._lasts: dict[str, int] = {}

    def add(self, lists: PackedLists, before: int) -> None:
        """Add lists of notes, so many `before` which come after all that were added."""
        texts, counts, lasts = self.texts, self.counts, self._lasts
        for word, first, last, count, text in zip(*lists, strict=True):
            step = _pack_number(before + first - lasts.get(word, 0))
            texts[word] = f"{texts.get(word, '')}{step}{text}"
            counts[word] = counts.get(word, 0) + count
            lasts[word] = before + last


@cache
def _pack_number(number: int) -> str:
    return pack_numbers([number])
