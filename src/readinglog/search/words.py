"""Words and terms, split and stemmed alike in notes and in queries."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Sequence
from functools import lru_cache
from itertools import pairwise

from readinglog.model.slugs import GREEK_NAMES
from readinglog.search.language import (
    BRITISH_END,
    BRITISH_STARTS,
    IRREGULAR_PLURALS,
    LETTER_SPELLINGS,
    UNSPACED_LETTERS,
)
from readinglog.search.stemmers import make_stemmer

# Words that marks join, up to the marks of a name such as C++ or C#.
_TOKEN = re.compile(
    r"[^\W_]+(?:[-._/'’\u2010][^\W_]+)*(?:(?<=[A-Za-z])(?:\+\+(?![+\w])|#(?![\w#])))?"
)
# A run of letters and digits, or the name of a programming language such as C++ or C#.
_WORD = re.compile(r"(?<![^\W_])[A-Za-z]+\+\+(?![+\w])|(?<![^\W_])[A-Za-z]{1,2}#(?![\w#])|[^\W_]+")
_PART_BOUNDARY = re.compile(
    r"(?<=[a-z])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])|(?<=[A-Za-z])(?=[0-9])|(?<=[0-9])(?=[A-Za-z])"
)
_DIGIT_GROUPS = re.compile(r",(?<=[0-9],)(?=[0-9]{3}(?![0-9]))")
_TIMES = re.compile(r"(?<=[0-9]) ?× ?(?=[0-9])")
_UNSPACED = re.compile(rf"[{UNSPACED_LETTERS}]+")
_NOT_ASCII = re.compile(r"[^\x00-\x7f]+")
_SPELLINGS = str.maketrans(LETTER_SPELLINGS)
_BRITISH_START = re.compile("|".join(sorted(BRITISH_STARTS)))
_BRITISH_END = re.compile(BRITISH_END)
_LONGEST_COMPOUND = 40  # letters; longer ones are addresses, not words
_SHORTEST_PART = 2
_AROUND_WORDS = ".,;:!?()[]\"'"  # none of these is in a term if at its end


def split_words(text: str, *, is_query: bool = False) -> list[str]:
    """Return the words of `text`, without accents and in lower case.

    A run of letters of a script without spaces is split into the pairs of neighbours, so that any
    part of it is found; its last letter, which begins no pair, is a word too, but not at the end of
    a query.
    """
    words, _ = split_terms(text)
    if is_query and len(words) > 1 and is_unspaced_letter(words[-1]) and words[-2][1:] == words[-1]:
        words.pop()
    return words


def split_terms(text: str) -> tuple[list[str], list[str]]:
    """Return the words of `text`, and what else it is found by: the parts of words such as CuTe,
    and compounds as one word.
    """
    found = [_split_token(token) for token in _TOKEN.findall(_normalize(text))]
    words = [word for words, _ in found for word in words]
    return words, [part for _, parts in found for part in parts]


def separate_parts(text: str) -> str:
    """Return `text` with spaces between the parts of words such as CuTe."""
    return _PART_BOUNDARY.sub(" ", text)


def split_chunks(text: str) -> list[str]:
    """Return parts of `text` in order whose terms are, together, those of the text."""
    return _normalize(text).split()


def split_chunk(chunk: str) -> tuple[Sequence[str], Sequence[str]]:
    """Return the terms of one of `split_chunks`: its words, and what else it is found by."""
    word = chunk.strip(_AROUND_WORDS)
    if _is_plain(word):  # as most are
        return (word.lower(),), ()
    return split_terms(chunk)


def _is_plain(token: str) -> bool:
    return token.isascii() and token.isalpha() and (token.islower() or token.istitle())


@lru_cache(maxsize=1 << 14)
def _split_token(token: str) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Return the words of a token, and what else it is found by."""
    if _is_plain(token):
        return (token.lower(),), ()
    runs = _WORD.findall(token)
    parts = [part.lower() for run in runs for part in _split_parts(run)]
    compound = token.rstrip("+#")
    if len(runs) > 1 and len(compound) <= _LONGEST_COMPOUND:
        parts.append("".join(_list_words(compound)))
    return tuple(_list_words(token)), tuple(parts)


def _list_words(token: str) -> list[str]:
    return [word for run in _WORD.findall(token) for word in _split_run(run.lower())]


def _split_run(word: str) -> Iterator[str]:
    """Yield the words in a run of letters of any script."""
    end = 0
    for found in _UNSPACED.finditer(word):
        if before := word[end : found.start()]:
            yield GREEK_NAMES.get(before, before)
        letters, end = found[0], found.end()
        yield from (first + second for first, second in pairwise(letters))
        yield letters[-1]
    if rest := word[end:]:
        yield GREEK_NAMES.get(rest, rest)


def _split_parts(run: str) -> Iterator[str]:
    """Yield the parts of a word that mixes cases or digits, such as `FP8`."""
    parts = _PART_BOUNDARY.split(run)
    if len(parts) > 1:
        yield from (part for part in parts if len(part) >= _SHORTEST_PART)


@lru_cache(maxsize=1 << 17)
def stem_word(word: str) -> str:
    """Return the stem of a word by Snowball's English stemmer.

    Plurals that it does not know are made singular before, and British spellings American.
    """
    word = IRREGULAR_PLURALS.get(word, word)
    if british := _BRITISH_START.match(word):
        word = BRITISH_STARTS[british[0]] + word[british.end() :]
    return str(make_stemmer("english").stemWord(_BRITISH_END.sub("iz", word)))


def is_unspaced_letter(word: str) -> bool:
    """Return whether `word` is one letter of a script without spaces."""
    return len(word) == 1 and _UNSPACED.match(word) is not None


def _normalize(text: str) -> str:
    """Return `text` without accents; numbers such as 1,000 and 16×16 become 1000 and 16x16."""
    if not text.isascii():
        text = _NOT_ASCII.sub(lambda found: _spell_plainly(found[0]), text)
        text = _TIMES.sub("x", text) if "×" in text else text
    return _DIGIT_GROUPS.sub("", text) if "," in text else text


@lru_cache(maxsize=1 << 14)
def _spell_plainly(letters: str) -> str:
    decomposed = unicodedata.normalize("NFKD", letters)
    marks = {letter for letter in decomposed if unicodedata.category(letter).startswith("M")}
    return "".join(letter for letter in decomposed if letter not in marks).translate(_SPELLINGS)
