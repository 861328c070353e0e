"""Bars: where each stands and how large it is. Every number that they show is also a text."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from readinglog.site.messages import format_number

# Of the stacked bars, in pixels: the bars, and the numbers above and the labels below them.
_HEIGHT, _HEAD, _FOOT = 180, 18, 20
_LETTER = 13  # pixels that a segment is high at least if it has room for its letter
_FEWEST = 8  # columns, so that few bars do not grow fat


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
    most = max((number for _, _, number in rows), default=0)
    return tuple(Bar(label, target, number, 100 * number / most) for label, target, number in rows)


class Series(NamedTuple):
    """One part of every stacked bar: its name and letter, its colour's number, a count a bar."""

    name: str
    letter: str
    hue: int
    counts: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Segment:
    """A part of a stacked bar, as high as its number; `y` and `height` are in pixels.

    `letter` stands at `letter_y`; it is '' where there is no room for it.
    """

    hue: int
    title: str
    y: float
    height: float
    letter: str
    letter_y: float


@dataclass(frozen=True, slots=True)
class StackedBar:
    """A bar of segments, the first at the foot.

    `left` and `middle` are in percent of the width. The total stands at `total_y`, in pixels.
    """

    label: str
    left: float
    middle: float
    segments: tuple[Segment, ...]
    total: int
    total_y: float


@dataclass(frozen=True, slots=True)
class StackedBars:
    """Stacked bars on a ground line, and what they show in words.

    Widths are shares of the page's, in percent, so that text keeps its size; heights are pixels.
    """

    description: str
    height: int
    ground: float
    labels_y: int
    bar_width: float
    bars: tuple[StackedBar, ...]


def lay_out_stacked_bars(
    labels: Sequence[str], series: Sequence[Series], description: str
) -> StackedBars:
    """Return a bar for each label, of one segment a series; at least one count is not 0."""
    totals = [sum(counts) for counts in zip(*(one.counts for one in series), strict=True)]
    step, unit = 100 / max(len(labels), _FEWEST), _HEIGHT / max(totals)
    bars = [
        StackedBar(
            label=label,
            left=(number + 0.12) * step,
            middle=(number + 0.5) * step,
            segments=_stack_segments(label, number, series, unit),
            total=total,
            total_y=_HEAD + _HEIGHT - total * unit - 5,
        )
        for number, (label, total) in enumerate(zip(labels, totals, strict=True))
    ]
    return StackedBars(
        description=description,
        height=_HEAD + _HEIGHT + _FOOT,
        ground=_HEAD + _HEIGHT + 0.5,
        labels_y=_HEAD + _HEIGHT + _FOOT - 5,
        bar_width=0.76 * step,
        bars=tuple(bars),
    )


def _stack_segments(
    label: str, number: int, series: Sequence[Series], unit: float
) -> tuple[Segment, ...]:
    """Return the segments of the bar of that number; `unit` is the height of one."""
    segments = []
    y = float(_HEAD + _HEIGHT)
    for one in series:
        count = one.counts[number]
        if not count:
            continue
        height = count * unit
        y -= height
        gap = 1 if height > 3 else 0  # paper between two segments
        segment = Segment(
            hue=one.hue,
            title=f"{label}, {one.name}: {format_number(count)}",
            y=y,
            height=height - gap,
            letter=one.letter if height >= _LETTER else "",
            letter_y=y + height / 2 + 4,
        )
        segments.append(segment)
    return tuple(segments)
