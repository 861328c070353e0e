"""Which notes belong together, and why."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterator
from functools import cached_property, partial
from heapq import nsmallest
from math import log
from typing import NamedTuple

from readinglog.model.note import Note
from readinglog.notebook.notebook import Notebook

_WORD = re.compile(r"[^\W\d_][\w-]{3,}")
_SHOWN = 6
_TERMS = 12  # of each note, the most telling
_COMMON = 0.12  # a term in more than this share of the notes tells nothing
_WEIGHT = {"cites": 1.0, "tags": 0.8, "terms": 0.35, "links": 1.5}


class Related(NamedTuple):
    """A note that belongs to another, how much, and why, in words."""

    note: Note
    score: float
    reasons: tuple[str, ...]


class Relatedness:
    """Scores by shared references, shared rare tags, shared telling terms and direct links, each weighed by rarity."""

    def __init__(self, notebook: Notebook) -> None:
        self.notebook = notebook
        self.notes = notebook.published
        self._features = {note: dict(self._features_of(note)) for note in self.notes}
        self._holders: dict[tuple[str, str], list[Note]] = defaultdict(list)
        for note, features in self._features.items():
            for feature in features:
                self._holders[feature].append(note)

    def _features_of(self, note: Note) -> Iterator[tuple[tuple[str, str], str]]:
        """Kind and key of each feature, with the words that show it."""
        for tag in self.notebook.tags.of(note):
            yield ("tags", tag.key), tag.name
        for other in self.notebook.graph.outgoing_links[note]:
            yield ("cites", other.name), other.short_title
        for term in self._terms.get(note, ()):
            yield ("terms", term), term

    @cached_property
    def _terms(self) -> dict[Note, list[str]]:
        """The most telling words of each note: frequent in it, rare in the others."""
        texts = {
            note: f"{note.title} {note.summary} {note.masked[note.body.start :]}".lower()
            for note in self.notes
        }
        named = {
            word
            for note in self.notes
            for name in (note.title, *note.texts("aliases"))
            for word in _WORD.findall(name.lower())
        }
        words = {
            note: Counter(word for word in _WORD.findall(text) if word not in named)
            for note, text in texts.items()
        }
        spread = Counter(word for counts in words.values() for word in counts)
        most = max(2.0, _COMMON * len(self.notes))
        return {
            note: nsmallest(
                _TERMS,
                (word for word in counts if counts[word] > 1 < spread[word] <= most),
                key=partial(_rank, counts=counts, spread=spread, notes=len(self.notes)),
            )
            for note, counts in words.items()
        }

    def of(self, note: Note, *, unlinked: bool = False) -> list[Related]:
        """The notes most related to `note`, best first, or those of them that are not linked with it; none for a draft."""
        scores: dict[Note, float] = defaultdict(float)
        shared: dict[Note, list[tuple[float, str, str]]] = defaultdict(list)
        for feature, words in self._features.get(note, {}).items():
            holders = self._holders[feature]
            weight = (
                _WEIGHT[feature[0]] * log(1 + len(self.notes) / len(holders))
                if len(holders) > 1
                else 0
            )
            if len(holders) > max(50, len(self.notes) // 4):
                continue
            for other in holders:
                if other is not note and weight:
                    scores[other] += weight
                    shared[other].append((-weight, feature[0], words))
        linked = {
            *self.notebook.graph.outgoing_links.get(note, ()),
            *self.notebook.graph.incoming_links.get(note, ()),
        }
        for other in linked:
            scores[other] += _WEIGHT["links"]
        best = sorted(
            scores.keys() - (linked if unlinked else set()),
            key=lambda other: (-scores[other], other.name),
        )[:_SHOWN]
        return [
            Related(o, round(scores[o], 3), tuple(_reasons(sorted(shared[o]), linked=o in linked)))
            for o in best
        ]


def _rank(word: str, counts: Counter[str], spread: Counter[str], notes: int) -> tuple[float, str]:
    """Where a word stands among those that tell of its note: tf-idf, the highest first."""
    return -counts[word] * log(notes / spread[word]), word


def _reasons(shared: list[tuple[float, str, str]], *, linked: bool) -> Iterator[str]:
    texts = {
        kind: [words for _, found, words in shared if found == kind][:3]
        for kind in ("tags", "cites", "terms")
    }
    if linked:
        yield "linked"
    if texts["tags"]:
        yield f"shares {', '.join(texts['tags'])}"
    if texts["cites"]:
        yield f"both cite {', '.join(texts['cites'])}"
    if texts["terms"]:
        yield f"both speak of {', '.join(texts['terms'])}"
