"""Related notes, and why they are related."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from functools import cache, cached_property, partial
from heapq import nlargest, nsmallest
from math import log
from typing import NamedTuple

from readinglog.model.note import Note
from readinglog.model.text import compute_digest
from readinglog.notebook.digests import get_digests
from readinglog.notebook.notebook import Notebook
from readinglog.notebook.repeated_words import MOST

_SHOWN = 6
_TERMS_PER_NOTE = 12
_SHORTEST_TERM = 4  # letters
_COMMON = 100  # notes: what more of them share relates none of them
_COMMON_TERM_SHARE = 0.12  # of the notes: likewise for a term, if that is less than MOST
_WEIGHTS = {"cites": 1.0, "tags": 0.8, "terms": 0.35, "links": 0.4}
_WORDS_PER_REASON = 2


class Related(NamedTuple):
    """A note related to another, its score, and the reasons in words."""

    note: Note
    score: float
    reasons: tuple[str, ...]


class _Feature(NamedTuple):
    """What several notes share: its kind and key, the words to show for it, and the notes."""

    kind: str
    key: str
    words: str
    holders: Sequence[Note]

    @property
    def relates(self) -> bool:
        """Whether few enough notes share it, and more than one."""
        return 1 < len(self.holders) <= _COMMON

    @property
    def weight(self) -> float:
        """How much it relates each two of the notes."""
        return _WEIGHTS[self.kind] * _weigh(len(self.holders))

    def sort_key(self) -> tuple[float, str, str]:
        """Return the key by which the heaviest is first."""
        return -self.weight, self.kind, self.words


class Relatedness:
    """Scores notes by links and by shared references, tags and terms, weighted by rarity.

    What n notes share weighs 1 / log(1 + n): Adamic and Adar, "Friends and neighbors on the Web"
    (2003). So the related notes of one depend on those alone that share something with it.
    """

    def __init__(self, notebook: Notebook) -> None:
        self.notebook = notebook
        self.notes = notebook.published
        share = int(_COMMON_TERM_SHARE * len(self.notes))
        self._most = max(2, min(MOST, share))  # notes that may have the same term
        self._repeating = notebook.words.holders
        self._terms: dict[Note, frozenset[str]] = {}
        self._told_by: dict[str, list[Note]] = {}
        self._feature_digests: dict[tuple[str, str], bytes] = {}

    def find_related(self, note: Note, *, unlinked: bool = False) -> list[Related]:
        """Return the notes most related to `note`, best first; none for a draft.

        If `unlinked`, those with a link to or from `note` are left out.
        """
        features = [each for each in self._list_features(note) if each.relates]
        scores: dict[Note, float] = defaultdict(float)
        for feature in features:
            weight = feature.weight
            for other in feature.holders:
                scores[other] += weight
        scores.pop(note, None)
        graph = self.notebook.graph
        linked = {*graph.outgoing_links.get(note, ()), *graph.incoming_links.get(note, ())}
        for other in linked:
            if unlinked:
                scores.pop(other, None)
            else:
                scores[other] += _WEIGHTS["links"]
        least = min(nlargest(_SHOWN, scores.values()), default=0)
        near = [other for other, score in scores.items() if score >= least]
        best = sorted(near, key=lambda other: (-scores[other], other.page_name))[:_SHOWN]
        features.sort(key=_Feature.sort_key)
        related: list[Related] = []
        for other in best:
            shared = [feature for feature in features if other in feature.holders]
            reasons = _list_reasons(shared, linked=other in linked)
            related.append(Related(other, round(scores[other], 3), tuple(reasons)))
        return related

    def _list_features(self, note: Note) -> Iterator[_Feature]:
        """Yield what `note` may share with others; nothing for a draft."""
        graph = self.notebook.graph
        if note not in graph.outgoing_links:
            return
        for tag in self.notebook.tags.get_tags(note):
            yield _Feature("tags", tag.key, tag.name, self._tagged[tag.key])
        for other in graph.outgoing_links[note]:
            yield _Feature("cites", other.path, other.short_name, graph.incoming_links[other])
        for term in sorted(self.find_terms(note)):
            yield _Feature("terms", term, term, self._find_told_by(term))

    def digest_features(self, note: Note) -> bytes:
        """Return digests of what may relate `note` to others, and of the facts of all that share
        it.
        """
        features = (each for each in self._list_features(note) if each.relates)
        return b"".join(map(self._digest_feature, features))

    def _digest_feature(self, feature: _Feature) -> bytes:
        kind, key, words, holders = feature
        if (kind, key) not in self._feature_digests:
            facts = b"".join(map(get_digests(self.notebook).get_facts, holders))
            digest = compute_digest(f"{kind}\0{key}\0{words}\0", facts)
            self._feature_digests[kind, key] = digest
        return self._feature_digests[kind, key]

    @cached_property
    def _tagged(self) -> dict[str, list[Note]]:
        """The notes with each tag itself, by its key."""
        found: dict[str, list[Note]] = defaultdict(list)
        for note in self.notes:
            for tag in self.notebook.tags.get_tags(note):
                found[tag.key].append(note)
        return found

    def _find_told_by(self, term: str) -> list[Note]:
        """Return the notes that a word is among the terms of."""
        if term not in self._told_by:
            repeating = self._repeating[term]
            self._told_by[term] = [note for note in repeating if term in self.find_terms(note)]
        return self._told_by[term]

    def find_terms(self, note: Note) -> frozenset[str]:
        """Return the words by which `note` is best told from the others: those that it repeats, and
        few others do. Titles and aliases do not count.
        """
        if note not in self._terms:
            counts = {
                word: number for word, number in note.repeated_words.items() if self._is_term(word)
            }
            key = partial(_rank_term, counts=counts, spread=self._repeating)
            self._terms[note] = frozenset(nsmallest(_TERMS_PER_NOTE, counts, key=key))
        return self._terms[note]

    def _is_term(self, word: str) -> bool:
        """Return whether a word tells few notes from the others."""
        if len(self._repeating.get(word, ())) not in range(2, self._most + 1):
            return False
        return len(word) >= _SHORTEST_TERM and not word[0].isdigit() and word not in self._names

    @cached_property
    def _names(self) -> set[str]:
        """The words of all titles and aliases."""
        return set().union(*(note.name_words for note in self.notes))


@cache
def _weigh(holders: int) -> float:
    return 1 / log(1 + holders)


def _rank_term(
    word: str, counts: Mapping[str, int], spread: Mapping[str, Sequence[Note]]
) -> tuple[float, str]:
    """Return the sort key of a word of a note: negative weight, then the word."""
    return -counts[word] * _weigh(len(spread[word])), word


def _list_reasons(shared: Sequence[_Feature], *, linked: bool) -> Iterator[str]:
    """Yield why two notes are related, by the first features that they share of each kind."""
    if linked:
        yield "linked"
    for kind, verb in (("tags", "shares"), ("cites", "both cite"), ("terms", "both mention")):
        words = [feature.words for feature in shared if feature.kind == kind]
        if words:
            yield f"{verb} {', '.join(words[:_WORDS_PER_REASON])}"
