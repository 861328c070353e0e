"""The search engine: which notes a query finds, in which order, and their facets."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Sequence
from functools import cache
from math import floor, log
from typing import NamedTuple

from readinglog.model.note import Note
from readinglog.notebook.sort_keys import newest_first, reverse_order
from readinglog.search.corpus import Corpus
from readinglog.search.index_document import get_weight, is_in_title
from readinglog.search.language import COMMON_WORDS, FACETS, QUESTION_WORDS, SENTENCE_LENGTH
from readinglog.search.query import (
    And,
    Filter,
    Not,
    Or,
    Phrase,
    Query,
    Tree,
    Word,
    list_scored_terms,
)
from readinglog.search.words import split_words


class Hit(NamedTuple):
    """A note that a query finds, and its score (0 where the query has no words)."""

    note: Note
    score: float


class Result(NamedTuple):
    """The notes that a query finds, in order, and the number of notes for each facet's values."""

    query: Query
    hits: tuple[Hit, ...]
    facets: dict[str, dict[str, int]]


class Search:
    """Answers queries about one notebook."""

    def __init__(self, corpus: Corpus) -> None:
        self.corpus = corpus
        self.weigh: Callable[[Word | Phrase], dict[Note, float]] = cache(self._weigh)

    def ask(self, query: Query, sort: str = "") -> Result:
        """Return what `query` finds, in the order of `sort`, or of the query where that is ''."""
        found = self.match(query.tree)
        scores = self.score(find_scoring_terms(query.tree), found)
        hits = [Hit(note, scores.get(note, 0.0)) for note in found]
        order = sort or query.sort or "relevance"
        hits.sort(key=lambda hit: (*_make_sort_key(hit, order), newest_first(hit.note)))
        return Result(query, tuple(hits), self.count_facets(found))

    def score(self, terms: Iterable[Word | Phrase], notes: frozenset[Note]) -> dict[Note, float]:
        """Return the summed weights of `terms` in `notes`, rounded like those of the page."""
        scores: dict[Note, float] = defaultdict(float)
        for term in terms:
            for note, weight in self.weigh(term).items():
                if note in notes:
                    scores[note] += weight
        return {note: floor(score * 1e4 + 0.5) / 1e4 for note, score in scores.items()}

    def match(self, tree: Tree | None) -> frozenset[Note]:
        """Return the notes for which `tree` holds; of a question, half of the words are enough."""
        words = _list_question_terms(tree)
        if words and isinstance(tree, And):
            others = tuple(item for item in tree.items if item not in words and not is_common(item))
            return self._match_half_of(words) & self._match(And(others))
        return self._match(_remove_common_words(tree))

    def _match_half_of(self, terms: Sequence[Word]) -> frozenset[Note]:
        """Return the notes that have at least half of `terms`."""
        counts = Counter(note for term in terms for note in self.weigh(term))
        return frozenset(note for note, number in counts.items() if 2 * number >= len(terms))

    def _match(self, tree: Tree | None) -> frozenset[Note]:
        match tree:
            case None:
                return self.corpus.everything
            case And(items):
                return self.corpus.everything.intersection(*map(self._match, items))
            case Or(items):
                return frozenset().union(*map(self._match, items))
            case Not(item):
                return self.corpus.everything - self._match(item)
            case Filter():
                return frozenset(self.corpus.filter_notes(tree))
            case _:
                return frozenset(self.weigh(tree))

    def _weigh(self, term: Word | Phrase) -> dict[Note, float]:
        """Return the notes that have `term`, each with rarity times the weight of the best zone."""
        best: dict[Note, float] = {}
        for note in self.corpus.notes:
            if weights := self._list_weights(term, note):
                best[note] = max(weights)
        rarity = log(1 + (len(self.corpus.notes) - len(best) + 0.5) / (len(best) + 0.5))
        return {note: rarity * weight for note, weight in best.items()}

    def _list_weights(self, term: Word | Phrase, note: Note) -> list[float]:
        """Return the weights of the first places of `term` in `note`, as written and as a form."""
        document, words = self.corpus.get_document(note), split_words(term.text)
        positions = [document.find_phrase(words)]
        if isinstance(term, Word):
            positions.append(document.find_term("".join(words)))
        return [
            get_weight(position)
            for position in positions
            if position is not None and (not term.in_title or is_in_title(position))
        ]

    def count_facets(self, notes: frozenset[Note]) -> dict[str, dict[str, int]]:
        """Return how many of `notes` have each value of each facet, most frequent first.

        A note counts for its tags and for all tags above them.
        """
        vocabulary = self.corpus.notebook.vocabulary
        counts = {name: Counter[str]() for name in FACETS}
        for note in notes:
            tags = self.corpus.notebook.tags.get_tags(note)
            counts["tag"].update({step.key for tag in tags for step in vocabulary.get_path(tag)})
            counts["kind"][note.kind] += 1
            counts["year"].update(filter(None, [note.published[:4]]))
            counts["author"].update(set(note.authors))
            counts["status"][note.status] += 1
        return {name: _sort_by_count(values) for name, values in counts.items()}


def _sort_by_count(counts: Counter[str]) -> dict[str, int]:
    return dict(sorted(counts.items(), key=lambda item: (-item[1], item[0])))


def find_scoring_terms(tree: Tree | None) -> tuple[Word | Phrase, ...]:
    """Return the terms by which notes are ranked, without common words beside others."""
    if _list_question_terms(tree):
        return tuple(term for term in list_scored_terms(tree) if not is_common(term))
    return tuple(list_scored_terms(_remove_common_words(tree)))


def is_question(tree: Tree | None) -> bool:
    """Whether half of the uncommon words are enough to find a note."""
    return bool(_list_question_terms(tree))


def _list_question_terms(tree: Tree | None) -> tuple[Word, ...]:
    """Return the uncommon bare words of a question, or () where `tree` is none.

    A question begins with a question word, or has as many bare words as a sentence.
    """
    items = tree.items if isinstance(tree, And) else ()
    words = [item for item in items if isinstance(item, Word) and not item.in_title]
    if not words:
        return ()
    begins_with_word = words[0] is items[0]
    asks = begins_with_word and words[0].text.lower() in QUESTION_WORDS
    if not asks and len(words) < SENTENCE_LENGTH:
        return ()
    return tuple(word for word in words if not is_common(word))


def _remove_common_words(tree: Tree | None) -> Tree | None:
    """Return `tree` without the common words that stand next to uncommon ones."""
    match tree:
        case And(items):
            kept = [item for item in items if not is_common(item)] if _has_rare(items) else items
            return And(tuple(filter(None, map(_remove_common_words, kept))))
        case Or(items):
            return Or(tuple(filter(None, map(_remove_common_words, items))))
        case Not(item):
            return Not(_remove_common_words(item) or item)
    return tree


def _has_rare(items: Iterable[Tree]) -> bool:
    """Whether one of `items` is a word or phrase for the whole text that is not common."""
    return any(
        isinstance(item, (Word, Phrase)) and not item.in_title and not is_common(item)
        for item in items
    )


def is_common(item: Tree) -> bool:
    """Whether a term is a bare common word."""
    if not isinstance(item, Word) or item.in_title:
        return False
    return all(word in COMMON_WORDS for word in split_words(item.text))


def _make_sort_key(hit: Hit, order: str) -> tuple[object, ...]:
    match order:
        case "relevance":
            return (-hit.score,)
        case "published":
            return (reverse_order(hit.note.published),)
        case "rating":
            return (reverse_order(str(hit.note.rating or "")),)
    return ()
