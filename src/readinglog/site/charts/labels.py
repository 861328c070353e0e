"""Labels on a map: what notes are called there, how wide that is, and where there is room."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import cache, lru_cache
from itertools import accumulate
from typing import NamedTuple

from readinglog.model.note import Note
from readinglog.parsing.formulas import write_plain
from readinglog.parsing.latex.macros import Macros

_EM = 12  # of a label, in the units of the map
_LONGEST = 28  # letters of a label
_NARROW, _BROAD = frozenset("ijlt.,:;'|!()[] frI-"), frozenset("mwMW@%—")


class Label(NamedTuple):
    """A text of a map; `anchor` is the part of it that stands at `x`: its start, middle or end."""

    text: str
    x: int
    y: int
    anchor: str


class Box(NamedTuple):
    """A rectangle of a map."""

    left: float
    top: float
    right: float
    bottom: float

    def overlaps(self, other: Box) -> bool:
        return (
            self.left < other.right
            and other.left < self.right
            and self.top < other.bottom
            and other.top < self.bottom
        )

    def is_within(self, other: Box) -> bool:
        return (
            other.left <= self.left
            and self.right <= other.right
            and other.top <= self.top
            and self.bottom <= other.bottom
        )


def place_labels(
    texts: Sequence[str], spots: Sequence[tuple[int, int]], sizes: Sequence[float], frame: Box
) -> list[Label | None]:
    """Return the label of each note, beside, above or below its dot, or None where it has no room.

    `texts` are what the labels say, `sizes` the radii of the dots; the largest choose first.
    """
    taken = [
        Box(x - size, y - size, x + size, y + size)
        for (x, y), size in zip(spots, sizes, strict=True)
    ]
    labels: list[Label | None] = [None] * len(texts)
    for number in sorted(range(len(texts)), key=lambda number: -sizes[number]):
        text = truncate(texts[number], _LONGEST)
        for label, box in _propose_labels(text, spots[number], sizes[number]):
            if box.is_within(frame) and not any(box.overlaps(other) for other in taken):
                taken.append(box)
                labels[number] = label
                break
    return labels


def _propose_labels(text: str, spot: tuple[int, int], size: float) -> Iterator[tuple[Label, Box]]:
    """Yield where a label may stand, and the room it takes there: right, left, above, below."""
    (x, y), gap, width = spot, size + 3, _estimate_width(text)
    right, left = x + gap, x - gap
    yield Label(text, round(right), y + 4, "start"), Box(right, y - 8, right + width, y + 8)
    yield Label(text, round(left), y + 4, "end"), Box(left - width, y - 8, left, y + 8)
    for top in (y - gap - 14, y + gap):
        box = Box(x - width / 2, top, x + width / 2, top + 15)
        yield Label(text, x, round(top + 11), "middle"), box


def _estimate_width(text: str) -> float:
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


@lru_cache(maxsize=1 << 14)
def fit_label(text: str, room: float) -> str:
    """Return as much of a label as there is room for."""
    if _estimate_width(text) <= room:
        return text
    ends = accumulate(map(_estimate_letter_width, text))
    return truncate(text, max(1, sum(end <= room - _EM for end in ends) + 1))


def truncate(text: str, most: int) -> str:
    """Return the text, or its first letters and `…`: `most` letters in all."""
    return text if len(text) <= most else f"{text[: most - 1].rstrip()}…"
