"""Pictures of notes and the links between them, as SVG whose notes are links; the colours are the style sheet's.

`placed` shows notes where the layout puts them, `arcs` a note and its neighbours in the order in which they appeared.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from functools import cache
from itertools import accumulate
from math import sqrt
from typing import NamedTuple

from markupsafe import Markup

from readinglog.layout import pairs, places
from readinglog.note import Note
from readinglog.notebook import Notebook
from readinglog.pages.lists import hue
from readinglog.pages.page import NOTHING, Place, count, html, joined

SMALL = 30  # notes on the map of a tag
_NEIGHBOURS = 15
_EDGES = 90  # on the map of a note
_EDGES_A_NOTE = 6  # on other maps, those of the most linked notes first
_LABEL = 28  # letters of a label
_NAMED = 100  # letters of a title that names a note
_EM = 12  # of a label, in the units of the picture
_DOT = (  # a form for each colour, for those who cannot tell the colours apart; its size is 1
    "M-1 0a1 1 0 1 0 2 0a1 1 0 1 0-2 0",
    "M-1 0a1 1 0 1 0 2 0a1 1 0 1 0-2 0",
    "M-.9-.9h1.8v1.8h-1.8z",
    "M0-1.2l1.1 2h-2.2z",
    "M0-1.3l1.2 1.3l-1.2 1.3l-1.2-1.3z",
)
_NARROW, _BROAD = frozenset("ijlt.,:;'|!()[] frI-"), frozenset("mwMW@%—")


class _Box(NamedTuple):
    left: float
    top: float
    right: float
    bottom: float

    def meets(self, other: _Box) -> bool:
        return self.left < other.right and other.left < self.right and self.top < other.bottom and other.top < self.bottom

    def within(self, other: _Box) -> bool:
        return other.left <= self.left and self.right <= other.right and other.top <= self.top and self.bottom <= other.bottom


def most_linked(notes: Iterable[Note], notebook: Notebook, most: int) -> list[Note]:
    """The notes that most lead to; of equals, those that lead to most."""
    return sorted(notes, key=lambda note: (-len(notebook.led_from[note]), -len(notebook.leads_to[note]), note.name))[:most]


def placed(notes: Sequence[Note], notebook: Notebook, here: Place, width: int, height: int) -> Markup:
    """A map of `notes`, each where the layout puts it; those to which most leads keep their labels where room is scarce."""
    edge = 24
    inner = (width - 2 * edge, height - 2 * edge)
    spots = [(round(edge + x * inner[0]), round(edge + y * inner[1])) for x, y in places(notes, notebook)]
    sizes = [4 + sqrt(len(notebook.led_from[note])) for note in notes]
    labels = _labels(notes, spots, sizes, _Box(0, 0, width, height))
    linked = list(pairs(notes, notebook.leads_to))[: _EDGES_A_NOTE * len(notes)]
    lines = (_edge(a, b, "M{} {}L{} {}".format(*spots[a], *spots[b])) for a, b in linked)
    nodes = (_node(at, note, notebook, here, spots[at], sizes[at], labels[at]) for at, note in enumerate(notes))
    return _picture(width, height, f"A map of {len(notes)} notes and their links", joined(lines), joined(nodes, "\n"))


def arcs(note: Note, notebook: Notebook, here: Place) -> Markup:
    """A note among those that it is linked with, the oldest work first, with arcs between those that are linked."""
    chosen = sorted((note, *_neighbours(note, notebook)), key=lambda other: (other.published or "9", other.name))
    if len(chosen) < 2:
        return NOTHING
    row, left, width = 20, 62, 280
    middle = chosen.index(note)
    linked = sorted(pairs(chosen, notebook.leads_to), key=lambda pair: middle not in pair)[:_EDGES]
    lines = (_edge(a, b, _arc(left, 10 + a * row, 10 + b * row, left - 4)) for a, b in sorted(linked))
    nodes = []
    for at, other in enumerate(chosen):
        year = other.published[:4] if at == 0 or other.published[:4] != chosen[at - 1].published[:4] else ""
        room = width - left - 12 - (34 if year else 0)
        label = (_fitted(_called(other), room * 0.85 if other is note else room), left + 12, 14 + at * row, "start")
        nodes.append(_node(at, other, notebook, here, (left, 10 + at * row), 5, label, here=other is note))
        if year:
            nodes.append(html('<text class="rl-year" x="{}" y="{}" text-anchor="end">{}</text>', width, 14 + at * row, year))
    words = f"{_cut(note.short_title, _NAMED)} among {count(len(chosen) - 1, 'note')} that it is linked with"
    return _picture(width, row * len(chosen), words, joined(lines), joined(nodes, "\n"))


def _neighbours(note: Note, notebook: Notebook) -> list[Note]:
    """What a note is linked with: both ways first, then what most leads to."""
    to, by = notebook.leads_to[note], notebook.led_from[note]
    both = set(to) & set(by)
    found = dict.fromkeys((*to, *by))
    return sorted(found, key=lambda other: (other not in both, -len(notebook.led_from[other]), other.name))[:_NEIGHBOURS]


def _picture(width: int, height: int, words: str, lines: Markup, nodes: Markup) -> Markup:
    template = '<svg class="rl-map" viewBox="0 0 {} {}" role="group" aria-label="{}">\n<g class="rl-edges">{}</g>\n{}\n</svg>\n'
    return html(template, width, height, words, lines, nodes)


def _edge(a: int, b: int, line: str) -> Markup:
    return html('<path data-ends="{} {}" d="{}"/>', a, b, line)


def _arc(x: int, top: int, bottom: int, widest: int) -> str:
    high = (bottom - top) / 2
    return f"M{x} {top}A{min(widest, high):g} {high:g} 0 0 0 {x} {bottom}"


_Label = tuple[str, int, int, str]  # text, place and anchor


def _node(
    at: int, note: Note, notebook: Notebook, place: Place, spot: tuple[int, int], size: float, label: _Label | None, *, here: bool = False
) -> Markup:
    colour = hue(note, notebook)
    dot = html('<path transform="translate({} {})scale({})" d="{}"/>', *spot, f"{size:.3g}", _DOT[colour])
    text = html('<text x="{1}" y="{2}" text-anchor="{3}">{0}</text>', *label) if label else NOTHING
    current = html(' aria-current="page"') if here else NOTHING
    title = _cut(note.title, _NAMED)
    template = '<a href="{}" data-node="{}" data-hue="{}"{}><title>{}</title>{}{}</a>'
    return html(template, place.note(note), at, colour, current, title, dot, text)


def _labels(notes: Sequence[Note], spots: Sequence[tuple[int, int]], sizes: Sequence[float], frame: _Box) -> list[_Label | None]:
    """A label for each note, where there is room beside, above or below its dot; none where it would lie on another."""
    taken = [_Box(x - size, y - size, x + size, y + size) for (x, y), size in zip(spots, sizes, strict=True)]
    found: list[_Label | None] = [None] * len(notes)
    for at in sorted(range(len(notes)), key=lambda at: -sizes[at]):
        text = _cut(_called(notes[at]), _LABEL)
        for label, box in _tries(text, spots[at], sizes[at]):
            if box.within(frame) and not any(box.meets(other) for other in taken):
                taken.append(box)
                found[at] = label
                break
    return found


def _tries(text: str, spot: tuple[int, int], size: float) -> Iterator[tuple[_Label, _Box]]:
    (x, y), gap, wide = spot, size + 3, _width(text)
    for anchor, left in (("start", x + gap), ("end", x - gap - wide)):
        yield (text, round(x + gap if anchor == "start" else x - gap), y + 4, anchor), _Box(left, y - 8, left + wide, y + 8)
    for top in (y - gap - 14, y + gap):
        yield (text, x, round(top + 11), "middle"), _Box(x - wide / 2, top, x + wide / 2, top + 15)


def _width(text: str) -> float:
    """About how wide a label is in any sans-serif face; rather too wide than too narrow."""
    return sum(map(_letter_width, text))


@cache
def _letter_width(letter: str) -> float:
    if letter in _NARROW:
        return 0.36 * _EM
    if letter in _BROAD or ord(letter) > 0x2E80:
        return 0.95 * _EM
    return (0.74 if letter.isupper() else 0.61) * _EM


def _called(note: Note) -> str:
    """What a note is called where there is little room: its short title, or the first alias where that is too long."""
    aliases = note.texts("aliases")
    return aliases[0] if aliases and len(note.short_title) > _LABEL else note.short_title


def _fitted(text: str, room: float) -> str:
    """As much of a label as there is room for."""
    if _width(text) <= room:
        return text
    ends = accumulate(map(_letter_width, text))
    return _cut(text, max(1, sum(end <= room - _EM for end in ends) + 1))


def _cut(text: str, most: int) -> str:
    return text if len(text) <= most else f"{text[: most - 1].rstrip()}…"
