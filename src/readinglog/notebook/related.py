"""Related notes, and why they are related."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cached_property, partial
from heapq import nsmallest
from itertools import chain
from math import log
from typing import NamedTuple

from readinglog.model.note import WORD, Note
from readinglog.model.slugs import fold
from readinglog.notebook.notebook import Notebook

_SHOWN = 6
_TERMS_PER_NOTE = 12
_SHORTEST_TERM = 4  # letters
_COMMON = 100  # notes: what more of them share relates none of them
_COMMON_TERM = 40  # likewise for a term, but at most
_COMMON_TERM_SHARE = 0.12  # of the notes
_WEIGHTS = {"cites": 1.0, "tags": 0.8, "terms": 0.35, "links": 0.4}
_WORDS_PER_REASON = 3


class Related(NamedTuple):
    """A note related to another, its score, and the reasons in words."""

    note: Note
    score: float
    reasons: tuple[str, ...]


class _Feature(NamedTuple):
    """What notes may share: its kind, and its key within the kind."""

    kind: str
    key: str


class _Shared(NamedTuple):
    """A feature that two notes share; its weight is negative, so that the heaviest sorts first."""

    weight: float
    kind: str
    words: str


class Relatedness:
    """Scores notes by links and by shared references, tags and terms, weighted by rarity.

    What n notes share weighs 1 / log(1 + n): Adamic and Adar, "Friends and neighbors on the Web"
    (2003). So the related notes of one depend on those alone that share something with it.
    """

    def __init__(self, notebook: Notebook) -> None:
        self.notebook = notebook
        self.notes = notebook.published
        self._features = {note: dict(self._list_features(note)) for note in self.notes}
        self._holders: dict[_Feature, list[Note]] = defaultdict(list)
        for note, features in self._features.items():
            for feature in features:
                self._holders[feature].append(note)

    def find_related(self, note: Note, *, unlinked: bool = False) -> list[Related]:
        """Return the notes most related to `note`, best first; none for a draft.

        If `unlinked`, those with a link to or from `note` are left out.
        """
        shared = self._find_shared(note)
        scores: dict[Note, float] = defaultdict(float)
        for other, features in shared.items():
            for feature in features:
                scores[other] -= feature.weight
        graph = self.notebook.graph
        linked = {*graph.outgoing_links.get(note, ()), *graph.incoming_links.get(note, ())}
        for other in linked:
            scores[other] += _WEIGHTS["links"]
        candidates = scores.keys() - linked if unlinked else scores.keys()
        best = sorted(candidates, key=lambda other: (-scores[other], other.name))[:_SHOWN]
        related: list[Related] = []
        for other in best:
            reasons = _list_reasons(sorted(shared.get(other, ())), linked=other in linked)
            related.append(Related(other, round(scores[other], 3), tuple(reasons)))
        return related

    def _find_shared(self, note: Note) -> dict[Note, list[_Shared]]:
        """Return what each other note shares with `note`."""
        shared: dict[Note, list[_Shared]] = defaultdict(list)
        for feature, words in self._features.get(note, {}).items():
            holders = self._holders[feature]
            if not 1 < len(holders) <= _COMMON:
                continue
            weight = _WEIGHTS[feature.kind] * _weigh(len(holders))
            for other in holders:
                if other is not note:
                    shared[other].append(_Shared(-weight, feature.kind, words))
        return shared

    def _list_features(self, note: Note) -> Iterator[tuple[_Feature, str]]:
        """Yield the features of `note`, with the words to show for them."""
        for tag in self.notebook.tags.get_tags(note):
            yield _Feature("tags", tag.key), tag.name
        for other in self.notebook.graph.outgoing_links[note]:
            yield _Feature("cites", other.name), other.short_title
        for term in self._terms.get(note, ()):
            yield _Feature("terms", term), term

    @cached_property
    def _terms(self) -> dict[Note, list[str]]:
        """The words by which each note is best told from the others, by tf-idf.

        Titles and aliases do not count.
        """
        names = _list_names(self.notes)
        counts = {note: _count_terms(note, names) for note in self.notes}
        spread = Counter(chain.from_iterable(counts.values()))
        most = max(2.0, min(_COMMON_TERM, _COMMON_TERM_SHARE * len(self.notes)))
        terms: dict[Note, list[str]] = {}
        for note, words in counts.items():
            known = (word for word, number in words.items() if number > 1 < spread[word] <= most)
            key = partial(_rank_term, counts=words, spread=spread)
            terms[note] = nsmallest(_TERMS_PER_NOTE, known, key=key)
        return terms


def _list_names(notes: Iterable[Note]) -> set[str]:
    """Return the words of all titles and aliases."""
    names: set[str] = set()
    for note in notes:
        for name in (note.title, *note.texts("aliases")):
            names.update(map(fold, WORD.findall(name)))
    return names


def _count_terms(note: Note, names: set[str]) -> dict[str, int]:
    """Return how often each word that may be a term is in `note`."""
    counts = Counter((*note.words, *map(fold, WORD.findall(note.summary))))
    return {
        word: number
        for word, number in counts.items()
        if len(word) >= _SHORTEST_TERM and word not in names and not word[0].isdigit()
    }


def _weigh(holders: int) -> float:
    return 1 / log(1 + holders)


def _rank_term(word: str, counts: Mapping[str, int], spread: Counter[str]) -> tuple[float, str]:
    """Return the sort key of a word of a note: negative weight, then the word."""
    return -counts[word] * _weigh(spread[word]), word


def _list_reasons(shared: Sequence[_Shared], *, linked: bool) -> Iterator[str]:
    """Yield why two notes are related, by the first features that they share of each kind."""
    if linked:
        yield "linked"
    for kind, verb in (("tags", "shares"), ("cites", "both cite"), ("terms", "both mention")):
        words = [feature.words for feature in shared if feature.kind == kind]
        if words:
            yield f"{verb} {', '.join(words[:_WORDS_PER_REASON])}"
