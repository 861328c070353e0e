"""Suggesting tags for a work: those that its text mentions, and those of similar notes."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from heapq import nlargest
from math import log, sqrt

from readinglog.model.note import Note
from readinglog.model.vocabulary import Tag, Vocabulary
from readinglog.notebook.notebook import Notebook
from readinglog.search.language import COMMON_WORDS
from readinglog.search.words import split_words, stem_word

_MOST = 3  # tags
_NEIGHBOURS = 6
# Scores: the share of the neighbours that have a tag, plus these where the text mentions it.
_IN_TITLE, _IN_ABSTRACT = 0.3, 0.2
_LEAST_SCORE = 0.2
_SPARSE = 12  # words, too few for neighbours to share more than chance
_FEW_NOTES = 20  # among which a rare word says little


def suggest_tags(
    title: str, abstract: str, notebook: Notebook, apart_from: Note | None = None
) -> list[Tag]:
    """Return the tags that suit a work, the surest first.

    They are those that its title or abstract mentions, and those of the notes most like it, but
    for tags of which a narrower one is among them.
    """
    vocabulary = notebook.vocabulary
    scores: dict[str, float] = defaultdict(float)
    for text, weight in ((title, _IN_TITLE), (abstract, _IN_ABSTRACT)):
        for key in _find_mentioned(text, vocabulary):
            scores[key] += weight
    stems = _stems(f"{title} {abstract}")
    if len(stems) >= _SPARSE:
        for note, share in _find_neighbours(set(stems), notebook, apart_from):
            for tag in notebook.tags.get_tags(note):
                scores[tag.key] += share
    keys = [key for key, score in scores.items() if score >= _LEAST_SCORE]
    keys.sort(key=lambda key: (-scores[key], key))
    broader = {step.key for key in keys for step in vocabulary.get_path(vocabulary.tags[key])[:-1]}
    return [vocabulary.tags[key] for key in keys if key not in broader][:_MOST]


def _find_mentioned(text: str, vocabulary: Vocabulary) -> list[str]:
    """Return the keys of the tags that a text mentions by a name or an alias."""
    stems = _stems(text)
    return [
        tag.key
        for tag in vocabulary.tags.values()
        if any(_contains(stems, name) for name in _list_names(tag))
    ]


def _list_names(tag: Tag) -> set[tuple[str, ...]]:
    """Return the stems of each name of a tag."""
    names = (tag.key, tag.name, *(alias.text for alias in tag.aliases))
    return {tuple(_stems(name)) for name in names} - {()}


def _stems(text: str) -> list[str]:
    return [stem_word(word) for word in split_words(text)]


def _contains(stems: Sequence[str], name: tuple[str, ...]) -> bool:
    """Return whether the words of `name` are side by side in a text."""
    starts = range(len(stems) - len(name) + 1)
    return any(tuple(stems[start : start + len(name)]) == name for start in starts)


def _find_neighbours(
    stems: set[str], notebook: Notebook, apart_from: Note | None
) -> Iterator[tuple[Note, float]]:
    """Yield the notes most similar to a text, each with its share of their total similarity.

    Similarity is the cosine of the two sets of words, weighted by inverse document frequency.
    """
    texts = {note: _distinct_stems(note) for note in notebook.published if note is not apart_from}
    if not texts:
        return
    frequencies = Counter(word for text in texts.values() for word in text)
    rarity = {word: log((1 + len(texts)) / count) for word, count in frequencies.items()}
    similarity = {
        note: _measure_similarity(stems, text, rarity)
        for note, text in texts.items()
        if text & stems
    }
    nearest = nlargest(_NEIGHBOURS, similarity, key=lambda note: (similarity[note], note.name))
    total = sum(similarity[note] for note in nearest) * (1 + _FEW_NOTES / len(texts))
    yield from ((note, similarity[note] / total) for note in nearest)


def _distinct_stems(note: Note) -> set[str]:
    words = set(split_words(f"{note.title} {note.summary} {note.masked}"))
    return {stem_word(word) for word in words - COMMON_WORDS}


def _measure_similarity(one: set[str], other: set[str], rarity: Mapping[str, float]) -> float:
    weights = [sum(rarity.get(word, 0) for word in words) for words in (one & other, one, other)]
    return weights[0] / sqrt(weights[1] * weights[2])
