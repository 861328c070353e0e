"""The map of a note: its neighbours, and which of them are linked."""

from __future__ import annotations

import pytest

from readinglog.notebook.notebook import Notebook
from readinglog.site.charts.link_map import MapNode, list_linked_pairs, map_links
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
    shown = map_links(log.by_path["b.md"], log)
    first, second, third = shown
    assert first == MapNode("Gates", "notes/a/", 1, "2017", (1,))
    assert (second.title, second.year, second.links) == ("Sparse", "2021", (2,))
    assert (third.title, third.year, third.links) == ("Dense", "", ())
    assert [node.is_current for node in shown] == [False, True, False]


def test_a_note_without_links_has_no_map(log: Notebook) -> None:
    assert not map_links(log.by_path["alone.md"], log)


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
