"""Tags for a work that has no note yet: those that its text names, and those of the notes that speak of the same."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from heapq import nlargest
from math import log, sqrt

from readinglog.note import Note
from readinglog.notebook import Notebook
from readinglog.query.words import COMMON, stem, words
from readinglog.vocabulary import Tag

_MOST = 4
_NEIGHBOURS = 5
_NAMED, _SHARED = 0.5, 1.5  # what a name in the text weighs, and a tag that all neighbours have
_LEAST = 0.5
_FEW = 10  # notes; where there are hardly more, what is rare among them says little


def suggested_tags(text: str, notebook: Notebook, apart_from: Note | None = None) -> list[Tag]:
    """The tags that suit a work of that title and abstract, best first; none that another of them says too."""
    vocabulary = notebook.vocabulary
    said = _stems(text)
    scores: dict[str, float] = defaultdict(float)
    for tag in vocabulary.tags.values():
        names = {tuple(_stems(name)) for name in (tag.key, tag.name, *(alias.text for alias in tag.aliases))}
        scores[tag.key] += _NAMED * min(2, sum(_times(name, said) for name in names if name))
    for note, share in _neighbours(set(said), notebook, apart_from):
        for tag in notebook.tags_of(note):
            scores[tag.key] += _SHARED * share
    above = {step.key for key in scores if scores[key] >= _LEAST for step in vocabulary.path(vocabulary.tags[key])[:-1]}
    best = [key for key in sorted(scores, key=lambda key: (-scores[key], key)) if scores[key] >= _LEAST and key not in above]
    return [vocabulary.tags[key] for key in best[:_MOST]]


def _stems(text: str) -> list[str]:
    return [stem(word) for word in words(text)]


def _times(name: tuple[str, ...], said: Sequence[str]) -> int:
    """How often a text says a name."""
    return sum(tuple(said[at : at + len(name)]) == name for at in range(len(said) - len(name) + 1))


def _neighbours(said: set[str], notebook: Notebook, apart_from: Note | None) -> Iterator[tuple[Note, float]]:
    """The notes whose words are most like these, weighed by their rarity, and the share of each in the likeness of all of them."""
    texts = {note: {stem(w) for w in set(words(f"{note.title} {note.summary} {note.masked}")) - COMMON} for note in notebook.published}
    texts.pop(apart_from, None) if apart_from else None
    spread = Counter(word for text in texts.values() for word in text)
    rarity = {word: log((1 + len(texts)) / count) for word, count in spread.items()}
    weight = sum(rarity.get(word, 0) for word in said)
    likeness = {
        note: sum(rarity[word] for word in text & said) / sqrt(weight * sum(rarity[word] for word in text))
        for note, text in texts.items()
        if text & said
    }
    nearest = nlargest(_NEIGHBOURS, likeness, key=lambda note: (likeness[note], note.name))
    whole = sum(likeness[note] for note in nearest) * (1 + _FEW / len(texts)) if texts else 1
    yield from ((note, likeness[note] / whole) for note in nearest)
