"""Bars: where each stands and how large it is. Every number that they show is also a text."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

_FEWEST = 8  # bars of a small plot have room, so that few do not grow fat


@dataclass(frozen=True, slots=True)
class Bar:
    """A bar beside its label; `target` is what the label links to: an address or a query.

    `share` is its length in percent of the longest.
    """

    label: str
    target: str
    number: int
    share: float


def make_bars(rows: Iterable[tuple[str, str, int]]) -> tuple[Bar, ...]:
    """Return a bar for each label, target and number; of no rows there are none."""
    rows = tuple(rows)
    shares = find_shares([number for _, _, number in rows])
    return tuple(Bar(*row, share) for row, share in zip(rows, shares, strict=True))


def find_shares(numbers: Sequence[int]) -> list[float]:
    """Return numbers in percent of the greatest, which is not 0."""
    return [100 * number / max(numbers) for number in numbers]


@dataclass(frozen=True, slots=True)
class SmallBar:
    """A bar of a small plot: where it begins and how high it is, in percent of the plot."""

    left: float
    height: float
    title: str


@dataclass(frozen=True, slots=True)
class SmallBars:
    """Bars beside each other on a ground line, and what they show in words; sizes in percent."""

    description: str
    width: float
    bars: tuple[SmallBar, ...]


def lay_out_small_bars(
    heights: Sequence[float], titles: Sequence[str], description: str
) -> SmallBars:
    """Return a plot with a bar for each height, which is a share of the plot's."""
    step = 100 / max(len(heights), _FEWEST)
    bars = (
        SmallBar(at * step + 0.1 * step, 100 * height, title)
        for at, (height, title) in enumerate(zip(heights, titles, strict=True))
    )
    return SmallBars(description, 0.8 * step, tuple(bars))
