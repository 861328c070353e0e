"""Plots, drawn at build time: what is drawn is SVG of the page's own classes, and every number stands in a table too.

Colours are a matter of the style: `data-hue` says of which topic a mark is, `data-level` how much there is.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from datetime import date
from typing import NamedTuple

from markupsafe import Markup

from readinglog.note import Note
from readinglog.pages.page import NOTHING, count, html, joined

MONTHS = tuple("January February March April May June July August September October November December".split())
LEVELS = ("none", "1", "2 or 3", "4 to 7", "8 or more")  # the notes of a day, by level
_DAYS = ((0, "Mon"), (2, "Wed"), (4, "Fri"))
_PITCH, _CELL, _LEFT, _TOP = 11, 9, 30, 17  # of the calendar, in units that are pixels or a little more
_HEIGHT, _HEAD, _FOOT = 180, 18, 20  # of the stacked bars, in pixels: bars, and the numbers above and below them
_LETTER = 13  # the least height of a segment that has room for its letter
_FEWEST = 8  # columns, so that few bars do not grow fat
_ACTIVE = 24  # months


class Series(NamedTuple):
    """One part of every stacked bar: its name, the letter that marks it, the number of its colour, and a number a bar."""

    name: str
    letter: str
    hue: int
    counts: Sequence[int]


def day_name(day: date) -> str:
    """`21 November 2026`."""
    return f"{day.day} {MONTHS[day.month - 1]} {day.year}"


def table(name: str, head: Sequence[object], rows: Sequence[Sequence[object]]) -> Markup:
    """What a plot shows, as a table that unfolds; the first cell of a row is its heading. `name` says of what."""
    return html(
        '<details class="rl-table"><summary>As a table</summary><div class="rl-scroll" tabindex="0" role="region" aria-label="{}">'
        "<table><thead><tr>{}</tr></thead><tbody>{}</tbody></table></div></details>\n",
        name,
        joined(html('<th scope="col">{}</th>', cell) for cell in head),
        joined(html('<tr><th scope="row">{}</th>{}</tr>', row[0], joined(html("<td>{}</td>", cell) for cell in row[1:])) for row in rows),
    )


def bars(head: tuple[str, str], rows: Sequence[tuple[object, int]], *, below: bool = False) -> Markup:
    """Horizontal bars, each beside its label or `below` it: a table already, and links may stand in it."""
    most = max(number for _, number in rows)
    line = (
        '<tr><th scope="row"><div><span>{}</span><svg aria-hidden="true" width="100%" height="8"><rect width="{}%" height="8"></rect></svg>'
        "</div></th><td>{}</td></tr>"
    )
    lines = joined((html(line, label, _short(100 * number / most), f"{number:,}") for label, number in rows), "\n")
    names = joined(html('<th scope="col">{}</th>', name) for name in head)
    where = "below" if below else "beside"
    return html('<table class="rl-bars rl-{}"><thead><tr>{}</tr></thead><tbody>{}</tbody></table>\n', where, names, lines)


def calendar(year: int, days: Mapping[date, int], says: str) -> Markup:
    """The days of a year, weeks as columns: the more notes a day has, the stronger it is drawn. `says` puts it in words."""
    last = date(year, 12, 31)
    rows = [_row(year, weekday, _column(last) - (weekday > last.weekday())) for weekday in range(7)]
    names = [_label(0, _y(weekday) + _CELL - 1, name) for weekday, name in _DAYS]
    months = [_label(_x(_column(date(year, month, 1))), _TOP - 6, name[:3]) for month, name in enumerate(MONTHS, 1)]
    marked = [
        html(
            '<rect x="{0}" y="{1}" width="{2}" height="{2}" data-level="{3}"><title>{4}</title></rect>',
            _x(_column(day)),
            _y(day.weekday()),
            _CELL,
            _level(number),
            f"{day_name(day)}: {count(number, 'note')}",
        )
        for day, number in sorted(days.items())
    ]
    return html(
        '<div class="rl-scroll" tabindex="0" role="region" aria-label="{0}"><svg class="rl-calendar" viewBox="0 0 {1} {2}" role="img" '
        'aria-label="{3}">{4}<g class="rl-week" stroke-width="{5}" stroke-dasharray="{5} {6}">{7}</g>{8}</svg></div>\n',
        f"The days of {year}",
        _LEFT + 54 * _PITCH,
        _TOP + 7 * _PITCH,
        says,
        joined([*names, *months]),
        _CELL,
        _PITCH - _CELL,
        joined(rows),
        joined(marked),
    )


def _row(year: int, weekday: int, last: int) -> Markup:
    """All days of the year that are the same day of the week: one dashed line."""
    first = int(weekday < date(year, 1, 1).weekday())
    return html('<path d="M{} {}H{}"></path>', _x(first), _y(weekday) + _CELL / 2, _x(last) + _CELL)


def _column(day: date) -> int:
    first = date(day.year, 1, 1)
    return ((day - first).days + first.weekday()) // 7


def _x(column: int) -> int:
    return _LEFT + column * _PITCH


def _y(weekday: int) -> int:
    return _TOP + weekday * _PITCH


def _level(number: int) -> int:
    return min(number.bit_length(), len(LEVELS) - 1)


def _label(x: object, y: object, text: str) -> Markup:
    return html('<text x="{}" y="{}">{}</text>', x, y, text)


def stacked(labels: Sequence[str], series: Sequence[Series], says: str) -> Markup:
    """A bar a label, of one segment a series, the first at the foot. Widths are shares of the page's, so that text keeps its size."""
    totals = [sum(numbers) for numbers in zip(*(one.counts for one in series), strict=True)]
    step, unit = 100 / max(len(labels), _FEWEST), _HEIGHT / max(totals)
    drawn = []
    for at, (label, total) in enumerate(zip(labels, totals, strict=True)):
        middle, top = f"{_short((at + 0.5) * step)}%", _HEAD + _HEIGHT - total * unit
        parity = "odd" if (len(labels) - at) % 2 else "even"  # a phone has room for every other
        drawn.append(html('<text class="rl-{}" x="{}" y="{}">{}</text>', parity, middle, _HEAD + _HEIGHT + _FOOT - 5, label))
        drawn.append(_segments(label, [(one, one.counts[at]) for one in series], (at + 0.12) * step, 0.76 * step, unit))
        if total:
            drawn.append(_label(middle, _short(top - 5), f"{total:,}"))
    ground = html('<line x1="0" x2="100%" y1="{0}" y2="{0}"></line>', _HEAD + _HEIGHT + 0.5)
    svg = '<svg class="rl-stack" width="100%" height="{}" role="img" aria-label="{}">{}{}</svg>\n'
    return html(svg, _HEAD + _HEIGHT + _FOOT, says, ground, joined(drawn))


def _segments(label: str, parts: Sequence[tuple[Series, int]], x: float, width: float, unit: float) -> Markup:
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
    return html('<text class="rl-letter" x="{}%" y="{}">{}</text>', _short(x), _short(y + 4), one.letter)


def activity(notes: Sequence[Note]) -> Markup:
    """A bar a month, over two years that end with the newest note's month; nothing where no note has a date."""
    months = Counter(note.date.year * 12 + note.date.month - 1 for note in notes if note.date)
    if not months:
        return NOTHING
    last = max(months)
    shown = [(month, months[month]) for month in range(last - _ACTIVE + 1, last + 1)]
    busiest, most = max(shown, key=lambda pair: (pair[1], pair[0]))
    says = f"{sum(number for _, number in shown):,} in the two years to {_month(last)}, most in {_month(busiest)}: {most:,}"
    heights = [max(1, round(27 * number / most)) for _, number in shown]
    drawn = [
        html('<rect x="{}" y="{}" width="8" height="{}" data-level="{}"></rect>', 10 * at + 1, 28 - height, height, min(1, number))
        for at, ((_, number), height) in enumerate(zip(shown, heights, strict=True))
    ]
    svg = '<svg class="rl-activity" viewBox="0 0 240 28" width="240" height="28" role="img" aria-label="Notes a month: {}">{}</svg>\n'
    return html(svg, says, joined(drawn))


def _month(number: int) -> str:
    return f"{MONTHS[number % 12]} {number // 12}"


def _short(number: float) -> str:
    """A coordinate, to a hundredth."""
    return f"{number:.2f}".rstrip("0").rstrip(".")
