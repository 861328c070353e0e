"""The words of a note in the order in which they are indexed, and what their positions tell.

Every note is laid out in the same frame: the words of its head as they are, place by place, then the terms of its head
(whose forms are found), place by place, and behind these the terms and the words of its body. So a position tells the place
that a word stands in, and the first position of a word tells its best place. The index holds this very text: the page and
the command cannot differ.
"""

from __future__ import annotations

from bisect import bisect
from collections.abc import Iterator, Mapping, Sequence
from functools import cached_property
from itertools import accumulate, chain
from typing import NamedTuple

from readinglog.search.words import split_terms, split_words, stem_word

HEAD = "{}ª"  # a word of the head as it is: no term looks like that, for marks are gone from terms, and none is cut to a stem
BODY = (
    "º{}ª"  # a word of the body as it is: only phrases ask for it, so it stands apart in the index
)
GAP = ""


class IndexZone(NamedTuple):
    """A place of a note's head: its weight, and how many words and terms of it have room in the frame."""

    name: str
    weight: float
    words: int
    terms: int


ZONES = (
    IndexZone("title", 4, 32, 48),
    IndexZone("summary", 3, 48, 64),
    IndexZone("about", 2, 64, 96),
    IndexZone("heading", 2, 64, 80),
)
IN_BODY = 1.0  # what the body weighs, whatever the form
FORM = 0.75  # the weight of another form of a word, to that of the word itself
STARTS = (
    *accumulate(
        chain((place.words for place in ZONES), (place.terms for place in ZONES)), initial=1
    ),
)
WEIGHTS = (*(place.weight for place in ZONES), *(FORM * place.weight for place in ZONES), IN_BODY)
TITLE_WORDS = STARTS[1]  # words of titles stand before this, their terms between the next two
TITLE_TERMS = (STARTS[len(ZONES)], STARTS[len(ZONES) + 1])


def get_weight(position: int) -> float:
    """What the place at `position` weighs."""
    return WEIGHTS[bisect(STARTS, position) - 1]


def is_in_title(position: int) -> bool:
    """Whether `position` is one of a title's."""
    return position < TITLE_WORDS or TITLE_TERMS[0] <= position < TITLE_TERMS[1]


class IndexDocument:
    """The searchable text of one note, made of the pieces that stand in each place."""

    def __init__(self, pieces: Mapping[str, Sequence[str]]) -> None:
        self.tokens: tuple[str, ...] = tuple(_laid_out(pieces))

    @cached_property
    def _positions(self) -> dict[str, list[int]]:
        found: dict[str, list[int]] = {}
        for position, token in enumerate(self.tokens):
            found.setdefault(token, []).append(position)
        return found

    @cached_property
    def _terms(self) -> dict[str, int]:
        found: dict[str, int] = {}
        for position, token in enumerate(self.tokens):
            if token and not token.endswith("ª"):
                found.setdefault(stem_word(token), position)
        return found

    def phrase(self, run: Sequence[str]) -> int | None:
        """The first position at which the words of `run` stand side by side."""
        found = (self._side_by_side([mark.format(word) for word in run]) for mark in (HEAD, BODY))
        return next((position for position in found if position is not None), None)

    def _side_by_side(self, tokens: Sequence[str]) -> int | None:
        first, *rest = (self._positions.get(token, ()) for token in tokens)
        return next(
            (at for at in first if all(at + step in other for step, other in enumerate(rest, 1))),
            None,
        )

    def term(self, word: str) -> int | None:
        """The first position of a form of `word`."""
        return self._terms.get(stem_word(word))


def _laid_out(pieces: Mapping[str, Sequence[str]]) -> Iterator[str]:
    yield GAP  # kept for the mark of the build
    over_words: list[str] = []
    over_terms: list[str] = []
    for place in ZONES:
        head = [HEAD.format(word) if word else GAP for word in _words_of(pieces[place.name])]
        over_words += _words_of(pieces[place.name])[place.words - 1 :]
        yield from _framed(head, place.words)
    for place in ZONES:
        found = list(_terms_of(pieces[place.name]))
        over_terms += found[place.terms - 1 :]
        yield from _framed(found, place.terms)
    yield from (*_terms_of(pieces["body"]), *over_terms)
    yield from (
        BODY.format(word) if word else GAP
        for word in (GAP, *_words_of(pieces["body"]), *over_words)
    )


def _framed(tokens: Sequence[str], room: int) -> Iterator[str]:
    """As many of the tokens as have room, then gaps, one at least."""
    kept = tokens[: room - 1]
    yield from kept
    yield from [GAP] * (room - len(kept))


def _words_of(pieces: Sequence[str]) -> list[str]:
    """The words of some pieces, with a gap behind each piece."""
    return [word for piece in pieces for word in (*split_words(piece), GAP)]


def _terms_of(pieces: Sequence[str]) -> Iterator[str]:
    """One word for each stem, since it is only asked whether there is one."""
    seen: set[str] = set()
    for word in chain.from_iterable(map(split_terms, pieces)):
        if (key := stem_word(word)) not in seen:
            seen.add(key)
            yield word
