"""Labels on a map: what notes are called there, and how wide that is."""

from __future__ import annotations

from functools import cache

from readinglog.model.note import Note
from readinglog.parsing.formulas import write_plain
from readinglog.parsing.latex.macros import Macros

_EM = 12  # of a label, in the units of the map
_LONGEST = 28  # letters of a label
_NARROW, _BROAD = frozenset("ijlt.,:;'|!()[] frI-"), frozenset("mwMW@%—")


def estimate_width(text: str) -> float:
    """Return about how wide a label is in any sans-serif face; rather too wide than too narrow."""
    return sum(map(_estimate_letter_width, text))


@cache
def _estimate_letter_width(letter: str) -> float:
    if letter in _NARROW:
        return 0.36 * _EM
    if letter in _BROAD or ord(letter) > 0x2E80:
        return 0.95 * _EM
    return (0.74 if letter.isupper() else 0.61) * _EM


def get_short_label(note: Note, macros: Macros) -> str:
    """Return what a note is called where there is little room.

    That is its short title, or its first alias where that title is too long.
    """
    aliases = note.texts("aliases")
    title = write_plain(note.short_name, macros)
    return aliases[0] if aliases and len(title) > _LONGEST else title


def truncate(text: str, most: int) -> str:
    """Return the text, or its first letters and `…`: `most` letters in all."""
    return text if len(text) <= most else f"{text[: most - 1].rstrip()}…"
