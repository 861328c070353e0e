"""The search engine: which notes a query finds, in which order, and their facets."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import cache
from math import floor, log
from typing import NamedTuple

from readinglog.search.corrections import Correction, correct_query
from readinglog.search.descriptions import find_described
from readinglog.search.filters import filter_notes
from readinglog.search.index_reader import SearchIndex
from readinglog.search.language import (
    COMMON_WORDS,
    ENOUGH_OF_QUESTION,
    ENOUGH_WORDS,
    FACETS,
    FORM_WEIGHT,
    IN_TITLE,
    LINK_WEIGHT,
    OCCURRENCE,
    QUESTION_WORDS,
    SATURATION,
    SENTENCE_LENGTH,
)
from readinglog.search.name_keys import list_query_keys
from readinglog.search.parser import parse_query
from readinglog.search.query import (
    And,
    Filter,
    Not,
    Or,
    Phrase,
    Query,
    Tree,
    Word,
    list_clauses,
    list_scored_terms,
)
from readinglog.search.query_errors import QuerySyntaxError
from readinglog.search.words import is_unspaced_letter, split_words

_LATEST = "~"  # sorts after every digit, as a year alone stands before its months in every list
_DAY_LENGTH = len("2024-05-06")


class Hit(NamedTuple):
    """A note that a query finds, by its number, and its score (0 where the query has no words)."""

    note: int
    score: float


class Result(NamedTuple):
    """What a query finds: the query as it was answered, and the notes in order.

    The first `named` notes are called what the query says. `corrections` were made in the query.
    `error` is why a query could not be parsed that names notes all the same.
    """

    query: Query
    hits: tuple[Hit, ...]
    named: int = 0
    corrections: tuple[Correction, ...] = ()
    error: QuerySyntaxError | None = None


class Search:
    """Answers queries from an index."""

    def __init__(self, index: SearchIndex) -> None:
        self.index = index
        self.weigh: Callable[[Word | Phrase], Mapping[int, float]] = cache(self._weigh)

    def ask(self, text: str, sort: str = "") -> Result:
        """Return what the query `text` finds, in the order of `sort`, or of the query where that
        is ''.

        Notes that are called what the query says stand first. Raise QuerySyntaxError where it
        cannot be parsed and names no note.
        """
        named = self._find_named(text)
        try:
            query = parse_query(text, self.index.language)
        except QuerySyntaxError as error:
            if not named:
                raise
            hits = tuple(Hit(note, 0.0) for note in named)
            return Result(Query(), hits, len(named), error=error)
        return self.run(query, named, sort)

    def run(self, query: Query, named: Sequence[int] = (), sort: str = "") -> Result:
        """Return what a parsed query finds, after the notes `named` that its text names."""
        corrections: tuple[Correction, ...] = ()
        named = named or self.find_named(query.tree)
        if not named:
            query, corrections = correct_query(query, self)
            named = self.find_named(query.tree) if corrections else ()
        named = self._keep_allowed(query.tree, named)
        notes = self.match(query.tree).union(named)
        order = sort or query.sort or "relevance"
        scores = self.score(list_scoring_terms(query.tree), notes)
        hits = [Hit(note, scores.get(note, 0.0)) for note in notes]
        get_key = self._make_sort_key(order)
        hits.sort(key=lambda hit: (get_key(hit), -hit.note))
        if order != "relevance":
            named = ()
        else:
            places = {note: place for place, note in enumerate(named)}
            hits.sort(key=lambda hit: places.get(hit.note, len(places)))
        return Result(query, tuple(hits), len(named), corrections)

    def find_named(self, tree: Tree | None) -> Sequence[int]:
        """Return the notes that the words of a query name, the likeliest first.

        Where they name none, those of a name beside authors, a year, a kind or common words.
        """
        terms = tuple(_list_texts(tree))
        text = " ".join(term.text for term in terms)
        if named := self._find_named(text):
            return named
        is_bare = all(isinstance(term, Word) for term in terms)
        return find_described(split_words(text), self.index) if is_bare else ()

    def _find_named(self, text: str) -> Sequence[int]:
        keys = list_query_keys(text)
        return next((found for key in keys if (found := self.index.find_named(key))), ())

    def _keep_allowed(self, tree: Tree | None, named: Sequence[int]) -> Sequence[int]:
        """Return those of the named notes that the terms of a query besides its words allow."""
        others = tuple(item for item in list_clauses(tree) if not _is_text(item))
        allowed = self._match(And(others))
        return [note for note in named if note in allowed]

    # Matching ---------------------------------------------------------------------------------

    def match(self, tree: Tree | None) -> frozenset[int]:
        """Return the notes for which `tree` holds.

        Of several words without a field, those are enough that make up most of their rarity; of a
        question, and where no note has as much, fewer.
        """
        words = _list_optional_words(tree)
        if len(words) < 2:
            return self._match(_remove_common_words(tree))
        others = tuple(
            item for item in list_clauses(tree) if item not in words and not is_common(item)
        )
        allowed = self._match(_remove_common_words(And(others)))
        shares = [ENOUGH_OF_QUESTION] if is_question(tree) else [ENOUGH_WORDS, ENOUGH_OF_QUESTION]
        found = (self._match_most_of(words, share) & allowed for share in shares)
        return next(filter(None, found), frozenset())

    def _match_most_of(self, terms: Sequence[Word], share: float) -> frozenset[int]:
        """Return the notes that have terms of at least that share of the rarity of all that a note
        has.
        """
        totals: dict[int, float] = defaultdict(float)
        whole = 0.0
        for weights in filter(None, map(self.weigh, terms)):
            rarity = self.compute_rarity(len(weights))
            whole += rarity
            for note in weights:
                totals[note] += rarity
        return frozenset(note for note, total in totals.items() if total >= share * whole)

    def _match(self, tree: Tree | None) -> frozenset[int]:
        match tree:
            case None:
                return self.index.notes
            case And(items):
                return self.index.notes.intersection(*map(self._match, items))
            case Or(items):
                return frozenset().union(*map(self._match, items))
            case Not(item):
                return self.index.notes - self._match(item)
            case Filter():
                return filter_notes(self.index, tree)
            case _:
                return frozenset(self.weigh(tree))

    # Ranking ----------------------------------------------------------------------------------

    def score(self, terms: Iterable[Word | Phrase], notes: frozenset[int]) -> dict[int, float]:
        """Return the summed weights of `terms` in those of `notes` that have one, with what the
        links to a note add, rounded like those of the page.
        """
        scores: dict[int, float] = defaultdict(float)
        for term in terms:
            for note, weight in self.weigh(term).items():
                if note in notes:
                    scores[note] += weight
        counts = self.index.link_counts
        return {
            note: floor((score + LINK_WEIGHT * log(1 + counts[note])) * 1e4 + 0.5) / 1e4
            for note, score in scores.items()
        }

    def compute_rarity(self, count: int) -> float:
        """Return BM25's inverse document frequency of a term that `count` notes have."""
        return log(1 + (self.index.size - count + 0.5) / (count + 0.5))

    def _weigh(self, term: Word | Phrase) -> dict[int, float]:
        """Return the notes that have `term`, each with what the term adds to its score."""
        words = split_words(term.text, is_query=True)
        counts: dict[int, float] = {}
        if isinstance(term, Word) or is_unspaced_letter(words[0]):
            counts = self._count_forms("".join(words), term.field)
        if isinstance(term, Phrase) or len(words) > 1:
            for note, count in self._count_phrase(words, term.field):
                counts[note] = max(counts.get(note, 0.0), count)
        rarity = self.compute_rarity(len(counts))
        limit = OCCURRENCE * SATURATION
        return {note: rarity * count / (count + limit) for note, count in counts.items()}

    def _count_forms(self, word: str, field: str) -> dict[int, float]:
        """Return what the forms of `word` count in each note; others count less than itself."""
        counts: dict[int, float] = defaultdict(float)
        titled: set[int] = set()
        for form, postings in self.index.find_forms(word, field).items():
            weight = 1 if form == word else FORM_WEIGHT
            for note, value in postings.items():
                counts[note] += weight * (value // 2)
                titled |= {note} if value % 2 else set()
        return counts if field != IN_TITLE else {note: counts[note] for note in titled}

    def _count_phrase(self, words: Sequence[str], field: str) -> Iterator[tuple[int, float]]:
        """Yield the notes in which `words` are next to each other: what the rarest counts there."""
        forms = [self.index.find_forms(word, field).get(word, {}) for word in words]
        notes = frozenset(forms[0]).intersection(*forms[1:])
        if not notes:
            return
        positions = [self.index.find_positions(word, field) for word in words]
        for note in sorted(notes.intersection(*positions)):
            starts = {at for at in positions[0][note] if at % 2 or field != IN_TITLE}
            for step, found in enumerate(positions):
                starts &= {at - 2 * step for at in found[note]}
            if starts:
                yield note, min(form[note] // 2 for form in forms)

    def _make_sort_key(self, order: str) -> Callable[[Hit], object]:
        match order:
            case "relevance":
                return lambda hit: -hit.score
            case "published" | "rating":
                keys = [_reverse(text) for text in self.index.get_values(order)]
                return lambda hit: keys[hit.note]
        return lambda _: 0

    # Facets -----------------------------------------------------------------------------------

    def count_facets(self, notes: Iterable[int]) -> dict[str, dict[str, int]]:
        """Return how many of `notes` have each value of each facet, most frequent first.

        A note counts for its tags and for all tags above them.
        """
        index, authors = self.index, self.index.get_names("author")
        counts = {name: Counter[str]() for name in FACETS}
        for note in notes:
            counts["tag"].update(index.tags[tag].key for tag in index.tagged[note])
            counts["author"].update({authors.names[at] for at in authors.notes[note]})
            for name in ("kind", "year", "status"):
                counts[name].update(filter(None, [index.get_values(name)[note]]))
        return {name: _sort_by_count(values) for name, values in counts.items()}


def _sort_by_count(counts: Counter[str]) -> dict[str, int]:
    return dict(sorted(counts.items(), key=lambda item: (-item[1], item[0])))


def _reverse(text: str) -> tuple[int, ...]:
    """Return a key by which dates sort in reverse, '' last."""
    if not text:
        return (1,)  # after every other
    return tuple(-ord(character) for character in text.ljust(_DAY_LENGTH, _LATEST))


# Words that count -----------------------------------------------------------------------------


def list_scoring_terms(tree: Tree | None) -> tuple[Word | Phrase, ...]:
    """Return the terms by which notes are ranked, without common words beside others."""
    return tuple(list_scored_terms(_remove_common_words(tree)))


def is_question(tree: Tree | None) -> bool:
    """Whether a query begins with a question word, or has as many bare words as a sentence."""
    items = list_clauses(tree)
    words = [item for item in items if is_bare_word(item)]
    if not words:
        return False
    asks = words[0] is items[0] and str(words[0]).lower() in QUESTION_WORDS
    return asks or len(words) >= SENTENCE_LENGTH


def is_bare_word(item: Tree) -> bool:
    """Whether a term is a word without a field."""
    return isinstance(item, Word) and not item.field


def is_common(item: Tree) -> bool:
    """Whether a term is a bare common word, or an initial with its dot."""
    if not isinstance(item, Word) or item.field:
        return False
    words = split_words(item.text, is_query=True)
    is_initial = item.text.endswith(".") and len(words) == len(words[0]) == 1
    return is_initial or all(word in COMMON_WORDS for word in words)


def _list_optional_words(tree: Tree | None) -> tuple[Word, ...]:
    """Return the bare words that must hold together, without common ones beside others."""
    clauses = list_clauses(tree)
    words = tuple(item for item in clauses if isinstance(item, Word) and not item.field)
    rare = tuple(word for word in words if not is_common(word))
    return words if len(words) == len(clauses) and not rare else rare


def _list_texts(tree: Tree | None) -> Iterator[Word | Phrase]:
    """Yield the bare words and phrases that must all hold."""
    for item in list_clauses(tree):
        if isinstance(item, (Word, Phrase)) and not item.field:
            yield item


def _is_text(item: Tree) -> bool:
    """Whether a term is a word or phrase without a field."""
    return isinstance(item, (Word, Phrase)) and not item.field


def _remove_common_words(tree: Tree | None) -> Tree | None:
    """Return `tree` without the common words that stand next to other terms."""
    match tree:
        case And(items):
            kept = [item for item in items if not is_common(item)] or items
            return And(tuple(filter(None, map(_remove_common_words, kept))))
        case Or(items):
            return Or(tuple(filter(None, map(_remove_common_words, items))))
        case Not(item):
            return Not(_remove_common_words(item) or item)
    return tree
