"""The picture of a note: a PNG of one size, whatever the note says, with its text between the
margins.
"""

from __future__ import annotations

from dataclasses import replace
from io import BytesIO
from itertools import groupby

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image, ImageChops

from readinglog.site.page import CardImage
from readinglog.site.social_cards.drawing import SIZE, can_draw, draw_card

CARD = CardImage(
    "notes/moe/card.png",
    "A reading log",
    "Outrageously Large Neural Networks",
    "Noam Shazeer, Azalia Mirhoseini, 2017",
    "A layer of thousands of experts, of which each token sees a few.",
    ("MoE", "routing"),
    1,
)
PAPER = (0xFD, 0xFC, 0xF8)
LEFT, RIGHT = 53, 753  # the margins begin here: the text stands a little further in
FOOT = 360  # the last line stands below, all else above
HOSTILE = {
    "nothing": "",
    "blanks": " \n\t ",
    "control": "a\nb\tc\x00d\x1b[31m\x85\u2028e",
    "steered": "\u202eright to left\u202c \u200f\u2066x\u2069 \u200b\u00ad",
    "long": "A title that does not end " * 400,
    "gapless": "W" * 3000,
    "narrow": "i" * 3000,
    "marked": "a" + "\u0301\u0323\u0489" * 3000,
    "composed late": "e\u0301" * 3000,
    "uncovered": "混合专家 مزيج من الخبراء 🧠👩\u200d💻",
    "surrogate": "\ud800 \udfff",
    "private": "\ue000\U0010ffff\uffff",
    "markup": '<b>&amp;</b> {0} %s "',
}


def opened(card: CardImage) -> Image.Image:
    return Image.open(BytesIO(draw_card(card)))


def ink(
    card: CardImage, box: tuple[int, int, int, int] = (LEFT, 0, *SIZE)
) -> tuple[int, int, int, int] | None:
    """The smallest box around all ink within `box`, from its corner; by itself that is all but the
    band.
    """
    part = opened(card).convert("RGB").crop(box)
    return ImageChops.difference(part, Image.new("RGB", part.size, PAPER)).getbbox()


def line_ends(card: CardImage) -> list[int]:
    """Where each line of text ends, counted from the left margin; rows of pixels without ink part
    the lines.
    """
    part = opened(card).convert("L").crop((LEFT, 0, *SIZE)).point(lambda grey: grey < 250 and 255)
    ends = [
        box[2] if (box := part.crop((0, y, part.width, y + 1)).getbbox()) else 0
        for y in range(part.height)
    ]
    return [max(line) for inked, line in groupby(ends, key=bool) if inked]


def with_summary(card: CardImage, text: str) -> CardImage:
    """The card with `text` wherever there can be one."""
    return replace(card, site=text, title=text, byline=text, summary=text, tags=(text, text))


def test_it_is_a_png_of_few_colours_that_holds_nothing_but_the_picture() -> None:
    image = opened(CARD)
    assert (image.format, image.size, image.mode, image.info) == ("PNG", SIZE, "P", {})
    assert {colour for _, colour in image.convert("RGB").getcolors() or ()} >= {
        PAPER,
        (0x1D, 0x1C, 0x1A),
        (0xB2, 0x3A, 0x0A),
    }
    assert len(draw_card(CARD)) < 20_000


def test_the_same_card_gives_the_same_bytes() -> None:
    assert draw_card(CARD) == draw_card(replace(CARD))
    assert draw_card(CARD) != draw_card(replace(CARD, title="Another"))


@pytest.mark.parametrize(
    ("hue", "colour"), list(enumerate(("5c5953", "b23a0a", "512a80", "1b4a2c", "1f7395")))
)
def test_the_band_has_the_colour_of_the_topic(hue: int, colour: str) -> None:
    image = opened(replace(CARD, hue=hue)).convert("RGB")
    assert {image.getpixel((x, y)) for x in (0, 7) for y in (0, 200, 419)} == {
        tuple(bytes.fromhex(colour))
    }
    assert image.getpixel((27, 200)) == PAPER


def test_a_longer_title_is_wrapped_and_made_smaller() -> None:
    bare = replace(CARD, site="", byline="", summary="", tags=())
    boxes = [
        ink(replace(bare, title=title))
        for title in ("Experts", "Large networks of experts " * 2, "Large networks of experts " * 5)
    ]
    heights = [box[3] - box[1] for box in boxes if box]
    assert heights == sorted(set(heights))
    assert all(box and box[2] <= RIGHT - LEFT for box in boxes)


def test_no_word_stands_alone_on_the_last_line() -> None:
    summary = "What is said at the start of it here is about as long as one line, and more"
    first, last = line_ends(replace(CARD, site="", title="", byline="", tags=(), summary=summary))
    assert last > first / 2


@pytest.mark.parametrize("text", HOSTILE.values(), ids=HOSTILE)
def test_no_text_leaves_the_margins(text: str) -> None:
    card = with_summary(CARD, text)
    assert opened(card).size == SIZE
    assert ink(card, (RIGHT, 0, *SIZE)) is None
    assert ink(card, (16, 0, LEFT, SIZE[1])) is None


def test_a_text_that_goes_on_for_ever_is_cut_where_it_fits() -> None:
    assert draw_card(replace(CARD, title="one two " * 100)) == draw_card(
        replace(CARD, title="one two " * 10_000)
    )


def test_steering_characters_and_blanks_change_nothing() -> None:
    assert draw_card(
        replace(CARD, title="\u202eOutrageously\x00 \n Large\tNeural\u00a0\u200bNetworks ")
    ) == draw_card(CARD)


def test_composed_and_decomposed_letters_look_alike() -> None:
    assert draw_card(replace(CARD, title="Bjo\u0308rn")) == draw_card(
        replace(CARD, title="Bj\u00f6rn")
    )


@pytest.mark.parametrize(
    "text",
    [
        "",
        "Größe — “quoted”, naïve…",
        "σ-algebra Ω",
        "Привет",
        "1.58-bit C++",
        "a\nb\u200d",
        "o\u0308",
    ],
)
def test_the_font_has_the_letters_of(text: str) -> None:
    assert can_draw(text)


@pytest.mark.parametrize(
    "text", ["混合", "خبراء", "🧠", "mostly Latin, but 中", "\ud800", "\ue000", "\uffff", "क\u093f"]
)
def test_the_font_has_not_all_the_letters_of(text: str) -> None:
    assert not can_draw(text)


def test_texts_that_cannot_be_drawn_are_left_out() -> None:
    bare = replace(CARD, byline="", summary="", tags=("routing",))
    assert draw_card(
        replace(CARD, byline="王", summary="每个词元", tags=("中文", "routing"))
    ) == draw_card(bare)
    assert draw_card(replace(bare, site="日志")) == draw_card(replace(bare, site=""))


def test_tags_leave_room_for_the_name_of_the_site() -> None:
    many = replace(CARD, tags=tuple(f"tag number {number}" for number in range(40)))
    at_the_right = (600, FOOT, *SIZE)
    assert ink(many, at_the_right) == ink(replace(CARD, tags=()), at_the_right)
    assert ink(many, (LEFT, FOOT, 587, SIZE[1]))
    assert draw_card(replace(CARD, tags=("x" * 300, "MoE"))) == draw_card(
        replace(CARD, tags=("MoE",))
    )


@given(st.text(), st.text(), st.integers(0, 4))
def test_any_text_gives_a_picture_of_the_size(one: str, other: str, hue: int) -> None:
    card = CardImage("card.png", one, other, one, other, (one, other), hue)
    assert opened(card).size == SIZE
    assert can_draw(one + other) in {True, False}
