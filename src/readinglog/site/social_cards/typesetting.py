"""Setting text in lines: in a size that fits, with no word alone on a line, cut where none fits."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from functools import cache, lru_cache
from importlib.resources import files
from io import BytesIO
from itertools import pairwise
from typing import NamedTuple

from PIL import Image, ImageDraw, ImageFont

Font = ImageFont.FreeTypeFont
# The edges of letters have few shades, which makes small files.
_STEPS = [round(shade / 51) * 51 for shade in range(256)]


class TextStyle(NamedTuple):
    """How a text is set: weight, sizes to try, ink and leading.

    `sizes` are in pixels, each with its maximum number of lines; `leading` is in font sizes.
    """

    weight: str
    sizes: tuple[tuple[int, int], ...]
    ink: int
    leading: float = 1.0


class Glyph(NamedTuple):
    """A letter as a picture: where it is placed from the pen on the baseline, and how far the pen
    moves on, in pixels.
    """

    mask: Image.Image
    left: int
    top: int
    advance: float


def typeset(text: str, style: TextStyle, room: float) -> tuple[Font, list[str]]:
    """Return the font and the lines of a text, none wider than `room` pixels.

    The size is the first that the text fits in, else the last, with the text cut.
    """
    for size, most in style.sizes:
        font = load_font(style.weight, size)
        lines, is_whole = _wrap(text, font, most, room)
        if is_whole:
            break
    return font, lines


def _wrap(text: str, font: Font, most: int, room: float) -> tuple[list[str], bool]:
    """Return at most `most` lines of nearly equal length, and whether they hold the whole text.

    They do not where a word is broken or lost.
    """
    words = [piece for word in text.split() for piece in _break_word(word, font, room)]
    widths, space = [measure_width(word, font) for word in words], measure_width(" ", font)
    starts = _find_line_starts(widths, space, room)
    if is_whole := len(starts) <= most:
        # The narrowest column of as many lines leaves no word alone on the last.
        for percent in range(98, 50, -2):
            closer = _find_line_starts(widths, space, room * percent / 100)
            starts = closer if len(closer) == len(starts) else starts
    lines = [" ".join(words[start:end]) for start, end in pairwise([*starts, len(words)])]
    return (
        (lines, len(words) == len(text.split()))
        if is_whole
        else ([*lines[: most - 1], _truncate(lines[most - 1], font, room)], False)
    )


def _find_line_starts(widths: Sequence[float], space: float, room: float) -> list[int]:
    """Return the numbers of the words that begin a line.

    Each line takes all the words that it has room for.
    """
    starts, used = [], room
    for number, width in enumerate(widths):
        used += space + width
        if used > room:
            starts.append(number)
            used = width
    return starts


def _break_word(word: str, font: Font, room: float) -> list[str]:
    """Return the word, or the parts of it that each fill a line."""
    pieces = []
    while measure_width(word, font) > room:
        end = _count_fitting_letters(word, font, room) or 1
        pieces.append(word[:end])
        word = word[end:]
    return [*pieces, word]


def _truncate(line: str, font: Font, room: float) -> str:
    """Return the words, or the letters of one word, that leave room for `…` in the line."""
    end = _count_fitting_letters(line, font, room, "…")
    if end < len(line) and " " in line[:end]:
        end = line.rindex(" ", 0, end + 1)
    return line[:end].rstrip(" ,;:.·–—-") + "…"


def _count_fitting_letters(line: str, font: Font, room: float, tail: str = "") -> int:
    """Return how many letters of the line there is room for with `tail` behind them."""
    return bisect_right(
        range(1, len(line) + 1), room, key=lambda size: measure_width(line[:size] + tail, font)
    )


@lru_cache(maxsize=1 << 14)
def measure_width(text: str, font: Font) -> float:
    """Return the width of a text in pixels."""
    return sum(draw_glyph(letter, font).advance for letter in text)


@lru_cache(maxsize=1 << 14)
def draw_glyph(letter: str, font: Font) -> Glyph:
    """Return the glyph of a letter, which is drawn once for all texts."""
    left, top, right, bottom = map(round, font.getbbox(letter, anchor="ls"))
    mask = Image.new("L", (right - left, bottom - top))
    if mask.width and mask.height:
        ImageDraw.Draw(mask).text((-left, -top), letter, 255, font, anchor="ls")
    return Glyph(mask.point(_STEPS), left, top, font.getlength(letter))


@cache
def load_font(weight: str, size: int) -> Font:
    """Return the font in a size, without kerning.

    That needs a library that not every machine has, and would change the bytes.
    """
    data = (
        files("font_source_serif_pro")
        .joinpath("files", f"SourceSerifPro-{weight}.otf")
        .read_bytes()
    )
    return ImageFont.truetype(BytesIO(data), size, layout_engine=ImageFont.Layout.BASIC)
