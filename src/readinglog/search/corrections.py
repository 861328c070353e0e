"""Typing mistakes: the word that was likely meant by one that no note has."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import NamedTuple, Protocol

from readinglog.search.index_reader import SearchIndex
from readinglog.search.language import COMMON_WORDS
from readinglog.search.query import (
    Phrase,
    Query,
    Tree,
    Word,
    list_clauses,
    list_scored_terms,
    replace_in_tree,
)
from readinglog.search.words import split_words

_SHORTEST = 4  # letters of a word that is corrected
_SHORTEST_START = 3  # letters of the beginning of a word
_SHORTEST_END = 2  # letters at which words have to begin or end alike
_MOST_CANDIDATES = 4
_MIDDLE = 5  # letters from which two mistakes are forgiven in the name of a note …
_LONG = 8  # … and in any word
_SHORTEST_ABBREVIATION = 6  # letters of a word that may stand for a longer one
_DIGIT = re.compile(r"[0-9]")
# Words joined by hyphens or apostrophes, with punctuation around them. All else is an address, code
# or an identifier, which is never corrected by likeness.
_CORRECTABLE = re.compile(
    r"""[.,;:!?…()\[\]'"‘’]*[^\W_]+(?:[-'’\u2010][^\W_]+)*[.,;:!?…()\[\]'"‘’]*"""
)


class Correction(NamedTuple):
    """A word that no note has, and the one that was likely meant."""

    word: str
    meant: str


class CanWeigh(Protocol):
    """What corrections need of a search."""

    index: SearchIndex
    weigh: Callable[[Word | Phrase], Mapping[int, float]]

    def find_named(self, tree: Tree | None) -> Sequence[int]:
        """Return the notes that the words of a query name."""


def correct_query(query: Query, search: CanWeigh) -> tuple[Query, tuple[Correction, ...]]:
    """Return `query` with its mistyped words corrected, and what was corrected.

    Where no note has any of words side by side, all of them have to be corrected, or none is.
    """
    tree, corrections = query.tree, list[Correction]()
    terms = tuple(list_scored_terms(query.tree))
    is_understood = True
    for term in terms:
        if not isinstance(term, Word) or not can_correct(term.text):
            continue
        nearest, others = list_corrections(term.text, search.index)
        meant = _choose_named(term, (*nearest, *others), tree, search)
        if not meant and nearest:
            meant = _choose_correction(term, nearest, terms, search)
        if meant:
            tree = replace_in_tree(tree, term, _replace_text(term, meant))
            corrections.append(Correction(term.text, meant))
        elif is_understood:
            is_understood = bool(search.weigh(term)) or _is_common(term.text)
    is_list = all(isinstance(item, Word) for item in list_clauses(query.tree))
    if is_list and not is_understood and not _has_known_word(terms, search):
        return query, ()
    return Query(tree, query.sort), tuple(corrections)


def can_correct(text: str) -> bool:
    """Whether a term is words, and no address, code, identifier, or value of a mistyped field."""
    return _CORRECTABLE.fullmatch(text) is not None


def _is_common(text: str) -> bool:
    return COMMON_WORDS.issuperset(split_words(text, is_query=True))


def _has_known_word(terms: Iterable[Word | Phrase], search: CanWeigh) -> bool:
    """Whether some note has one of the terms, common words apart."""
    return any(not _is_common(term.text) and search.weigh(term) for term in terms)


def _replace_text(term: Word, text: str) -> Word:
    return Word(text, term.field, term.span)


def _choose_named(
    term: Word, candidates: Iterable[str], tree: Tree | None, search: CanWeigh
) -> str:
    """Return the first candidate that makes a query the name of a note, or ''."""
    for text in candidates:
        if search.find_named(replace_in_tree(tree, term, _replace_text(term, text))):
            return text
    return ""


def _choose_correction(
    term: Word, candidates: Sequence[str], terms: Iterable[Word | Phrase], search: CanWeigh
) -> str:
    """Return the candidate that suits the other terms best."""
    totals: dict[int, float] = defaultdict(float)
    for other in terms:
        if not _is_common(other.text):
            for note, weight in search.weigh(other).items():
                totals[note] += weight
    if not totals:
        return candidates[0]

    def measure_best(word: str) -> float:
        weights = search.weigh(_replace_text(term, word))
        scores = (weight + totals.get(note, 0.0) for note, weight in weights.items())
        return max(scores, default=0.0)

    return max(candidates, key=measure_best)


def list_corrections(text: str, index: SearchIndex) -> tuple[list[str], list[str]]:
    """Return what may have been meant by a word that no note has, the likeliest first; then what
    was meant only if it makes the query the name of a note.

    Words that begin so are likeliest, those that most notes have first; then the nearest words,
    then those of which it is an abbreviation. Of a compound, each word is corrected by itself.
    """
    words = split_words(text, is_query=True)
    if len(words) == 1:
        return _list_meant(words[0], index)
    corrected = [next(iter(_list_meant(word, index)[0]), word) for word in words]
    return (["-".join(corrected)] if corrected != words else []), []


def _list_meant(word: str, index: SearchIndex) -> tuple[list[str], list[str]]:
    """Return what may have been meant by one word, as `list_corrections` does."""
    if word in COMMON_WORDS or word.isdigit() or index.find_forms(word):
        return [], []
    found = _list_nearest(word, index) if len(word) >= _SHORTEST else []
    limit = 2 if len(word) >= _LONG else 1
    near = [other for distance, other in found if distance == min(found[0][0], limit)]
    nearest = _list_completions(word, index) if len(word) >= _SHORTEST_START else []
    nearest = nearest or near or _list_expansions(word, index)
    return nearest, [other for _, other in found if other not in nearest]


def _list_nearest(word: str, index: SearchIndex) -> list[tuple[int, str]]:
    """Return the words that two mistakes may have made `word`, each with the number of mistakes.

    In short words it is one, and not at the beginning in those of middle length. Words that begin
    or end alike are compared, and have the same digits.
    """
    limit = 2 if len(word) >= _MIDDLE else 1
    limit_elsewhere = 2 if len(word) >= _LONG else 1
    counts: dict[str, int] = {}
    for other, count in _list_similar(word, index):
        counts[other] = max(count, counts.get(other, 0))
    digits = _list_digits(word)
    found = [
        (distance, other[0] != word[0], -count, other)
        for other, count in counts.items()
        if _list_digits(other) == digits
        and (distance := measure_distance(word, other, limit))
        <= (limit if other[0] == word[0] else limit_elsewhere)
    ]
    return [(distance, other) for distance, *_, other in sorted(found)[:_MOST_CANDIDATES]]


def _list_digits(word: str) -> list[str]:
    return _DIGIT.findall(word)


def _list_expansions(word: str, index: SearchIndex) -> list[str]:
    """Return words of which `word` is an abbreviation: they begin alike, and have its letters in
    order, such as `pagedattention` those of `pagedattn`. Those that most notes have are first.
    """
    if len(word) < _SHORTEST_ABBREVIATION:
        return []
    start = word[: (len(word) + 1) // 2]
    found = {
        other: count
        for other, count in index.list_words_from(start)
        if other.startswith(start) and _has_in_order(other, word)
    }
    return _list_commonest(found)


def _has_in_order(text: str, letters: str) -> bool:
    rest = iter(text)
    return all(letter in rest for letter in letters)


def _list_completions(word: str, index: SearchIndex) -> list[str]:
    """Return words that begin with `word`, those that most notes have first."""
    found = index.list_words_from(word)
    return _list_commonest({other: count for other, count in found if other.startswith(word)})


def _list_commonest(counts: Mapping[str, int]) -> list[str]:
    return sorted(counts, key=lambda word: (-counts[word], word))[:_MOST_CANDIDATES]


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
