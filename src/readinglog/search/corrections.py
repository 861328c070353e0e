"""Typing mistakes: the word that was likely meant by one that no note has."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import NamedTuple, Protocol

from readinglog.search.index_reader import SearchIndex
from readinglog.search.language import COMMON_WORDS
from readinglog.search.query import Phrase, Query, Word, list_scored_terms, replace_in_tree
from readinglog.search.words import split_words

_SHORTEST = 4  # letters of a word that is corrected
_SHORTEST_END = 2  # letters at which words have to begin or end alike
_MOST_CANDIDATES = 4
_LONG = 8  # letters from which two mistakes are forgiven, not one


class Correction(NamedTuple):
    """A word that no note has, and the one that was likely meant."""

    word: str
    meant: str


class CanWeigh(Protocol):
    """What corrections need of a search."""

    index: SearchIndex
    weigh: Callable[[Word | Phrase], Mapping[int, float]]


def correct_query(query: Query, search: CanWeigh) -> tuple[Query, tuple[Correction, ...]]:
    """Return `query` with its mistyped words corrected, and what was corrected."""
    tree, corrections = query.tree, list[Correction]()
    terms = tuple(list_scored_terms(query.tree))
    for term in terms:
        if isinstance(term, Word) and (meant := _choose_correction(term, terms, search)):
            tree = replace_in_tree(tree, term, Word(meant, term.in_title, term.span))
            corrections.append(Correction(term.text, meant))
    return Query(tree, query.sort), tuple(corrections)


def _choose_correction(term: Word, terms: Iterable[Word | Phrase], search: CanWeigh) -> str:
    """Return the correction that suits the other terms best, or ''."""
    candidates = list_corrections(term.text, search.index)
    totals: dict[int, float] = defaultdict(float)
    others = [other for other in terms if not COMMON_WORDS.issuperset(split_words(other.text))]
    for other in others if candidates else ():
        for note, weight in search.weigh(other).items():
            totals[note] += weight
    if not totals:
        return next(iter(candidates), "")

    def measure_best(word: str) -> float:
        weights = search.weigh(Word(word, term.in_title))
        scores = (weight + totals.get(note, 0.0) for note, weight in weights.items())
        return max(scores, default=0.0)

    return max(candidates, key=measure_best)


def list_corrections(text: str, index: SearchIndex) -> Sequence[str]:
    """Return what may have been meant by a word that no note has, the likeliest first.

    Words that begin or end alike are compared; the nearest are likeliest, then those that most
    notes have.
    """
    words = split_words(text, is_query=True)
    word = "".join(words)
    if len(words) != 1 or len(word) < _SHORTEST or word in COMMON_WORDS or word.isdigit():
        return ()
    if index.find_forms(word):
        return ()
    limit = 2 if len(word) >= _LONG else 1
    counts: dict[str, int] = {}
    for other, count in _list_similar(word, index):
        counts[other] = max(count, counts.get(other, 0))
    found = [
        (distance, other[0] != word[0], -count, other)
        for other, count in counts.items()
        if 0 < (distance := measure_distance(word, other, limit)) <= limit
    ]
    nearest = sorted(found)[:_MOST_CANDIDATES]
    return [other for distance, *_, other in nearest if distance == nearest[0][0]]


def _list_similar(word: str, index: SearchIndex) -> Iterator[tuple[str, int]]:
    """Yield the words that one mistake may have made `word`: it leaves one end as it was."""
    length = max(_SHORTEST_END, (len(word) - 1) // 2)
    yield from index.list_words_from(word[:length])
    yield from index.list_words_to(word[-length:])


def measure_distance(first: str, second: str, limit: int) -> int:
    """Return how many letters have to be typed otherwise, or more than `limit`.

    Letters may be missing, too many, wrong or exchanged with a neighbour (optimal string
    alignment; Damerau, "A technique for computer detection and correction of spelling errors",
    1964).
    """
    if abs(len(first) - len(second)) > limit:
        return limit + 1
    before: list[int] = []
    row = list(range(len(second) + 1))
    for at, letter in enumerate(first, 1):
        before_last, before, row = before, row, [at]
        for other_at, other in enumerate(second, 1):
            cost = min(before[other_at] + 1, row[-1] + 1, before[other_at - 1] + (letter != other))
            swapped = at > 1 and other_at > 1 and letter == second[other_at - 2]
            if swapped and first[at - 2] == other:
                cost = min(cost, before_last[other_at - 2] + 1)
            row.append(cost)
        if min(row) > limit:
            return limit + 1
    return row[-1]
