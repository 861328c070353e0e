"""Words, as the search sees them: in notes and in queries alike."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from functools import cache, lru_cache

import snowballstemmer

COMMON = frozenset(
    "a an and are as at be been but by can could did do does for from had has have how i if in into is it its may no not of on one or our "
    "should so some such than that the their them then there these they this to use used using was we were what when where which while who "
    "whose why will with would you your".split()
)
QUESTION = frozenset("who whose what which when where why how".split())
SENTENCE = 6  # bare words that are no list of terms any more
RUN = re.compile(r"[^\W_]+")
_JOINED = re.compile(r"(?<![^\W_])[^\W_]++(?:[-._/'’\u2010][^\W_]++)++")
_SEAM = re.compile(
    r"(?<=[a-z])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])|(?<=[A-Za-z])(?=[0-9])|(?<=[0-9])(?=[A-Za-z])"
)
_JOINED_MOST = 40  # letters; longer chains are addresses, not words
_PART_LEAST = 2


def split_words(text: str) -> list[str]:
    """The runs of letters and digits in `text`, without marks, in lower case."""
    return [run.lower() for run in RUN.findall(_bare(text))]


def split_terms(text: str) -> Iterator[str]:
    """The words of `text`, their parts, and what is joined by marks as one; most of them once."""
    bare = _bare(text)
    for run in dict.fromkeys(RUN.findall(bare)):
        yield run.lower()
        parts = (
            _SEAM.split(run) if not run.isalpha() or not (run.islower() or run.istitle()) else ()
        )
        if len(parts) > 1:
            yield from (part.lower() for part in parts if len(part) >= _PART_LEAST)
    for chain in _JOINED.findall(bare):
        if len(chain) <= _JOINED_MOST:
            yield "".join(RUN.findall(chain)).lower()


@lru_cache(maxsize=1 << 17)
def stem_word(word: str) -> str:
    """The stem of a word by Snowball's English stemmer, the one that Pagefind has."""
    return str(_english().stemWord(word))


@cache
def _english() -> snowballstemmer.stemmer:
    return snowballstemmer.stemmer("english")


def _bare(text: str) -> str:
    if text.isascii():
        return text
    return "".join(
        c for c in unicodedata.normalize("NFKD", text) if unicodedata.category(c)[0] != "M"
    )
