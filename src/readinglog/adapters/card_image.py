"""The picture that stands for a note where a link to it is shared: ink on paper, with a band in its topic's colour."""

from __future__ import annotations

import unicodedata
from bisect import bisect_right
from collections.abc import Sequence
from functools import cache, lru_cache
from importlib.resources import files
from io import BytesIO
from itertools import pairwise
from typing import NamedTuple

from PIL import Image, ImageDraw, ImageFont

from readinglog.pages.page import CardImage

SIZE = (1200, 630)
_LEFT, _RIGHT, _TOP, _FOOT, _BAND = 92, 1116, 82, 572, 20  # edges of the text, the last baseline, the width of the band: pixels
_ROOM = float(_RIGHT - _LEFT)
_SMALL = 28  # the size of the last line
_LONGEST = 400  # more letters than this fit nowhere, so none are measured

# A pixel is one of sixteen, four bits: fifteen steps from paper to ink, on which quiet ink lies, and the topic's hue.
_PAPER, _INK = (0xFD, 0xFC, 0xF8), (0x1D, 0x1C, 0x1A)
_INK_AT, _QUIET_AT, _HUE_AT = 14, 10, 15
_RAMP = bytes(round(paper + (ink - paper) * step / _INK_AT) for step in range(_HUE_AT) for paper, ink in zip(_PAPER, _INK, strict=True))
PAPER_HUES = ("#5c5953", "#b23a0a", "#512a80", "#1b4a2c", "#1f7395")  # of the style sheet's light scheme


class _Style(NamedTuple):
    """How a text is set: the `sizes` to try, in pixels, each with the most lines of it, and the leading in font sizes."""

    weight: str
    sizes: tuple[tuple[int, int], ...]
    ink: int
    leading: float = 1.0


_TITLE = _Style("Semibold", ((84, 1), (76, 2), (66, 2), (60, 3), (52, 3)), _INK_AT, 1.14)
_BYLINE = _Style("Regular", ((33, 1),), _QUIET_AT)
_SUMMARY = _Style("Regular", ((37, 3), (34, 3), (31, 3)), _INK_AT, 1.38)
_SITE = _Style("Semibold", ((_SMALL, 1),), _INK_AT)
_CAPITALS = 0.67  # the height of a capital in font sizes

Font = ImageFont.FreeTypeFont


def png(card: CardImage) -> bytes:
    """The picture as PNG, without the texts that the font has no letters for: the same card gives the same bytes."""
    image = Image.new("L", SIZE)
    draw = ImageDraw.Draw(image)
    draw.rectangle((0, 0, _BAND - 1, SIZE[1]), fill=_HUE_AT)
    below = _write(draw, _TOP, _drawable(card.title), _TITLE)
    if byline := _drawable(card.byline):
        below = _write(draw, below + 40, byline, _BYLINE)
    _write(draw, below + 44, _drawable(card.summary), _SUMMARY)
    _write_foot(draw, card)
    image.putpalette(_RAMP + bytes.fromhex(PAPER_HUES[card.hue][1:]))
    file = BytesIO()
    image.save(file, "PNG", compress_level=2)
    return file.getvalue()


def can_draw(text: str) -> bool:
    """Whether the font has all the letters of `text`."""
    return all(map(_has_letter, set(_clean(text))))


def _write(draw: ImageDraw.ImageDraw, top: int, text: str, style: _Style) -> int:
    """Writes a text whose capitals reach up to `top`, and gives the baseline of its last line."""
    font, lines = _set(text, style)
    baseline = first = top + round(_CAPITALS * font.size)
    for number, line in enumerate(lines):
        baseline = first + round(number * style.leading * font.size)
        draw.text((_LEFT, baseline), line, fill=style.ink, font=font, anchor="ls")
    return baseline


def _write_foot(draw: ImageDraw.ImageDraw, card: CardImage) -> None:
    """Writes the site's name at the right and, at the left, the tags that there is room for."""
    font, lines = _set(_drawable(card.site), _SITE)
    site = "".join(lines)
    draw.text((_RIGHT, _FOOT), site, fill=_INK_AT, font=font, anchor="rs")
    room = _ROOM - font.getlength(site) - 2 * font.size
    font, line = _font("Regular", _SMALL), ""
    for tag in filter(None, map(_drawable, card.tags)):
        longer = f"{line}  ·  {tag}" if line else tag
        line = longer if font.getlength(longer) <= room else line
    draw.text((_LEFT, _FOOT), line, fill=_QUIET_AT, font=font, anchor="ls")


def _set(text: str, style: _Style) -> tuple[Font, list[str]]:
    """The text in lines, in the first of the sizes that it fits in; else in the last, and cut."""
    for size, most in style.sizes:
        font = _font(style.weight, size)
        lines, whole = _wrapped(text, font, most)
        if whole:
            break
    return font, lines


def _wrapped(text: str, font: Font, most: int) -> tuple[list[str], bool]:
    """At most `most` lines of nearly one length, and whether they hold the text with no word broken or lost."""
    words = [piece for word in text.split() for piece in _pieces(word, font)]
    widths, space = [_width(word, font) for word in words], _width(" ", font)
    starts = _starts(widths, space, _ROOM)
    if whole := len(starts) <= most:
        for percent in range(98, 50, -2):  # the narrowest column of as many lines leaves no word alone on the last
            closer = _starts(widths, space, _ROOM * percent / 100)
            starts = closer if len(closer) == len(starts) else starts
    lines = [" ".join(words[start:end]) for start, end in pairwise([*starts, len(words)])]
    return (lines, len(words) == len(text.split())) if whole else ([*lines[: most - 1], _cut(lines[most - 1], font)], False)


def _starts(widths: Sequence[float], space: float, room: float) -> list[int]:
    """The numbers of the words that begin a line, where each line takes all the words that it has room for."""
    starts, used = [], room
    for number, width in enumerate(widths):
        used += space + width
        if used > room:
            starts.append(number)
            used = width
    return starts


def _pieces(word: str, font: Font) -> list[str]:
    """The word, or the parts of it that each fill a line."""
    pieces = []
    while _width(word, font) > _ROOM:
        end = _letters(word, font) or 1
        pieces.append(word[:end])
        word = word[end:]
    return [*pieces, word]


def _cut(line: str, font: Font) -> str:
    """As many whole words of the line as leave room for `…`; of a line of one word, as many letters."""
    end = _letters(line, font, "…")
    if end < len(line) and " " in line[:end]:
        end = line.rindex(" ", 0, end + 1)
    return line[:end].rstrip(" ,;:.·–—-") + "…"


def _letters(line: str, font: Font, tail: str = "") -> int:
    """How many letters of the line there is room for with `tail` behind them."""
    return bisect_right(range(1, len(line) + 1), _ROOM, key=lambda size: font.getlength(line[:size] + tail))


@lru_cache(maxsize=1 << 14)
def _width(word: str, font: Font) -> float:
    return font.getlength(word)  # remembered, as the words of a log come again from note to note


def _clean(text: str) -> str:
    """The text on one line, composed, without characters that only steer, and no longer than could ever be shown."""
    composed = unicodedata.normalize("NFC", text[:_LONGEST])
    return " ".join("".join(c for c in composed if c.isspace() or unicodedata.category(c) not in {"Cc", "Cf"}).split())


def _drawable(text: str) -> str:
    """The text on one line, or nothing where the font lacks a letter of it."""
    return _clean(text) if can_draw(text) else ""


@cache
def _has_letter(letter: str) -> bool:
    return _picture(letter) != _picture("\uffff")  # no font has this one: it gives the picture of what is missing


def _picture(letter: str) -> tuple[tuple[int, int], bytes]:
    mask = _font("Regular", _SMALL).getmask(letter)
    return mask.size, bytes(mask)


@cache
def _font(weight: str, size: int) -> Font:
    """The font in a size, laid out plainly: kerning needs a library that not every machine has, and would change the bytes."""
    data = files("font_source_serif_pro").joinpath("files", f"SourceSerifPro-{weight}.otf").read_bytes()
    return ImageFont.truetype(BytesIO(data), size, layout_engine=ImageFont.Layout.BASIC)
