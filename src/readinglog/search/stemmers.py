"""Stems of words by Snowball's stemmers, of which the page has that of English alone."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache

import Stemmer

# The languages whose words have stems, with the names of their stemmers in Snowball.
STEMMERS = {
    "ar": "arabic",
    "ca": "catalan",
    "cs": "czech",
    "da": "danish",
    "de": "german",
    "el": "greek",
    "eo": "esperanto",
    "es": "spanish",
    "et": "estonian",
    "eu": "basque",
    "fa": "persian",
    "fi": "finnish",
    "fr": "french",
    "ga": "irish",
    "hu": "hungarian",
    "hy": "armenian",
    "id": "indonesian",
    "it": "italian",
    "lt": "lithuanian",
    "nb": "norwegian",
    "nl": "dutch",
    "nn": "norwegian",
    "no": "norwegian",
    "pl": "polish",
    "pt": "portuguese",
    "ro": "romanian",
    "ru": "russian",
    "sr": "serbian",
    "sv": "swedish",
    "tr": "turkish",
}


@cache
def make_stemmer(name: str) -> Stemmer.Stemmer:
    """Return the stemmer that Snowball calls `name`."""
    return Stemmer.Stemmer(name, 0)


def group_forms(words: Iterable[str], language: str) -> dict[str, list[str]]:
    """Return words of a language grouped by their stem; where Snowball has no stemmer for the
    language, each word is its own.
    """
    name = STEMMERS.get(language)
    if name is None:
        return {word: [word] for word in words}
    stemmer = make_stemmer(name)
    groups: dict[str, list[str]] = {}
    for word in words:
        groups.setdefault(str(stemmer.stemWord(word)), []).append(word)
    return groups
