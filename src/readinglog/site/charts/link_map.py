"""Pictures of notes and the links between them, as SVG whose notes are links; the colours are the style sheet's.

`placed` shows notes where the layout puts them, `arcs` a note and its neighbours in the order in which they appeared.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from math import sqrt

from markupsafe import Markup

from readinglog.model.note import Note
from readinglog.model.text import pluralize
from readinglog.notebook.notebook import Notebook
from readinglog.notebook.sort_keys import oldest_first
from readinglog.site.charts.force_layout import list_linked_pairs, place_notes
from readinglog.site.charts.labels import (
    Box,
    Label,
    fit_label,
    get_short_label,
    place_labels,
    truncate,
)
from readinglog.site.page import NOTHING, PageBase, html, joined
from readinglog.site.views.components import hue

SMALL = 30  # notes on the map of a tag
_NEIGHBOURS = 15
_EDGES = 90  # on the map of a note
_EDGES_A_NOTE = 6  # on other maps, those of the most linked notes first
_NAMED = 100  # letters of a title that names a note
_DOT = (  # a form for each colour, for those who cannot tell the colours apart; its size is 1
    "M-1 0a1 1 0 1 0 2 0a1 1 0 1 0-2 0",
    "M-1 0a1 1 0 1 0 2 0a1 1 0 1 0-2 0",
    "M-.9-.9h1.8v1.8h-1.8z",
    "M0-1.2l1.1 2h-2.2z",
    "M0-1.3l1.2 1.3l-1.2 1.3l-1.2-1.3z",
)


def most_linked(notes: Iterable[Note], notebook: Notebook, most: int) -> list[Note]:
    """The notes that most lead to; of equals, those that lead to most."""
    return sorted(
        notes,
        key=lambda note: (
            -len(notebook.graph.incoming_links[note]),
            -len(notebook.graph.outgoing_links[note]),
            note.name,
        ),
    )[:most]


def placed(
    notes: Sequence[Note], notebook: Notebook, here: PageBase, width: int, height: int
) -> Markup:
    """A map of `notes`, each where the layout puts it; those to which most leads keep their labels where room is scarce."""
    edge = 24
    inner = (width - 2 * edge, height - 2 * edge)
    spots = [
        (round(edge + x * inner[0]), round(edge + y * inner[1]))
        for x, y in place_notes(notes, notebook)
    ]
    sizes = [4 + sqrt(len(notebook.graph.incoming_links[note])) for note in notes]
    texts = place_labels(notes, spots, sizes, Box(0, 0, width, height))
    linked = list(list_linked_pairs(notes, notebook.graph.outgoing_links))[
        : _EDGES_A_NOTE * len(notes)
    ]
    lines = (_edge(a, b, "M{} {}L{} {}".format(*spots[a], *spots[b])) for a, b in linked)
    nodes = (
        _node(at, note, notebook, here, spots[at], sizes[at], texts[at])
        for at, note in enumerate(notes)
    )
    return _picture(
        width,
        height,
        f"A map of {len(notes)} notes and their links",
        joined(lines),
        joined(nodes, "\n"),
    )


def arcs(note: Note, notebook: Notebook, here: PageBase) -> Markup:
    """A note among those that it is linked with, the oldest work first, with arcs between those that are linked."""
    chosen = sorted((note, *_neighbours(note, notebook)), key=oldest_first)
    if len(chosen) < 2:
        return NOTHING
    row, left, width = 20, 62, 280
    middle = chosen.index(note)
    linked = sorted(
        list_linked_pairs(chosen, notebook.graph.outgoing_links),
        key=lambda pair: middle not in pair,
    )[:_EDGES]
    lines = (
        _edge(a, b, _arc(left, 10 + a * row, 10 + b * row, left - 4)) for a, b in sorted(linked)
    )
    nodes = []
    for at, other in enumerate(chosen):
        year = (
            other.published[:4]
            if at == 0 or other.published[:4] != chosen[at - 1].published[:4]
            else ""
        )
        room = width - left - 12 - (34 if year else 0)
        label = (
            fit_label(get_short_label(other), room * 0.85 if other is note else room),
            left + 12,
            14 + at * row,
            "start",
        )
        nodes.append(
            _node(at, other, notebook, here, (left, 10 + at * row), 5, label, here=other is note)
        )
        if year:
            nodes.append(
                html(
                    '<text class="rl-year" x="{}" y="{}" text-anchor="end">{}</text>',
                    width,
                    14 + at * row,
                    year,
                )
            )
    words = f"{truncate(note.short_title, _NAMED)} among {pluralize(len(chosen) - 1, 'note')} that it is linked with"
    return _picture(width, row * len(chosen), words, joined(lines), joined(nodes, "\n"))


def _neighbours(note: Note, notebook: Notebook) -> list[Note]:
    """What a note is linked with: both ways first, then what most leads to."""
    to, by = notebook.graph.outgoing_links[note], notebook.graph.incoming_links[note]
    both = set(to) & set(by)
    found = dict.fromkeys((*to, *by))
    return sorted(
        found,
        key=lambda other: (
            other not in both,
            -len(notebook.graph.incoming_links[other]),
            other.name,
        ),
    )[:_NEIGHBOURS]


def _picture(width: int, height: int, words: str, lines: Markup, nodes: Markup) -> Markup:
    template = '<svg class="rl-map" viewBox="0 0 {} {}" role="group" aria-label="{}">\n<g class="rl-edges">{}</g>\n{}\n</svg>\n'
    return html(template, width, height, words, lines, nodes)


def _edge(a: int, b: int, line: str) -> Markup:
    return html('<path data-ends="{} {}" d="{}"/>', a, b, line)


def _arc(x: int, top: int, bottom: int, widest: int) -> str:
    high = (bottom - top) / 2
    return f"M{x} {top}A{min(widest, high):g} {high:g} 0 0 0 {x} {bottom}"


def _node(
    at: int,
    note: Note,
    notebook: Notebook,
    place: PageBase,
    spot: tuple[int, int],
    size: float,
    label: Label | None,
    *,
    here: bool = False,
) -> Markup:
    colour = hue(note, notebook)
    dot = html(
        '<path transform="translate({} {})scale({})" d="{}"/>', *spot, f"{size:.3g}", _DOT[colour]
    )
    text = html('<text x="{1}" y="{2}" text-anchor="{3}">{0}</text>', *label) if label else NOTHING
    current = html(' aria-current="page"') if here else NOTHING
    title = truncate(note.title, _NAMED)
    template = '<a href="{}" data-node="{}" data-hue="{}"{}><title>{}</title>{}{}</a>'
    return html(template, place.note(note), at, colour, current, title, dot, text)
