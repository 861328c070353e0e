"""The map of lanes: works by year and tag, names by rank, nothing above another at any width."""

from __future__ import annotations

from itertools import combinations, pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from readinglog.notebook.notebook import Notebook
from readinglog.site.charts.labels import estimate_width
from readinglog.site.charts.lane_map import WIDTHS, Lane, LaneMap, lay_out_lanes
from readinglog.site.charts.link_map import find_most_linked
from readinglog.site.page import Page, Site
from readinglog.site.rendering import render_page
from readinglog.site.views.map import MapView, make_outputs
from support.worlds import notebook, work

TAGS = "moe: {}\nrouting: {parent: moe}\nsmall: {}\nempty: {}\n"


def draw(book: Notebook) -> LaneMap:
    works = [note for note in book.published if not note.is_hub]
    return lay_out_lanes(find_most_linked(works, book, 200), book)


def log(*works: tuple[str, str, str]) -> Notebook:
    """A log of works, each by its title, year and tags."""
    files = {
        f"n{number}.md": work(
            title=title, published=year, tags=tags, url=f"https://a.example/{number}"
        )
        for number, (title, year, tags) in enumerate(works)
    }
    return notebook({"tags.yml": TAGS, **files})


def test_works_stand_in_the_lane_of_their_first_root_tag_and_in_the_order_of_time() -> None:
    drawn = draw(
        log(
            ("Gates", "2017-01", "[routing, small]"),
            ("Sparse", "2021", "[small]"),
            ("Switch", "2021-06", "[moe]"),
            ("Dense", "2020", "[]"),
        )
    )
    assert [(lane.name, [node.title for node in lane.nodes]) for lane in drawn.lanes] == [
        ("moe", ["Gates", "Switch"]),
        ("small", ["Sparse"]),
        ("Other topics", ["Dense"]),
    ]
    positions = {node.title: node.position for lane in drawn.lanes for node in lane.nodes}
    assert sorted(positions, key=positions.__getitem__) == ["Gates", "Dense", "Sparse", "Switch"]
    assert [period.name for period in drawn.periods] == ["2017", "2020", "2021"]
    for period, title in zip(drawn.periods, ("Gates", "Dense", "Switch"), strict=True):
        assert period.start < positions[title] < period.start + period.extent


def test_the_page_tells_how_much_there_is_and_hubs_are_not_on_it() -> None:
    book = notebook(
        {
            "tags.yml": TAGS,
            "a.md": work("[[b]]", title="A", tags="[moe]"),
            "b.md": work(title="B", tags="[moe]"),
            "hub.md": work("[[a]]", title="Hub", kind="topic", tags="[moe]", authors=""),
        }
    )
    [page] = make_outputs(book, Site("A log"))
    assert isinstance(page, Page)
    view = page.content
    assert isinstance(view, MapView)
    assert (view.works, view.links, view.limit) == (2, 2, 0)
    [lane] = view.map.lanes
    assert [(node.title, node.links) for node in lane.nodes] == [("A", (1,)), ("B", ())]


def test_works_without_years_or_tags_have_a_place() -> None:
    drawn = draw(notebook({f"{name}.md": work(title=name, tags="") for name in "ab"}))
    [lane] = drawn.lanes
    assert (lane.name, lane.address, len(lane.nodes)) == ("Works", "", 2)
    assert [period.name for period in drawn.periods] == ["undated"]


def test_of_many_root_tags_the_largest_have_lanes_and_years_with_few_works_share_a_column() -> None:
    files = {
        f"n{tag}-{year}.md": work(title="W", published=str(2000 + year), tags=f"[t{tag}]")
        for tag in range(40)
        for year in range(tag % 20 + 1)
    }
    book = notebook(files)
    drawn = lay_out_lanes(book.published, book)
    assert len(drawn.lanes) == 15
    assert drawn.lanes[-1].name == "Other topics"
    assert all(len(lane.nodes) >= 14 for lane in drawn.lanes[:-1])
    years = [int(period.name) for period in drawn.periods]
    assert years[0] == 2000
    assert years == sorted(years)
    assert all(period.extent >= 4 for period in drawn.periods[1:])


def test_a_log_without_works_has_no_map() -> None:
    [page] = make_outputs(notebook({}), Site("A log"))
    assert isinstance(page, Page)
    assert "No works yet." in render_page(page).before


def find_boxes(lane: Lane, at: int, pixels: float) -> list[tuple[int, float, float]]:
    """Return the row of each mark with what it takes from left to right, its name at least."""
    width = WIDTHS[at]
    boxes = []
    for node in lane.nodes:
        place = node.position * pixels / 100
        name = min(estimate_width(node.title), width.pixels / 2 - 20)
        extent = 14 if width.letter in node.unnamed else max(14, 20 + name)
        left, right = (extent, 10) if width.letter in node.before else (10, extent)
        boxes.append((node.rows[at], place - left, place + right))
    return boxes


@settings(max_examples=20, deadline=None)
@given(
    st.lists(
        st.tuples(
            st.text("abMW wi", min_size=1, max_size=40).filter(str.strip),
            st.sampled_from(["", "1990", "2020", "2021", "2021-05", "2022"]),
            st.sampled_from(["[]", "[moe]", "[small]"]),
        ),
        min_size=1,
        max_size=30,
    )
)
def test_nothing_stands_above_another_at_any_width(works: list[tuple[str, str, str]]) -> None:
    drawn = draw(log(*works))
    for at, width in enumerate(WIDTHS):
        ends = [width.pixels, 1.3 * width.pixels]
        for lane in drawn.lanes:
            for pixels in ends:
                boxes = find_boxes(lane, at, pixels)
                assert all(left >= -10 and right <= pixels + 10 + 14 for _, left, right in boxes)
                for one, other in combinations(boxes, 2):
                    apart = one[2] <= other[1] or other[2] <= one[1]
                    assert one[0] != other[0] or apart
            assert max(box[0] for box in boxes) < lane.rows[at]


@pytest.mark.parametrize("count", [30, 200])
def test_the_most_linked_works_are_always_named(count: int) -> None:
    """At each width so many as it promises; and each year that is named has room."""
    works = {
        f"n{number:03}.md": work(
            "".join(f"[[n{to:03}]]" for to in range(number)),
            title=f"Work of number {number}",
            published="2024",
            tags="[moe]",
        )
        for number in range(count)
    }
    drawn = draw(notebook({"tags.yml": TAGS, **works}))
    for width in WIDTHS:
        named = {
            node.number
            for lane in drawn.lanes
            for node in lane.nodes
            if width.letter not in node.unnamed
        }
        assert set(range(min(count, width.named))) <= named
        places = [
            period.start * width.pixels / 100
            for period in drawn.periods
            if width.letter not in period.unnamed
        ]
        assert all(right - left >= 30 for left, right in pairwise(places))
