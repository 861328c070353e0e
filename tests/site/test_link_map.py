"""The map of a note: where its neighbours and the arcs between them stand."""

from __future__ import annotations

import pytest

from readinglog.notebook.notebook import Notebook
from readinglog.site.charts.link_map import MapEdge, MapNode, lay_out_arcs, list_linked_pairs
from support.worlds import notebook, work


@pytest.fixture(scope="module")
def log() -> Notebook:
    """Return three works in a row of links, the first of which has a tag with a colour."""
    return notebook(
        {
            "tags.yml": "moe: {}\nsmall: {}\n",
            "a.md": work("[[b]]", title="Gates", published="2017", tags="[moe]"),
            "b.md": work("[[c]]", title="Sparse", published="2021", tags="[small]"),
            "c.md": work(title="Dense", published="2021", tags=""),
            "alone.md": work(title="Alone", tags="[moe]"),
        }
    )


def test_a_note_stands_among_its_neighbours_with_the_oldest_first(log: Notebook) -> None:
    arcs = lay_out_arcs(log.by_path["b.md"], log)
    assert arcs
    assert (arcs.width, arcs.height) == (280, 60)
    assert arcs.description == "Sparse among 2 notes that it is linked with"
    assert arcs.edges == (
        MapEdge(0, 1, "M62 10A10 10 0 0 0 62 30"),
        MapEdge(1, 2, "M62 30A10 10 0 0 0 62 50"),
    )
    first, second, third = arcs.nodes
    assert first == MapNode(0, "Gates", "notes/a/", 1, 62, 10, "Gates", "2017")
    assert (second.title, second.y, second.year, second.is_current) == ("Sparse", 30, "2021", True)
    assert (third.title, third.y, third.year, third.is_current) == ("Dense", 50, "", False)


def test_a_note_without_links_has_no_arcs(log: Notebook) -> None:
    assert lay_out_arcs(log.by_path["alone.md"], log) is None


def test_pairs_are_each_link_once_whichever_way_it_leads() -> None:
    book = notebook(
        {
            "a.md": work("[[b]] [[b]]", title="A"),
            "b.md": work("[[a]]", title="B"),
            "c.md": work(title="C"),
        }
    )
    notes = [book.by_path["a.md"], book.by_path["b.md"], book.by_path["c.md"]]
    assert list(list_linked_pairs(notes, book.graph.outgoing_links)) == [(0, 1)]
    assert list(list_linked_pairs(notes[1:], book.graph.outgoing_links)) == []
