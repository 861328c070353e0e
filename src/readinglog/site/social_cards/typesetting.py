"""Text in lines: set in a size that fits, wrapped so that no word stands alone, cut where nothing
fits.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from functools import cache, lru_cache
from importlib.resources import files
from io import BytesIO
from itertools import pairwise
from typing import NamedTuple

from PIL import ImageFont

Font = ImageFont.FreeTypeFont


class Style(NamedTuple):
    """How a text is set: the `sizes` to try, in pixels, each with the most lines of it, and the
    leading in font sizes.
    """

    weight: str
    sizes: tuple[tuple[int, int], ...]
    ink: int
    leading: float = 1.0


def typeset(text: str, style: Style, room: float) -> tuple[Font, list[str]]:
    """The text in lines no wider than `room` pixels, in the first of the sizes that it fits in;
    else in the last, and cut.
    """
    for size, most in style.sizes:
        font = load_font(style.weight, size)
        lines, whole = _wrapped(text, font, most, room)
        if whole:
            break
    return font, lines


def _wrapped(text: str, font: Font, most: int, room: float) -> tuple[list[str], bool]:
    """At most `most` lines of nearly one length, and whether they hold the text with no word broken
    or lost.
    """
    words = [piece for word in text.split() for piece in _pieces(word, font, room)]
    widths, space = [_width(word, font) for word in words], _width(" ", font)
    starts = _starts(widths, space, room)
    if whole := len(starts) <= most:
        for percent in range(
            98, 50, -2
        ):  # the narrowest column of as many lines leaves no word alone on the last
            closer = _starts(widths, space, room * percent / 100)
            starts = closer if len(closer) == len(starts) else starts
    lines = [" ".join(words[start:end]) for start, end in pairwise([*starts, len(words)])]
    return (
        (lines, len(words) == len(text.split()))
        if whole
        else ([*lines[: most - 1], _cut(lines[most - 1], font, room)], False)
    )


def _starts(widths: Sequence[float], space: float, room: float) -> list[int]:
    """The numbers of the words that begin a line, where each line takes all the words that it has
    room for.
    """
    starts, used = [], room
    for number, width in enumerate(widths):
        used += space + width
        if used > room:
            starts.append(number)
            used = width
    return starts


def _pieces(word: str, font: Font, room: float) -> list[str]:
    """The word, or the parts of it that each fill a line."""
    pieces = []
    while _width(word, font) > room:
        end = _letters(word, font, room) or 1
        pieces.append(word[:end])
        word = word[end:]
    return [*pieces, word]


def _cut(line: str, font: Font, room: float) -> str:
    """As many whole words of the line as leave room for `…`; of a line of one word, as many
    letters.
    """
    end = _letters(line, font, room, "…")
    if end < len(line) and " " in line[:end]:
        end = line.rindex(" ", 0, end + 1)
    return line[:end].rstrip(" ,;:.·–—-") + "…"


def _letters(line: str, font: Font, room: float, tail: str = "") -> int:
    """How many letters of the line there is room for with `tail` behind them."""
    return bisect_right(
        range(1, len(line) + 1), room, key=lambda size: font.getlength(line[:size] + tail)
    )


@lru_cache(maxsize=1 << 14)
def _width(word: str, font: Font) -> float:
    return font.getlength(word)  # remembered, as the words of a log come again from note to note


@cache
def load_font(weight: str, size: int) -> Font:
    """The font in a size, laid out plainly: kerning needs a library that not every machine has, and
    would change the bytes.
    """
    data = (
        files("font_source_serif_pro")
        .joinpath("files", f"SourceSerifPro-{weight}.otf")
        .read_bytes()
    )
    return ImageFont.truetype(BytesIO(data), size, layout_engine=ImageFont.Layout.BASIC)
