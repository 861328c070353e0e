"""Asking: which notes a query finds, in which order, and what they have in common."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from functools import cache
from math import floor, log
from typing import NamedTuple

from readinglog.model.note import Note
from readinglog.notebook.sort_keys import newest_first, reverse_order
from readinglog.search.corpus import Corpus
from readinglog.search.index_document import get_weight, is_in_title
from readinglog.search.query import And, Filter, Not, Or, Phrase, Query, Tree, Word, list_sought
from readinglog.search.words import COMMON, QUESTION, SENTENCE, split_words

FACETS = ("tag", "kind", "year", "author", "status")


class Hit(NamedTuple):
    """A note that a query finds, and its weight (0 where the query has no words)."""

    note: Note
    score: float


class Result(NamedTuple):
    """What a query finds, in order, and the facets of all of it: how many notes have each value."""

    query: Query
    hits: tuple[Hit, ...]
    facets: dict[str, dict[str, int]]


class Search:
    """Answers queries about one notebook."""

    def __init__(self, corpus: Corpus) -> None:
        self.corpus = corpus
        self.weights: Callable[[Word | Phrase], dict[Note, float]] = cache(self._weights)

    def ask(self, query: Query, sort: str = "") -> Result:
        """What `query` finds; `sort` goes before the order that the query names."""
        found = self.matches(query.tree)
        scores = self.scores(find_scoring_terms(query.tree), found)
        hits = [Hit(note, scores.get(note, 0.0)) for note in found]
        order = sort or query.sort or "relevance"
        hits.sort(key=lambda hit: (*_rank(hit, order), newest_first(hit.note)))
        return Result(query, tuple(hits), self.facets(found))

    def scores(self, terms: Iterable[Word | Phrase], notes: frozenset[Note]) -> dict[Note, float]:
        """The weights of `terms` in those of `notes` that they find, summed and rounded to four digits, as the page rounds too."""
        scores: Counter[Note] = Counter()
        for term in terms:
            scores.update(
                {note: weight for note, weight in self.weights(term).items() if note in notes}
            )
        return {note: floor(score * 1e4 + 0.5) / 1e4 for note, score in scores.items()}

    def matches(self, tree: Tree | None) -> frozenset[Note]:
        """The notes for which `tree` holds."""
        words = _words_of_question(tree)
        if words and isinstance(tree, And):
            others = tuple(item for item in tree.items if item not in words and not is_common(item))
            return self._most(words) & self._matches(And(others))
        return self._matches(_without_common(tree))

    def _most(self, terms: Sequence[Word]) -> frozenset[Note]:
        """The notes that have at least half of `terms`."""
        held = Counter(note for term in terms for note in self.weights(term))
        return frozenset(note for note, number in held.items() if 2 * number >= len(terms))

    def _matches(self, tree: Tree | None) -> frozenset[Note]:
        match tree:
            case None:
                return self.corpus.everything
            case And(items):
                return self.corpus.everything.intersection(*map(self._matches, items))
            case Or(items):
                return frozenset().union(*map(self._matches, items))
            case Not(item):
                return self.corpus.everything - self._matches(item)
            case Filter():
                return frozenset(self.corpus.matching(tree))
            case _:
                return frozenset(self.weights(tree))

    def _weights(self, term: Word | Phrase) -> dict[Note, float]:
        """The notes that a term finds, each with its weight: rarity times the best place."""
        best = {
            note: max(places) for note in self.corpus.notes if (places := self._places(term, note))
        }
        rarity = log(1 + (len(self.corpus.notes) - len(best) + 0.5) / (len(best) + 0.5))
        return {note: rarity * place for note, place in best.items()}

    def _places(self, term: Word | Phrase, note: Note) -> list[float]:
        """What the places weigh where `term` stands first in `note`, as it is and in another form."""
        text, run = self.corpus.text(note), split_words(term.text)
        at = [text.phrase(run), *([text.term("".join(run))] if isinstance(term, Word) else [])]
        return [
            get_weight(position)
            for position in at
            if position is not None and (not term.in_title or is_in_title(position))
        ]

    def facets(self, notes: frozenset[Note]) -> dict[str, dict[str, int]]:
        """How many of `notes` have each tag (or one below it), kind, year, author and status; most frequent first."""
        vocabulary = self.corpus.notebook.vocabulary
        found = {name: Counter[str]() for name in FACETS}
        for note in notes:
            tags = self.corpus.notebook.tags.of(note)
            found["tag"].update({step.key for tag in tags for step in vocabulary.path(tag)})
            found["kind"][note.kind] += 1
            found["year"].update(filter(None, [note.published[:4]]))
            found["author"].update(set(note.authors))
            found["status"][note.status] += 1
        return {
            name: dict(sorted(counts.items(), key=lambda item: (-item[1], item[0])))
            for name, counts in found.items()
        }


def find_scoring_terms(tree: Tree | None) -> tuple[Word | Phrase, ...]:
    """The words and phrases of a query that say what is looked for: not the common words beside them."""
    if _words_of_question(tree):
        return tuple(term for term in list_sought(tree) if not is_common(term))
    return tuple(list_sought(_without_common(tree)))


def is_question(tree: Tree | None) -> bool:
    """Whether half of the telling words are enough."""
    return bool(_words_of_question(tree))


def _words_of_question(tree: Tree | None) -> tuple[Word, ...]:
    """The uncommon bare words of a question: of a query that begins with a question word, or has bare words enough for one."""
    items = tree.items if isinstance(tree, And) else ()
    bare = [item for item in items if isinstance(item, Word) and not item.in_title]
    asks = items[:1] == tuple(bare[:1]) and bare and bare[0].text.lower() in QUESTION
    return (
        tuple(item for item in bare if not is_common(item)) if asks or len(bare) >= SENTENCE else ()
    )


def _without_common(tree: Tree | None) -> Tree | None:
    """`tree` without the common words that stand beside uncommon ones."""
    match tree:
        case And(items):
            uncommon = any(
                isinstance(item, (Word, Phrase)) and not item.in_title and not is_common(item)
                for item in items
            )
            kept = [item for item in items if not (uncommon and is_common(item))]
            return And(tuple(filter(None, map(_without_common, kept))))
        case Or(items):
            return Or(tuple(filter(None, map(_without_common, items))))
        case Not(item):
            return Not(_without_common(item) or item)
    return tree


def is_common(item: Tree) -> bool:
    """Whether a term is a bare common word."""
    return (
        isinstance(item, Word)
        and not item.in_title
        and all(word in COMMON for word in split_words(item.text))
    )


def _rank(hit: Hit, order: str) -> tuple[object, ...]:
    match order:
        case "relevance":
            return (-hit.score,)
        case "published" | "rating":
            text = hit.note.published if order == "published" else str(hit.note.rating or "")
            return (reverse_order(text),)
    return ()
