"""The map of a note: its neighbours in the order in which the works were published, each with those
that it is linked with.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

from readinglog.model.note import Note
from readinglog.notebook.digests import NoteDigests
from readinglog.notebook.notebook import Notebook
from readinglog.notebook.sort_keys import oldest_first
from readinglog.site.addresses import make_note_address

_NEIGHBOURS = 15
_EDGES = 90


@dataclass(frozen=True, slots=True)
class MapNode:
    """A row of a map: a note, with a dot in the colour of number `hue`.

    `year` is '' where the row above has the same, or it is not known; `links` are the rows below
    with notes that this one is linked with. The note of the page `is_current`.
    """

    title: str
    address: str
    hue: int
    year: str = ""
    links: tuple[int, ...] = ()
    is_current: bool = False


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


def map_links(note: Note, notebook: Notebook) -> tuple[MapNode, ...]:
    """Return a note among those that it is linked with, the oldest work first, a row each.

    There is no row for a note that no link touches.
    """
    notes = _list_linked(note, notebook)
    if len(notes) < 2:
        return ()
    current = notes.index(note)
    pairs = sorted(
        list_linked_pairs(notes, notebook.graph.outgoing_links),
        key=lambda pair: current not in pair,
    )[:_EDGES]
    links: list[list[int]] = [[] for _ in notes]
    for upper, lower in sorted(pairs):
        links[upper].append(lower)
    years = ["", *(other.published[:4] for other in notes)]
    return tuple(
        MapNode(
            other.short_name,
            make_note_address(other),
            notebook.tags.get_hue(other),
            year=year if year != above else "",
            links=tuple(leads),
            is_current=other is note,
        )
        for other, leads, (above, year) in zip(notes, links, pairwise(years), strict=True)
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
        for to in leads_to[note]:
            if to in numbers:
                other = numbers[to]
                pairs.add((number, other) if number < other else (other, number))
    yield from sorted(pairs)


def describe_map(note: Note, notebook: Notebook, digests: NoteDigests) -> object:
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
