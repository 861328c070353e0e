"""The topics' colours: readable on paper in both schemes, and apart from one another, also for
those who see colours differently.
"""

from __future__ import annotations

import re
from itertools import combinations
from math import dist

import pytest

from readinglog.model.vocabulary import HUE_COUNT
from readinglog.site.social_cards.drawing import PAPER_HUES
from readinglog.site.written_tree import THEME

Colour = tuple[float, ...]
CSS = (THEME / "assets/style/paper.css").read_text(encoding="utf-8")
AA = 4.5
APART = 0.055  # in OKLab; about what is told apart at a glance
SHAPES = 4  # that dots have beside their colours, one after the other

# What is left of a linear colour for people without one kind of cone: Machado, Oliveira and
# Fernandes, 2009, at severity 1.
SIGHT = {
    "usual": ((1.0, 0.0, 0.0), (0.0, 1.0, 0.0), (0.0, 0.0, 1.0)),
    "protanopia": (
        (0.152286, 1.052583, -0.204868),
        (0.114503, 0.786281, 0.099216),
        (-0.003882, -0.048116, 1.051998),
    ),
    "deuteranopia": (
        (0.367322, 0.860646, -0.227968),
        (0.280085, 0.672501, 0.047413),
        (-0.011820, 0.042940, 0.968881),
    ),
    "tritanopia": (
        (1.255528, -0.076749, -0.178779),
        (-0.078411, 0.930809, 0.147602),
        (0.004733, 0.691367, 0.303900),
    ),
}


def variables(scheme: str) -> dict[str, str]:
    selector = {"default": "[data-md-color-scheme]", "slate": '[data-md-color-scheme="slate"]'}[
        scheme
    ]  # the light one holds, unless
    # Some hold only where the palette names no colour of its own.
    pattern = rf"^\s*{re.escape(selector)}(?::where\([^{{}}]*\))? \{{\n(.*?)\}}"
    blocks = re.findall(pattern, CSS, re.DOTALL | re.MULTILINE)
    assert blocks
    return dict(re.findall(r"(--[\w-]+): (#[0-9a-f]{6});", "\n".join(blocks)))


def linear(colour: str) -> Colour:
    parts = (int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5))
    return tuple(
        part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts
    )


def contrast(one: str, other: str) -> float:
    """As WCAG 2.2 defines it."""
    lights = sorted(
        sum(weight * part for weight, part in zip((0.2126, 0.7152, 0.0722), linear(c), strict=True))
        for c in (one, other)
    )
    return (lights[1] + 0.05) / (lights[0] + 0.05)


def seen(colour: str, sight: str) -> Colour:
    """The colour as that sight has it, in OKLab (Ottosson, 2020)."""
    rgb = [
        max(0.0, sum(weight * part for weight, part in zip(row, linear(colour), strict=True)))
        for row in SIGHT[sight]
    ]
    cones = (
        (0.4122214708, 0.5363325363, 0.0514459929),
        (0.2119034982, 0.6806995451, 0.1073969566),
        (0.0883024619, 0.2817188376, 0.6299787005),
    )
    lms = [
        sum(weight * part for weight, part in zip(row, rgb, strict=True)) ** (1 / 3)
        for row in cones
    ]
    lab = (
        (0.2104542553, 0.7936177850, -0.0040720468),
        (1.9779984951, -2.4285922050, 0.4505937099),
        (0.0259040371, 0.7827717662, -0.8086757660),
    )
    return tuple(sum(weight * part for weight, part in zip(row, lms, strict=True)) for row in lab)


def hues(scheme: str) -> list[str]:
    return [variables(scheme)[f"--rl-hue-{number}"] for number in range(1, HUE_COUNT + 1)]


@pytest.mark.parametrize("scheme", ["default", "slate"])
def test_every_text_colour_can_be_read_on_the_paper(scheme: str) -> None:
    named = variables(scheme)
    texts = [
        *hues(scheme),
        named["--md-default-fg-color"],
        named["--md-default-fg-color--light"],
        named["--md-typeset-a-color"],
    ]
    for paper in (named["--md-default-bg-color"], named["--md-code-bg-color"]):
        assert min(contrast(text, paper) for text in texts) >= AA


def find_near(colours: list[str], sight: str) -> dict[tuple[str, str], float]:
    """The pairs that are hard to tell apart, with their distances."""
    distances = {
        (one, other): dist(seen(one, sight), seen(other, sight))
        for one, other in combinations(colours, 2)
    }
    return {pair: round(apart, 3) for pair, apart in distances.items() if apart < APART}


@pytest.mark.parametrize("scheme", ["default", "slate"])
def test_root_tags_have_distinguishable_colours(scheme: str) -> None:
    assert find_near(hues(scheme), "usual") == {}


@pytest.mark.parametrize("sight", SIGHT)
@pytest.mark.parametrize("scheme", ["default", "slate"])
def test_every_sight_tells_root_tags_apart_by_colour_or_shape(scheme: str, sight: str) -> None:
    for shape in range(SHAPES):
        assert find_near(hues(scheme)[shape::SHAPES], sight) == {}
    assert find_near(hues(scheme)[:SHAPES], sight) == {}


def test_card_images_have_the_colours_of_the_light_scheme() -> None:
    assert list(PAPER_HUES[1:]) == hues("default")
    assert PAPER_HUES[0] == variables("default")["--md-default-fg-color--light"]
