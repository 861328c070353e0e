"""Where notes stand on a map: near the notes that they are linked with, on the side of their topic.

The topics are held in place, and where a note starts from depends on its own name and tags alone:
one more note moves the others a little, and never turns the map over.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from hashlib import blake2b
from math import cos, pi, sin, sqrt

from readinglog.model.note import Note
from readinglog.notebook.notebook import Notebook

Point = tuple[float, float]

# Of the topics that have a colour.
_CORNERS: tuple[Point, ...] = ((-1.4, -0.8), (1.4, -0.8), (1.4, 0.8), (-1.4, 0.8))
_GOLDEN = pi * (3 - sqrt(5))  # the others stand around the middle; one more at the end moves none
_HELD = 24  # root tags that pull on their notes
_ROUNDS = 80
_RANKED = 0.75  # of a place is the rank among the others
_PULL = 8.0  # of a topic on its notes, where a link has 1


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


def place_notes(notes: Sequence[Note], notebook: Notebook) -> list[Point]:
    """Return the place of each of `notes`, within 0 to 1 both ways.

    These are the places of networkx's spring layout (Fruchterman and Reingold, 1991), which is
    meant for at most 400 notes here: with 500 nodes it becomes another algorithm.
    """
    if len(notes) < 2:
        return [(0.5, 0.5)] * len(notes)
    import networkx as nx  # noqa: PLC0415 - takes a tenth of a second, and few pages have a map

    graph = nx.Graph()
    graph.add_nodes_from(range(len(notes)))
    graph.add_edges_from(list_linked_pairs(notes, notebook.graph.outgoing_links), weight=1.0)
    corners = {
        tag.key: _find_corner(number)
        for number, tag in enumerate(notebook.vocabulary.list_children(None)[:_HELD])
    }
    start: dict[int | str, Point] = {}
    for number, note in enumerate(notes):
        tags = notebook.tags.get_tags(note)
        roots = dict.fromkeys(notebook.vocabulary.get_path(tag)[0].key for tag in tags)
        known = [root for root in roots if root in corners]
        graph.add_edges_from(((number, root) for root in known), weight=_PULL)
        start[number] = _find_start(note, [corners[root] for root in known])
    held = [root for root in corners if root in graph]
    start |= {root: corners[root] for root in held}
    places = nx.spring_layout(
        graph,
        k=1 / sqrt(len(notes)),
        pos=start,
        fixed=held or None,
        iterations=_ROUNDS,
        threshold=1e-6,
        seed=1,
        method="force",
    )
    xs, ys = zip(*(map(float, places[number]) for number in range(len(notes))), strict=True)
    return list(zip(_spread_evenly(xs), _spread_evenly(ys), strict=True))


def _find_corner(number: int) -> Point:
    """Return where the root tag of that number is held."""
    if number < len(_CORNERS):
        return _CORNERS[number]
    return 0.5 * cos(number * _GOLDEN), 0.5 * sin(number * _GOLDEN)


def _find_start(note: Note, corners: Sequence[Point]) -> Point:
    """Return a place beside the middle of a note's topics, in a direction that its name gives."""
    digest = blake2b(note.page_name.encode("utf-8", "replace"), digest_size=8).digest()
    angle = int.from_bytes(digest[:4], "big") / 2**31 * pi
    distance = 0.45 * sqrt(int.from_bytes(digest[4:], "big") / 2**32)
    topics = max(1, len(corners))
    x = sum(x for x, _ in corners) / topics + distance * cos(angle)
    y = sum(y for _, y in corners) / topics + distance * sin(angle)
    return x, y


def _spread_evenly(values: Sequence[float]) -> list[float]:
    """Return the values in the same order over 0 to 1, more evenly.

    They stand by rank, which one more moves little, and a little by value, for the gaps between
    groups.
    """
    low, width = min(values), (max(values) - min(values)) or 1.0
    order = sorted(range(len(values)), key=lambda number: (values[number], number))
    ranks = {number: rank / (len(values) - 1) for rank, number in enumerate(order)}
    return [
        _RANKED * ranks[number] + (1 - _RANKED) * (value - low) / width
        for number, value in enumerate(values)
    ]
