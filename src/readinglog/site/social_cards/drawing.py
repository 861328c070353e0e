"""Drawing the card image of a note: text on a light ground, with a band in its tag's colour."""

from __future__ import annotations

import unicodedata
from functools import cache
from io import BytesIO

from PIL import Image, ImageDraw

from readinglog.site.page import CardImage
from readinglog.site.social_cards.typesetting import (
    Font,
    TextStyle,
    draw_glyph,
    load_font,
    measure_width,
    typeset,
)

SIZE = (800, 420)
_LEFT, _RIGHT, _TOP, _FOOT = 61, 744, 55, 381  # edges of the text, and the last baseline: pixels
_BAND = 14  # the width of the band
_ROOM = float(_RIGHT - _LEFT)
_SMALL = 19  # the size of the last line
_LONGEST = 400  # more letters than this fit nowhere, so none are measured

# A pixel has one of sixteen colours, four bits: fifteen steps from paper to ink, one of which is
# for secondary text, and the tag's hue.
_PAPER, _INK = (0xFD, 0xFC, 0xF8), (0x1D, 0x1C, 0x1A)
_INK_AT, _QUIET_AT, _HUE_AT = 14, 10, 15
_RAMP = bytes(
    round(paper + (ink - paper) * step / _INK_AT)
    for step in range(_HUE_AT)
    for paper, ink in zip(_PAPER, _INK, strict=True)
)
# Of the style sheet's light scheme.
PAPER_HUES = (
    "#5c5953",
    *("#b23a0a", "#512a80", "#1b4a2c", "#1f7395", "#83191f", "#3f2810"),
    *("#4f0e3d", "#2f6f0f", "#7754c6", "#975d4e", "#082f54", "#31027b"),
    *("#7a537d", "#724720", "#7f2c6f", "#a5204f", "#314a61", "#612f4a"),
    *("#4c7263", "#405439", "#586b37", "#77319b", "#a83e93", "#b7376b"),
)


_TITLE = TextStyle("Semibold", ((56, 1), (51, 2), (44, 2), (40, 3), (35, 3)), _INK_AT, 1.14)
_BYLINE = TextStyle("Regular", ((22, 1),), _QUIET_AT)
_SUMMARY = TextStyle("Regular", ((25, 3), (23, 3), (21, 3)), _INK_AT, 1.38)
_SITE = TextStyle("Semibold", ((_SMALL, 1),), _INK_AT)
_CAPITALS = 0.67  # the height of a capital in font sizes


def draw_card(card: CardImage) -> bytes:
    """Return the card as PNG, without texts that the font cannot show.

    The same card gives the same bytes.
    """
    image = Image.new("L", SIZE)
    draw = ImageDraw.Draw(image)
    draw.rectangle((0, 0, _BAND - 1, SIZE[1]), _HUE_AT)
    below = _draw_text(draw, _TOP, _filter_drawable(card.title), _TITLE)
    if byline := _filter_drawable(card.byline):
        below = _draw_text(draw, below + 27, byline, _BYLINE)
    _draw_text(draw, below + 29, _filter_drawable(card.summary), _SUMMARY)
    _draw_footer(draw, card)
    image.putpalette(_RAMP + bytes.fromhex(PAPER_HUES[card.hue][1:]))
    file = BytesIO()
    image.save(file, "PNG", compress_level=4)
    return file.getvalue()


def can_draw(text: str) -> bool:
    """Return whether the font has all the letters of `text`."""
    return all(map(_has_letter, set(_clean(text))))


def _draw_text(draw: ImageDraw.ImageDraw, top: int, text: str, style: TextStyle) -> int:
    """Draw a text whose capitals reach up to `top`, and return the baseline of its last line."""
    font, lines = typeset(text, style, _ROOM)
    baseline = first = top + round(_CAPITALS * font.size)
    for number, line in enumerate(lines):
        baseline = first + round(number * style.leading * font.size)
        _draw_line(draw, (_LEFT, baseline), line, style.ink, font)
    return baseline


def _draw_line(
    draw: ImageDraw.ImageDraw, start: tuple[float, int], text: str, ink: int, font: Font
) -> None:
    """Draw a line of text that begins at the point `start` of its baseline."""
    pen, baseline = start
    for letter in text:
        glyph = draw_glyph(letter, font)
        draw.bitmap((round(pen) + glyph.left, baseline + glyph.top), glyph.mask, ink)
        pen += glyph.advance


def _draw_footer(draw: ImageDraw.ImageDraw, card: CardImage) -> None:
    """Draw the site's name at the right and, at the left, the tags that there is room for."""
    font, lines = typeset(_filter_drawable(card.site), _SITE, _ROOM)
    site = "".join(lines)
    width = measure_width(site, font)
    _draw_line(draw, (_RIGHT - width, _FOOT), site, _INK_AT, font)
    room = _ROOM - width - 2 * font.size
    font, line = load_font("Regular", _SMALL), ""
    for tag in filter(None, map(_filter_drawable, card.tags)):
        longer = f"{line}  ·  {tag}" if line else tag
        line = longer if measure_width(longer, font) <= room else line
    _draw_line(draw, (_LEFT, _FOOT), line, _QUIET_AT, font)


def _clean(text: str) -> str:
    """Return the text on one line, in NFC, without control characters, cut to `_LONGEST`."""
    composed = unicodedata.normalize("NFC", text[:_LONGEST])
    return " ".join(
        "".join(
            c for c in composed if c.isspace() or unicodedata.category(c) not in {"Cc", "Cf"}
        ).split()
    )


def _filter_drawable(text: str) -> str:
    """Return the text on one line, or '' where the font lacks a letter of it."""
    return _clean(text) if can_draw(text) else ""


@cache
def _has_letter(letter: str) -> bool:
    # No font has U+FFFF: it gives the image of a missing letter.
    return _render_letter(letter) != _render_letter("\uffff")


def _render_letter(letter: str) -> tuple[tuple[int, int], bytes]:
    mask = load_font("Regular", _SMALL).getmask(letter)
    return mask.size, bytes(mask)
