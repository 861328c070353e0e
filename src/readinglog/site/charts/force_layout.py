"""Where notes stand in a picture: near the notes that they are linked with, on the side of their topic.

The topics are held in place, and where a note starts from depends on its own name and tags alone: one more note moves the
others a little, and never turns the picture over.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from hashlib import blake2b
from math import cos, pi, sin, sqrt

import networkx as nx

from readinglog.model.note import Note
from readinglog.notebook.notebook import Notebook

Point = tuple[float, float]

_CORNERS: tuple[Point, ...] = (
    (-1.4, -0.8),
    (1.4, -0.8),
    (1.4, 0.8),
    (-1.4, 0.8),
)  # of the topics that have a colour
_GOLDEN = pi * (3 - sqrt(5))  # the others stand around the middle; one more at the end moves none
_HELD = 24  # root tags that pull on their notes
_ROUNDS = 80
_RANKED = 0.75  # of a place is the rank among the others
_PULL = 8.0  # of a topic on its notes, where a link has 1


def list_linked_pairs(
    notes: Sequence[Note], leads_to: Mapping[Note, Sequence[Note]]
) -> Iterator[tuple[int, int]]:
    """Which of `notes` are linked, by their numbers; each pair once, the smaller number first."""
    number = {note: at for at, note in enumerate(notes)}
    found = {
        (min(at, number[to]), max(at, number[to]))
        for note, at in number.items()
        for to in leads_to[note]
        if to in number
    }
    yield from sorted(found)


def place_notes(notes: Sequence[Note], notebook: Notebook) -> list[Point]:
    """The place of each of `notes`, all within 0 to 1 both ways.

    These are the places of networkx's spring layout (Fruchterman and Reingold, 1991), which is meant for at most 400 notes here:
    with 500 nodes it becomes another algorithm.
    """
    if len(notes) < 2:
        return [(0.5, 0.5)] * len(notes)
    graph = nx.Graph()
    graph.add_nodes_from(range(len(notes)))
    graph.add_edges_from(list_linked_pairs(notes, notebook.graph.outgoing_links), weight=1.0)
    corners = {
        tag.key: _corner(at) for at, tag in enumerate(notebook.vocabulary.children(None)[:_HELD])
    }
    start: dict[int | str, Point] = {}
    for at, note in enumerate(notes):
        roots = dict.fromkeys(
            notebook.vocabulary.path(tag)[0].key for tag in notebook.tags.of(note)
        )
        known = [root for root in roots if root in corners]
        graph.add_edges_from(((at, root) for root in known), weight=_PULL)
        start[at] = _beginning(note, [corners[root] for root in known])
    held = [root for root in corners if root in graph]
    start |= {root: corners[root] for root in held}
    gap = 1 / sqrt(len(notes))
    found = nx.spring_layout(
        graph,
        k=gap,
        pos=start,
        fixed=held or None,
        iterations=_ROUNDS,
        threshold=1e-6,
        seed=1,
        method="force",
    )
    xs, ys = zip(*(map(float, found[at]) for at in range(len(notes))), strict=True)
    return list(zip(_spread(xs), _spread(ys), strict=True))


def _corner(number: int) -> Point:
    """Where the root tag of that number is held."""
    if number < len(_CORNERS):
        return _CORNERS[number]
    return 0.5 * cos(number * _GOLDEN), 0.5 * sin(number * _GOLDEN)


def _beginning(note: Note, corners: Sequence[Point]) -> Point:
    """The middle of a note's topics, and a little beside it, in a direction that its name gives."""
    digest = blake2b(note.name.encode("utf-8", "replace"), digest_size=8).digest()
    angle, far = (
        int.from_bytes(digest[:4], "big") / 2**31 * pi,
        0.45 * sqrt(int.from_bytes(digest[4:], "big") / 2**32),
    )
    many = max(1, len(corners))
    return sum(x for x, _ in corners) / many + far * cos(angle), sum(
        y for _, y in corners
    ) / many + far * sin(angle)


def _spread(values: Sequence[float]) -> list[float]:
    """The same order over 0 to 1, more evenly: by rank, which one more moves little, and a little by value, for the gaps between groups."""
    low, wide = min(values), (max(values) - min(values)) or 1.0
    order = sorted(range(len(values)), key=lambda at: (values[at], at))
    rank = {at: number / (len(values) - 1) for number, at in enumerate(order)}
    return [
        _RANKED * rank[at] + (1 - _RANKED) * (value - low) / wide for at, value in enumerate(values)
    ]
