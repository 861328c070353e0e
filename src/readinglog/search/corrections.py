"""Typing mistakes: the word that was likely meant by one that no note has."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple, Protocol

from readinglog.search.index_reader import SearchIndex
from readinglog.search.language import COMMON_WORDS
from readinglog.search.query import Query, Tree, Word, list_scored_terms, replace_in_tree
from readinglog.search.words import split_words

_SHORTEST = 4  # letters of a word that is corrected
_LONG = 8  # letters from which two mistakes are forgiven, not one


class Correction(NamedTuple):
    """A word that no note has, and the one that was likely meant."""

    word: str
    meant: str


class CanLookUp(Protocol):
    """What corrections need of a search."""

    index: SearchIndex


def correct_query(query: Query, search: CanLookUp) -> tuple[Query, tuple[Correction, ...]]:
    """Return `query` with its mistyped words corrected, and what was corrected."""
    tree, corrections = query.tree, list[Correction]()
    for term in list_scored_terms(query.tree):
        if isinstance(term, Word) and (meant := find_correction(term.text, search.index)):
            tree = replace_in_tree(tree, term, Word(meant, term.in_title, term.span))
            corrections.append(Correction(term.text, meant))
    return Query(tree, query.sort), tuple(corrections)


def find_correction(text: str, index: SearchIndex) -> str:
    """Return the likeliest correction of a word that no note has, or ''.

    Words with the same first or the same last half are compared; the nearest is likeliest, then
    the one that most notes have.
    """
    words = split_words(text, is_query=True)
    word = "".join(words)
    if len(words) != 1 or len(word) < _SHORTEST or word in COMMON_WORDS or word.isdigit():
        return ""
    if index.find_forms(word):
        return ""
    limit = 2 if len(word) >= _LONG else 1
    candidates = {
        (distance, other[0] != word[0], -count, other)
        for other, count in _list_similar(word, index)
        if 0 < (distance := measure_distance(word, other, limit)) <= limit
    }
    return min(candidates)[-1] if candidates else ""


def _list_similar(word: str, index: SearchIndex) -> Iterator[tuple[str, int]]:
    half = len(word) // 2
    yield from index.list_words_from(word[:half])
    yield from index.list_words_to(word[len(word) - half :])


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
            cost = min(
                before[other_at] + 1, row[-1] + 1, before[other_at - 1] + (letter != other)
            )
            swapped = at > 1 and other_at > 1 and letter == second[other_at - 2]
            if swapped and first[at - 2] == other:
                cost = min(cost, before_last[other_at - 2] + 1)
            row.append(cost)
        if min(row) > limit:
            return limit + 1
    return row[-1]
