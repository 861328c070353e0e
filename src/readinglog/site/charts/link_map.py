"""The map of a note: its neighbours in the order in which the works were published, with arcs.

Lengths are in the units of the map, which are pixels where it has its own size.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from readinglog.model.note import Note
from readinglog.notebook.digests import NoteDigests
from readinglog.notebook.notebook import Notebook
from readinglog.notebook.sort_keys import oldest_first
from readinglog.parsing.formulas import write_plain
from readinglog.site.addresses import make_note_address
from readinglog.site.charts.labels import fit_label, get_short_label, truncate
from readinglog.site.messages import count_items, translate

_NEIGHBOURS = 15
_EDGES = 90
_NAMED = 100  # letters of a title that names a note
_ROW, _TOP, _LEFT, _WIDTH = 20, 10, 62, 280


class MapEdge(NamedTuple):
    """A line between two nodes, whose numbers it has; `path` is the path of it in SVG."""

    start: int
    end: int
    path: str


@dataclass(frozen=True, slots=True)
class MapNode:
    """A note on a map: a dot in the colour of number `hue`, with its label beside it.

    `year` stands at the right of its row, '' where it has none. The note of the page `is_current`.
    """

    number: int
    title: str
    address: str
    hue: int
    x: int
    y: int
    label: str
    year: str = ""
    is_current: bool = False


@dataclass(frozen=True, slots=True)
class LinkMap:
    """A map with its size, and what it shows in words."""

    width: int
    height: int
    description: str
    edges: tuple[MapEdge, ...]
    nodes: tuple[MapNode, ...]


def find_most_linked(notes: Iterable[Note], notebook: Notebook, most: int) -> list[Note]:
    """Return the notes that most others link to; of equals, those that link to most."""
    return sorted(
        notes,
        key=lambda note: (
            -len(notebook.graph.incoming_links[note]),
            -len(notebook.graph.outgoing_links[note]),
            note.name,
        ),
    )[:most]


def lay_out_arcs(note: Note, notebook: Notebook) -> LinkMap | None:
    """Return a note among those that it is linked with, the oldest work first, a row each.

    Arcs stand between those that are linked. Returns None for a note that no link touches.
    """
    notes = _list_linked(note, notebook)
    if len(notes) < 2:
        return None
    current = notes.index(note)
    pairs = sorted(
        list_linked_pairs(notes, notebook.graph.outgoing_links),
        key=lambda pair: current not in pair,
    )[:_EDGES]
    title = truncate(write_plain(note.short_name, notebook.macros), _NAMED)
    neighbours = count_items(len(notes) - 1, "note")
    return LinkMap(
        width=_WIDTH,
        height=_ROW * len(notes),
        description=translate(
            "{title} among {notes} that it is linked with", title=title, notes=neighbours
        ),
        edges=tuple(
            MapEdge(a, b, _make_arc(_TOP + a * _ROW, _TOP + b * _ROW)) for a, b in sorted(pairs)
        ),
        nodes=tuple(
            _make_row(number, notes, notebook, is_current=number == current)
            for number in range(len(notes))
        ),
    )


def list_linked_pairs(
    notes: Sequence[Note], leads_to: Mapping[Note, Sequence[Note]]
) -> Iterator[tuple[int, int]]:
    """Yield the pairs of `notes` that are linked, as numbers: each once, the smaller one first.

    `leads_to` has the notes that each of them links to, which may be others too.
    """
    numbers = {note: number for number, note in enumerate(notes)}
    pairs: set[tuple[int, int]] = set()
    for note, number in numbers.items():
        others = (numbers[to] for to in leads_to[note] if to in numbers)
        pairs.update((min(number, other), max(number, other)) for other in others)
    yield from sorted(pairs)


def describe_arcs(note: Note, notebook: Notebook, digests: NoteDigests) -> object:
    """Return what decides, besides the vocabulary, about the map of `note`."""
    notes = _list_linked(note, notebook)
    labels = list(map(digests.get_label, notes))
    return labels, list(list_linked_pairs(notes, notebook.graph.outgoing_links))


def _list_linked(note: Note, notebook: Notebook) -> list[Note]:
    """Return a note among those that it is linked with, the oldest work first."""
    return sorted((note, *_find_neighbours(note, notebook)), key=oldest_first)


def _find_neighbours(note: Note, notebook: Notebook) -> list[Note]:
    """Return the notes that a note is linked with.

    Those that are linked both ways come first, then those that most others link to.
    """
    outgoing = notebook.graph.outgoing_links[note]
    incoming = notebook.graph.incoming_links[note]
    both = set(outgoing) & set(incoming)
    return sorted(
        dict.fromkeys((*outgoing, *incoming)),
        key=lambda other: (
            other not in both,
            -len(notebook.graph.incoming_links[other]),
            other.name,
        ),
    )[:_NEIGHBOURS]


def _make_row(
    number: int, notes: Sequence[Note], notebook: Notebook, *, is_current: bool
) -> MapNode:
    """Return a note in its row, with its year unless the row above has the same."""
    note = notes[number]
    year = note.published[:4]
    if number and year == notes[number - 1].published[:4]:
        year = ""
    room: float = _WIDTH - _LEFT - 12 - (34 if year else 0)
    if is_current:  # it is set in bold
        room *= 0.85
    return MapNode(
        number=number,
        title=truncate(write_plain(note.title, notebook.macros), _NAMED),
        address=make_note_address(note),
        hue=notebook.tags.get_hue(note),
        x=_LEFT,
        y=_TOP + number * _ROW,
        label=fit_label(get_short_label(note, notebook.macros), room),
        year=year,
        is_current=is_current,
    )


def _make_arc(top: int, bottom: int) -> str:
    """Return the path of an arc at the left of the dots; it is flattened where it has no room."""
    high = (bottom - top) / 2
    return f"M{_LEFT} {top}A{min(_LEFT - 4, high):g} {high:g} 0 0 0 {_LEFT} {bottom}"
