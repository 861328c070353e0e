"""Words and terms, split and stemmed alike in notes and in queries."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from functools import cache, lru_cache

import snowballstemmer

_RUN = re.compile(r"[^\W_]+")
_COMPOUND = re.compile(r"(?<![^\W_])[^\W_]++(?>(?:[-._/'’\u2010][^\W_]++)+)")
_PART_BOUNDARY = re.compile(
    r"(?<=[a-z])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])|(?<=[A-Za-z])(?=[0-9])|(?<=[0-9])(?=[A-Za-z])"
)
_LONGEST_COMPOUND = 40  # letters; longer ones are addresses, not words
_SHORTEST_PART = 2


def split_words(text: str) -> list[str]:
    """Return the runs of letters and digits in `text`, without accents and in lower case."""
    return [run.lower() for run in _RUN.findall(_remove_accents(text))]


def split_terms(text: str) -> Iterator[str]:
    """Yield the words of `text`, the parts of words such as CuTe, and compounds as one word.

    Words and their parts are yielded once for each spelling.
    """
    plain = _remove_accents(text)
    for run in dict.fromkeys(_RUN.findall(plain)):
        yield run.lower()
        yield from _split_parts(run)
    for compound in _COMPOUND.findall(plain):
        if len(compound) <= _LONGEST_COMPOUND:
            yield "".join(_RUN.findall(compound)).lower()


def _split_parts(run: str) -> Iterator[str]:
    """Yield the parts of a word that mixes cases or digits, such as `FP8`."""
    if run.isalpha() and (run.islower() or run.istitle()):
        return
    parts = _PART_BOUNDARY.split(run)
    if len(parts) > 1:
        yield from (part.lower() for part in parts if len(part) >= _SHORTEST_PART)


@lru_cache(maxsize=1 << 17)
def stem_word(word: str) -> str:
    """Return the stem of a word by Snowball's English stemmer, which Pagefind uses too."""
    return str(_make_stemmer().stemWord(word))


@cache
def _make_stemmer() -> snowballstemmer.stemmer:
    return snowballstemmer.stemmer("english")


def _remove_accents(text: str) -> str:
    if text.isascii():
        return text
    decomposed = unicodedata.normalize("NFKD", text)
    return "".join(
        character for character in decomposed if not unicodedata.category(character).startswith("M")
    )
