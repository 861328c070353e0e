"""Plots, drawn at build time: what is drawn is SVG of the page's own classes, and every number stands in a table too.

Colours are a matter of the style: `data-hue` says of which topic a mark is, `data-level` how much there is.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from typing import NamedTuple

from markupsafe import Markup

from readinglog.model.note import Note
from readinglog.site.dates import format_month
from readinglog.site.page import NOTHING, html, joined

_HEIGHT, _HEAD, _FOOT = (
    180,
    18,
    20,
)  # of the stacked bars, in pixels: bars, and the numbers above and below them
_LETTER = 13  # the least height of a segment that has room for its letter
_FEWEST = 8  # columns, so that few bars do not grow fat
_ACTIVE = 24  # months


class Series(NamedTuple):
    """One part of every stacked bar: its name, the letter that marks it, the number of its colour, and a number a bar."""

    name: str
    letter: str
    hue: int
    counts: Sequence[int]


def figure(plot: Markup, legend: Markup, words: Iterable[str], numbers: Markup = NOTHING) -> Markup:
    """A plot with its legend, what there is to say of it, and its `numbers` as a table."""
    text = " ".join(filter(None, words))
    caption = joined((legend, html("<p>{}</p>", text) if text else NOTHING))
    return html(
        '<figure class="rl-plot">\n{}<figcaption>{}</figcaption>\n</figure>\n{}',
        plot,
        caption,
        numbers,
    )


def key(of: str, value: int, letter: str, words: object) -> Markup:
    """One colour of a plot and what it means."""
    return html(
        '<li><span class="rl-swatch" data-{}="{}">{}</span> {}</li>', of, value, letter, words
    )


def legend(title: str, keys: Iterable[Markup]) -> Markup:
    """What the colours of a plot mean."""
    return html(
        '<span class="rl-keys-title">{}</span><ul class="rl-keys">{}</ul>', title, joined(keys)
    )


def table(name: str, head: Sequence[object], rows: Sequence[Sequence[object]]) -> Markup:
    """What a plot shows, as a table that unfolds; the first cell of a row is its heading. `name` says of what."""
    return html(
        '<details class="rl-table rl-fold"><summary>As a table</summary><div class="rl-scroll" tabindex="0" role="region" aria-label="{}">'
        "<table><thead><tr>{}</tr></thead><tbody>{}</tbody></table></div></details>\n",
        name,
        joined(html('<th scope="col">{}</th>', cell) for cell in head),
        joined(
            html(
                '<tr><th scope="row">{}</th>{}</tr>',
                row[0],
                joined(html("<td>{}</td>", cell) for cell in row[1:]),
            )
            for row in rows
        ),
    )


def bars(
    head: tuple[str, str], rows: Sequence[tuple[object, int]], *, below: bool = False
) -> Markup:
    """Horizontal bars, each beside its label or `below` it: a table already, and links may stand in it."""
    most = max(number for _, number in rows)
    line = (
        '<tr><th scope="row"><div><span>{}</span><svg aria-hidden="true" width="100%" height="8"><rect width="{}%" height="8"></rect></svg>'
        "</div></th><td>{}</td></tr>"
    )
    lines = joined(
        (html(line, label, _short(100 * number / most), f"{number:,}") for label, number in rows),
        "\n",
    )
    names = joined(html('<th scope="col">{}</th>', name) for name in head)
    where = "below" if below else "beside"
    return html(
        '<table class="rl-bars rl-{}"><thead><tr>{}</tr></thead><tbody>{}</tbody></table>\n',
        where,
        names,
        lines,
    )


def text_at(x: object, y: object, text: str) -> Markup:
    """A text at a place of a picture."""
    return html('<text x="{}" y="{}">{}</text>', x, y, text)


def stacked(labels: Sequence[str], series: Sequence[Series], says: str) -> Markup:
    """A bar a label, of one segment a series, the first at the foot. Widths are shares of the page's, so that text keeps its size."""
    totals = [sum(numbers) for numbers in zip(*(one.counts for one in series), strict=True)]
    step, unit = 100 / max(len(labels), _FEWEST), _HEIGHT / max(totals)
    drawn = []
    for at, (label, total) in enumerate(zip(labels, totals, strict=True)):
        middle, top = f"{_short((at + 0.5) * step)}%", _HEAD + _HEIGHT - total * unit
        parity = "odd" if (len(labels) - at) % 2 else "even"  # a phone has room for every other
        drawn.append(
            html(
                '<text class="rl-{}" x="{}" y="{}">{}</text>',
                parity,
                middle,
                _HEAD + _HEIGHT + _FOOT - 5,
                label,
            )
        )
        drawn.append(
            _segments(
                label,
                [(one, one.counts[at]) for one in series],
                (at + 0.12) * step,
                0.76 * step,
                unit,
            )
        )
        if total:
            drawn.append(text_at(middle, _short(top - 5), f"{total:,}"))
    ground = html('<line x1="0" x2="100%" y1="{0}" y2="{0}"></line>', _HEAD + _HEIGHT + 0.5)
    svg = '<svg class="rl-stack" width="100%" height="{}" role="img" aria-label="{}">{}{}</svg>\n'
    return html(svg, _HEAD + _HEIGHT + _FOOT, says, ground, joined(drawn))


def _segments(
    label: str, parts: Sequence[tuple[Series, int]], x: float, width: float, unit: float
) -> Markup:
    drawn, y = [], float(_HEAD + _HEIGHT)
    rect = '<rect data-hue="{}" x="{}" y="{}" width="{}" height="{}"><title>{}</title></rect>'
    for one, number in parts:
        height = number * unit
        y -= height
        gap = 1 if height > 3 else 0  # paper between two segments
        where = (f"{_short(x)}%", _short(y), f"{_short(width)}%", _short(height - gap))
        title = f"{label}, {one.name}: {number:,}"
        drawn.append(html(rect, one.hue, *where, title) if number else NOTHING)
        drawn.append(_letter(one, x + width / 2, y + height / 2) if height >= _LETTER else NOTHING)
    return joined(drawn)


def _letter(one: Series, x: float, y: float) -> Markup:
    return html(
        '<text class="rl-letter" x="{}%" y="{}">{}</text>', _short(x), _short(y + 4), one.letter
    )


def activity(notes: Sequence[Note]) -> Markup:
    """A bar a month, over two years that end with the newest note's month; nothing where no note has a date."""
    months = Counter(note.date.year * 12 + note.date.month - 1 for note in notes if note.date)
    if not months:
        return NOTHING
    last = max(months)
    shown = [(month, months[month]) for month in range(last - _ACTIVE + 1, last + 1)]
    busiest, most = max(shown, key=lambda pair: (pair[1], pair[0]))
    to, at = (format_month(month // 12, month % 12 + 1) for month in (last, busiest))
    says = (
        f"{sum(number for _, number in shown):,} in the two years to {to}, most in {at}: {most:,}"
    )
    heights = [max(1, round(27 * number / most)) for _, number in shown]
    drawn = [
        html(
            '<rect x="{}" y="{}" width="8" height="{}" data-level="{}"></rect>',
            10 * column + 1,
            28 - height,
            height,
            min(1, number),
        )
        for column, ((_, number), height) in enumerate(zip(shown, heights, strict=True))
    ]
    svg = '<svg class="rl-activity" viewBox="0 0 240 28" width="240" height="28" role="img" aria-label="Notes a month: {}">{}</svg>\n'
    return html(svg, says, joined(drawn))


def _short(number: float) -> str:
    """A coordinate, to a hundredth."""
    return f"{number:.2f}".rstrip("0").rstrip(".")
