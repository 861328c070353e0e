"""How names are compared and addresses are made of them."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

RESERVED = frozenset({"index", "readme", "404", "con", "nul", "aux", "prn"})
KEBAB = re.compile(r"[a-z0-9]+(?:[.-][a-z0-9]+)*\Z")
_GAPS = re.compile(r"[\s_-]+")
_PUNCTUATION = re.compile(r"[^\w\s-]")
_GREEK = "alpha beta gamma delta epsilon zeta eta theta iota kappa lambda mu nu xi omicron pi rho sigma sigma tau upsilon phi chi psi omega"
# Letters that Unicode does not take apart, as they are written in ASCII; browsers are told them too.
LETTERS = {
    "ß": "ss",
    "æ": "ae",
    "œ": "oe",
    "ø": "o",
    "ł": "l",
    "đ": "d",
    "ð": "d",
    "þ": "th",
    "ı": "i",
}
LETTERS |= dict(zip("αβγδεζηθικλμνξοπρςστυφχψω", _GREEK.split(), strict=True))
_SYMBOLS = {"+": "-plus", "#": "-sharp", "&": "-and-", "@": "-at-", "*": "-star"}


@lru_cache(maxsize=1 << 16)
def fold(text: str) -> str:
    """The form in which names match: case, composition, and space against `-` and `_` do not count."""
    if not text.isascii():
        text = unicodedata.normalize("NFC", unicodedata.normalize("NFC", text).casefold())
    return _GAPS.sub("-", text.lower()).strip("-") or text


def make_anchor(text: str) -> str:
    """The fragment of a heading: its letters, marks and digits of any script, joined by `-`.

    Python-Markdown's `slugify_unicode`, but for combining marks, which carry the vowels of many scripts.
    """
    if text.isascii():
        kept = _PUNCTUATION.sub("", text)
    else:
        kept = "".join(
            c
            for c in text
            if c.isalnum() or c in "_-" or c.isspace() or unicodedata.category(c)[0] == "M"
        )
    return re.sub(r"[-\s]+", "-", kept.strip().lower())


def make_unique(wanted: str, taken: dict[str, int]) -> str:
    """`wanted`, or the next of `wanted_1`, `wanted_2` … that is free; `taken` remembers it, and where to go on."""
    name, number = wanted, taken.get(wanted, 0)
    while name in taken or not name:
        number += 1
        name = f"{wanted}_{number}"
    taken[wanted] = number
    taken.setdefault(name, 0)
    return name


def make_title_key(title: str) -> str:
    """The words of a title, as far as they tell it from others."""
    return "-".join(re.findall(r"[^\W_]+", fold(title)))


def to_kebab(text: str) -> str:
    """A file name for `text`: lower-case ASCII words joined by `-`; letters of scripts that have none are kept."""
    bare = re.sub("[™®©℠]", " ", text)
    spelled = "".join(LETTERS.get(c, c) for c in unicodedata.normalize("NFD", bare.lower()))
    latin = "".join(
        c for c in unicodedata.normalize("NFKD", spelled) if not unicodedata.combining(c)
    )
    chosen = latin if latin.isascii() else unicodedata.normalize("NFC", bare)
    words = re.sub(r"[^\w.]+|_+", "-", chosen.lower())
    return (
        re.sub(r"\.*-[.-]*|\.{2,}", lambda gap: "-" if "-" in gap[0] else ".", words).strip("-.")
        or "note"
    )


def to_slug(text: str) -> str:
    """An address for a tag or an author; `C`, `C++` and `C#` differ, and `/` stays a level."""
    spelled = "".join(_SYMBOLS.get(c, c) for c in fold(text))
    parts = (re.sub(r"[^\w.]+", "-", part).strip("-.") for part in spelled.split("/"))
    return "/".join(part for part in parts if part) or "-"
