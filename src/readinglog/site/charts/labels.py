"""Labels on a picture: what notes are called there, how wide that is, and where it meets nothing else."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import cache
from itertools import accumulate
from typing import NamedTuple

from readinglog.model.note import Note

_EM = 12  # of a label, in the units of the picture
_LONGEST = 28  # letters of a label
_NARROW, _BROAD = frozenset("ijlt.,:;'|!()[] frI-"), frozenset("mwMW@%—")

Label = tuple[str, int, int, str]  # text, place and anchor


class Box(NamedTuple):
    """A rectangle of the picture."""

    left: float
    top: float
    right: float
    bottom: float

    def meets(self, other: Box) -> bool:
        return (
            self.left < other.right
            and other.left < self.right
            and self.top < other.bottom
            and other.top < self.bottom
        )

    def within(self, other: Box) -> bool:
        return (
            other.left <= self.left
            and self.right <= other.right
            and other.top <= self.top
            and self.bottom <= other.bottom
        )


def place_labels(
    notes: Sequence[Note], spots: Sequence[tuple[int, int]], sizes: Sequence[float], frame: Box
) -> list[Label | None]:
    """A label for each note, where there is room beside, above or below its dot; none where it would lie on another."""
    taken = [
        Box(x - size, y - size, x + size, y + size)
        for (x, y), size in zip(spots, sizes, strict=True)
    ]
    found: list[Label | None] = [None] * len(notes)
    for at in sorted(range(len(notes)), key=lambda at: -sizes[at]):
        text = truncate(get_short_label(notes[at]), _LONGEST)
        for label, box in _tries(text, spots[at], sizes[at]):
            if box.within(frame) and not any(box.meets(other) for other in taken):
                taken.append(box)
                found[at] = label
                break
    return found


def _tries(text: str, spot: tuple[int, int], size: float) -> Iterator[tuple[Label, Box]]:
    (x, y), gap, wide = spot, size + 3, _width(text)
    for anchor, left in (("start", x + gap), ("end", x - gap - wide)):
        yield (
            (text, round(x + gap if anchor == "start" else x - gap), y + 4, anchor),
            Box(left, y - 8, left + wide, y + 8),
        )
    for top in (y - gap - 14, y + gap):
        yield (text, x, round(top + 11), "middle"), Box(x - wide / 2, top, x + wide / 2, top + 15)


def _width(text: str) -> float:
    """About how wide a label is in any sans-serif face; rather too wide than too narrow."""
    return sum(map(_letter_width, text))


@cache
def _letter_width(letter: str) -> float:
    if letter in _NARROW:
        return 0.36 * _EM
    if letter in _BROAD or ord(letter) > 0x2E80:
        return 0.95 * _EM
    return (0.74 if letter.isupper() else 0.61) * _EM


def get_short_label(note: Note) -> str:
    """What a note is called where there is little room: its short title, or the first alias where that is too long."""
    aliases = note.texts("aliases")
    return aliases[0] if aliases and len(note.short_title) > _LONGEST else note.short_title


def fit_label(text: str, room: float) -> str:
    """As much of a label as there is room for."""
    if _width(text) <= room:
        return text
    ends = accumulate(map(_letter_width, text))
    return truncate(text, max(1, sum(end <= room - _EM for end in ends) + 1))


def truncate(text: str, most: int) -> str:
    """The text, or as many letters of it as there may be, with `…` behind them."""
    return text if len(text) <= most else f"{text[: most - 1].rstrip()}…"
