"""The data of the maps: where notes and lines stand, and what the page of the map lists."""

from __future__ import annotations

import pytest

from readinglog.notebook.notebook import Notebook
from readinglog.site.charts.labels import Box, Label, get_short_label, place_labels
from readinglog.site.charts.link_map import MapEdge, MapNode, lay_out_arcs, lay_out_map
from readinglog.site.page import Page, Site
from readinglog.site.rendering import render_page
from readinglog.site.views.map import MapGroup, MapRow, MapView, make_outputs
from readinglog.site.views.rows import NoteLink
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
    label = Label("Gates", 74, 14, "start")
    assert first == MapNode(0, "Gates", "notes/a/", 1, 62, 10, 5, label, "2017")
    assert (second.title, second.y, second.year, second.is_current) == ("Sparse", 30, "2021", True)
    assert (third.title, third.y, third.year, third.is_current) == ("Dense", 50, "", False)


def test_a_note_without_links_has_no_arcs(log: Notebook) -> None:
    assert lay_out_arcs(log.by_path["alone.md"], log) is None


def test_a_map_has_a_dot_a_note_and_a_line_a_link(log: Notebook) -> None:
    notes = [log.by_path[f"{name}.md"] for name in "cab"]
    placed = lay_out_map(notes, log, 660, 420)
    assert placed.description == "A map of 3 notes and their links"
    assert [(node.number, node.title, node.hue) for node in placed.nodes] == [
        (0, "Dense", 0),
        (1, "Gates", 1),
        (2, "Sparse", 2),
    ]
    assert [node.size for node in placed.nodes] == [5, 4, 5]
    assert all(24 <= node.x <= 636 and 24 <= node.y <= 396 for node in placed.nodes)
    dense, gates, sparse = placed.nodes
    assert placed.edges == (
        MapEdge(0, 2, f"M{dense.x} {dense.y}L{sparse.x} {sparse.y}"),
        MapEdge(1, 2, f"M{gates.x} {gates.y}L{sparse.x} {sparse.y}"),
    )


def test_a_label_gives_way_to_larger_dots_and_to_the_frame(log: Notebook) -> None:
    texts = [get_short_label(log.by_path[path], {}) for path in ("a.md", "b.md")]
    frame = Box(0, 0, 200, 100)
    assert place_labels(texts, [(20, 50), (180, 50)], [5, 5], frame) == [
        Label("Gates", 28, 54, "start"),
        Label("Sparse", 172, 54, "end"),
    ]
    assert place_labels(texts, [(30, 20), (45, 20)], [4, 9], Box(0, 0, 90, 40))[0] is None


def test_the_list_has_the_notes_of_the_map_by_topic(log: Notebook) -> None:
    [page] = make_outputs(log, Site("A log"))
    assert isinstance(page, Page)
    assert isinstance(page.content, MapView)
    view = page.content
    assert (view.notes, view.links, view.limit) == (4, 2, 0)
    assert [tag.name for tag in view.tags] == ["moe", "small"]
    assert view.groups == (
        MapGroup(
            "moe", (MapRow("Gates", "notes/a/", (NoteLink("Sparse", "notes/b/"),)),), is_open=True
        ),
        MapGroup(
            "small", (MapRow("Sparse", "notes/b/", (NoteLink("Dense", "notes/c/"),)),), is_open=True
        ),
        MapGroup("No tag", (MapRow("Dense", "notes/c/", ()),), is_open=True),
    )


def test_a_log_without_links_has_no_map() -> None:
    [page] = make_outputs(notebook({"a.md": work()}), Site("A log"))
    assert isinstance(page, Page)
    assert "No two notes are linked yet." in render_page(page).before
