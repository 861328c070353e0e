"""The words of a note at the positions where they are indexed.

Every note is laid out alike: the exact words of its head, zone by zone; the terms of its head,
which are found in all their forms, zone by zone; then the terms and the exact words of its body. So
a position tells the zone that a word is in, and the first position of a word is the one with the
highest weight. Pagefind indexes this very text, so that the page and the command line cannot
differ.
"""

from __future__ import annotations

from bisect import bisect
from collections.abc import Iterator, Mapping, Sequence
from functools import cached_property

from readinglog.search.language import (
    BODY_WORD,
    HEAD_WORD,
    STARTS,
    TITLE_TERMS,
    TITLE_WORDS_END,
    WEIGHTS,
    ZONES,
)
from readinglog.search.words import split_terms, split_words, stem_word

GAP = ""


def get_weight(position: int) -> float:
    """Return the weight of the zone at `position`."""
    return WEIGHTS[bisect(STARTS, position) - 1]


def is_in_title(position: int) -> bool:
    """Whether `position` is in a title."""
    return position < TITLE_WORDS_END or TITLE_TERMS[0] <= position < TITLE_TERMS[1]


class IndexDocument:
    """The searchable text of one note, made of the texts of each zone and of the body."""

    def __init__(self, texts: Mapping[str, Sequence[str]]) -> None:
        self.tokens: tuple[str, ...] = tuple(_lay_out(texts))

    @cached_property
    def _positions(self) -> dict[str, list[int]]:
        found: dict[str, list[int]] = {}
        for position, token in enumerate(self.tokens):
            found.setdefault(token, []).append(position)
        return found

    @cached_property
    def _first_position_by_stem(self) -> dict[str, int]:
        found: dict[str, int] = {}
        for position, token in enumerate(self.tokens):
            if token and not token.endswith("ª"):
                found.setdefault(stem_word(token), position)
        return found

    def find_phrase(self, words: Sequence[str]) -> int | None:
        """Return the first position at which `words` stand next to each other, or None."""
        for spelling in (HEAD_WORD, BODY_WORD):
            position = self._find_adjacent([spelling.format(word) for word in words])
            if position is not None:
                return position
        return None

    def _find_adjacent(self, tokens: Sequence[str]) -> int | None:
        first, *others = (self._positions.get(token, ()) for token in tokens)
        for position in first:
            if all(position + step in other for step, other in enumerate(others, 1)):
                return position
        return None

    def find_term(self, word: str) -> int | None:
        """Return the first position of any form of `word`, or None."""
        return self._first_position_by_stem.get(stem_word(word))


def _lay_out(texts: Mapping[str, Sequence[str]]) -> Iterator[str]:
    yield GAP  # the stamp of the build goes here
    excess_words: list[str] = []
    excess_terms: list[str] = []
    for zone in ZONES:
        words = _list_words(texts[zone.name])
        excess_words += words[zone.words - 1 :]
        yield from _fill([_spell(HEAD_WORD, word) for word in words], zone.words)
    for zone in ZONES:
        terms = list(_list_terms(texts[zone.name]))
        excess_terms += terms[zone.terms - 1 :]
        yield from _fill(terms, zone.terms)
    yield from _list_terms(texts["body"])
    yield from excess_terms
    body = (GAP, *_list_words(texts["body"]), *excess_words)
    yield from (_spell(BODY_WORD, word) for word in body)


def _spell(spelling: str, word: str) -> str:
    return spelling.format(word) if word else GAP


def _fill(tokens: Sequence[str], size: int) -> Iterator[str]:
    """Yield `size` tokens: as many of `tokens` as leave room for one gap, then gaps."""
    kept = tokens[: size - 1]
    yield from kept
    yield from [GAP] * (size - len(kept))


def _list_words(texts: Sequence[str]) -> list[str]:
    """Return the words of some texts, with a gap after each text."""
    return [word for text in texts for word in (*split_words(text), GAP)]


def _list_terms(texts: Sequence[str]) -> Iterator[str]:
    """Yield one word for each stem, as only its presence is looked up."""
    seen: set[str] = set()
    for text in texts:
        for word in split_terms(text):
            if (stem := stem_word(word)) not in seen:
                seen.add(stem)
                yield word
