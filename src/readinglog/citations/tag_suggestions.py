"""Tags for a work that has no note yet: those that its text names, and those of the notes that speak of the same."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from heapq import nlargest
from math import log, sqrt

from readinglog.model.note import Note
from readinglog.model.vocabulary import Tag, Vocabulary
from readinglog.notebook.notebook import Notebook
from readinglog.search.language import COMMON_WORDS
from readinglog.search.words import split_words, stem_word

_MOST = 3
_NEIGHBOURS = 6
# Beside the share of the neighbours that have a tag: what it counts that the text names it, and from what sum on it is suggested.
_IN_TITLE, _IN_ABSTRACT, _LEAST = 0.3, 0.2, 0.2
_SPARSE = 12  # words, in which neighbours share hardly more than chance
_FEW = 20  # notes; where there are hardly more, what is rare among them says little


def suggest_tags(
    title: str, abstract: str, notebook: Notebook, apart_from: Note | None = None
) -> list[Tag]:
    """The tags that suit a work, surest first: those that its title or abstract name, and those of the notes that are like it.

    None is there that a narrower one says too.
    """
    vocabulary = notebook.vocabulary
    sure: dict[str, float] = defaultdict(float)
    for text, weight in ((title, _IN_TITLE), (abstract, _IN_ABSTRACT)):
        for key in _named(text, vocabulary):
            sure[key] += weight
    said = _stems(f"{title} {abstract}")
    for note, share in _neighbours(set(said), notebook, apart_from) if len(said) >= _SPARSE else ():
        for tag in notebook.tags.of(note):
            sure[tag.key] += share
    keys = [key for key in sorted(sure, key=lambda key: (-sure[key], key)) if sure[key] >= _LEAST]
    above = {step.key for key in keys for step in vocabulary.path(vocabulary.tags[key])[:-1]}
    return [vocabulary.tags[key] for key in keys if key not in above][:_MOST]


def _named(text: str, vocabulary: Vocabulary) -> list[str]:
    """The keys of the tags that a text calls by a name or an alias."""
    said = _stems(text)
    return [
        tag.key
        for tag in vocabulary.tags.values()
        if any(_says(said, name) for name in _names(tag))
    ]


def _names(tag: Tag) -> set[tuple[str, ...]]:
    return {
        tuple(_stems(name)) for name in (tag.key, tag.name, *(alias.text for alias in tag.aliases))
    } - {()}


def _stems(text: str) -> list[str]:
    return [stem_word(word) for word in split_words(text)]


def _says(said: Sequence[str], name: tuple[str, ...]) -> bool:
    return any(tuple(said[at : at + len(name)]) == name for at in range(len(said) - len(name) + 1))


def _neighbours(
    said: set[str], notebook: Notebook, apart_from: Note | None
) -> Iterator[tuple[Note, float]]:
    """The notes whose words are most like these, weighed by their rarity, and the share of each in the likeness of all of them."""
    texts = {
        note: {
            stem_word(word)
            for word in set(split_words(f"{note.title} {note.summary} {note.masked}"))
            - COMMON_WORDS
        }
        for note in notebook.published
        if note is not apart_from
    }
    spread = Counter(word for text in texts.values() for word in text)
    rarity = {word: log((1 + len(texts)) / count) for word, count in spread.items()}
    weight = sum(rarity.get(word, 0) for word in said)
    likeness = {
        note: sum(rarity[word] for word in text & said)
        / sqrt(weight * sum(rarity[word] for word in text))
        for note, text in texts.items()
        if text & said
    }
    nearest = nlargest(_NEIGHBOURS, likeness, key=lambda note: (likeness[note], note.name))
    whole = sum(likeness[note] for note in nearest) * (1 + _FEW / len(texts)) if texts else 1
    yield from ((note, likeness[note] / whole) for note in nearest)
