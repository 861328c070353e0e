"""Suggestions: the name nearest to a word."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable
from difflib import SequenceMatcher

from readinglog.model.slugs import fold

MIN_SIMILARITY = 0.6
SAME_TITLE_SIMILARITY = 0.92  # how alike two titles of one work are
_CANDIDATES = 8
_RAREST = 6  # trigrams of a word that are looked up
_CROWDED = 500  # names with a trigram that are compared


class FuzzyIndex:
    """Known names by the runs of three letters in them, so that a look-up is cheap among many."""

    def __init__(self, known: Iterable[str]) -> None:
        self._by_fold: dict[str, str] = {}
        for name in known:
            self._by_fold.setdefault(fold(name), name)
        self._holders: dict[str, list[str]] = defaultdict(list)
        for key in self._by_fold:
            for run in _list_trigrams(key):
                self._holders[run].append(key)
        self._nearest_by_word: dict[str, tuple[float, str]] = {}

    @property
    def names(self) -> tuple[str, ...]:
        """The known names, each in one spelling."""
        return tuple(self._by_fold.values())

    def find_nearest(self, word: str, min_similarity: float = MIN_SIMILARITY) -> str | None:
        """Return the name most like `word`, or None where none is alike enough.

        `min_similarity` is how alike it must be, from 0 to 1.
        """
        key = fold(word)[:100]
        if key not in self._nearest_by_word:
            self._nearest_by_word[key] = self._score_nearest(key)
        score, best = self._nearest_by_word[key]
        return self._by_fold[best] if score >= min_similarity else None

    def _score_nearest(self, key: str) -> tuple[float, str]:
        shared: Counter[str] = Counter()
        found = (self._holders[run] for run in _list_trigrams(key) if run in self._holders)
        for holders in sorted(found, key=len)[:_RAREST]:
            shared.update(holders[:_CROWDED])
        # By the share of trigrams in common (Dice's coefficient).
        near = sorted(shared, key=lambda name: (-2 * shared[name] / (len(key) + len(name)), name))
        scored = [(_compare(key, name), name) for name in near[:_CANDIDATES]]
        return max(scored, default=(0.0, ""))


def find_nearest(word: str, known: Iterable[str]) -> str | None:
    """Return the one of a few `known` names most like `word`, or None where none is."""
    return FuzzyIndex(known).find_nearest(word)


def _list_trigrams(key: str) -> dict[str, None]:
    """Return the runs of three letters in `key`, each once, in order."""
    padded = f"  {key} "
    return dict.fromkeys(padded[at : at + 3] for at in range(len(padded) - 2))


def _compare(word: str, name: str) -> float:
    """Return how alike two names are, from 0 to 1; one that holds the other is alike enough."""
    ratio = SequenceMatcher(None, word, name, autojunk=False).ratio()
    is_part = min(len(word), len(name)) > 3 and (word in name or name in word)
    return max(ratio, MIN_SIMILARITY) if is_part else ratio
