"""The statistics: the numbers are right, plots and tables show the same, words stay words."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from typing import NamedTuple
from xml.etree import ElementTree as ET

import pytest

from readinglog.notebook.notebook import Notebook
from readinglog.site.charts.calendar import CalendarText, Day, Weekday, lay_out_calendar
from readinglog.site.charts.plots import Bar, SmallBar, lay_out_small_bars, make_bars
from readinglog.site.page import Page, Site
from readinglog.site.rendering import render_page
from readinglog.site.views.stats import StatisticsView, make_outputs
from readinglog.site.views.stats.calendars import MonthCount
from readinglog.site.views.stats.tag_growth import YearRow
from support.searching import make_search
from support.worlds import notebook, work

HOSTILE = """<script>alert("x")</script>&amp;'"""
TAGS = """
moe: {name: MoE}
routing: {parent: moe}
kernels: {}
post-training: {}
diffusion: {}
numerics: {}
inference: {}
"""


class Drawn(NamedTuple):
    """The page, and the page as a tree."""

    page: Page
    tree: ET.Element

    def section(self, anchor: str) -> ET.Element:
        return next(
            found
            for found in self.tree.iter("section")
            if found.find(f"h2[@id='rl:{anchor}']") is not None
        )

    def words(self, anchor: str) -> str:
        return text(self.section(anchor))

    def table(self, anchor: str) -> list[list[str]]:
        """The cells of the table that unfolds, without its head."""
        [table] = (found.find(".//table") for found in self.section(anchor).iter("details"))
        assert table is not None
        return [[text(cell) for cell in row] for row in table.iter("tr")][1:]

    def bars(self, anchor: str) -> list[tuple[str, int, float]]:
        """Label, number and share of each bar."""
        rows = self.section(anchor).findall(".//table[@class]/tbody/tr")
        return [
            (
                text(row[0]),
                int(text(row[1]).replace(",", "")),
                float(row.find(".//rect").attrib["width"].rstrip("%")),
            )
            for row in rows
        ]  # type: ignore[union-attr]

    def titles(self, anchor: str) -> list[str]:
        """What each mark of a plot stands for."""
        return [text(found) for found in self.section(anchor).iter("title")]


def text(element: ET.Element) -> str:
    return " ".join("".join(element.itertext()).split())


def drawn(log: Notebook) -> Drawn:
    [page] = make_outputs(log, Site("A log"))
    assert isinstance(page, Page)
    return Drawn(page, ET.fromstring(f"<main>{render_page(page).before}</main>"))  # noqa: S314 - it is our own


def log(**notes: Mapping[str, str]) -> Notebook:
    """A log of works, each with the fields that matter; `body` is the text."""
    files = {
        f"{name}.md": work(url=f"https://a.example/{name}", **fields)
        for name, fields in notes.items()
    }
    return notebook({"tags.yml": TAGS, **files})


def small() -> Notebook:
    return log(
        a={
            "title": "First",
            "body": "[[b]] and [[b]] again, [[c]].",
            "published": "2024-05",
            "date": "2026-11-21",
            "tags": "[routing]",
        },
        b={
            "title": "Second",
            "body": "[[c]]",
            "published": "2024",
            "date": "2026-11-21",
            "tags": "[moe, kernels]",
            "kind": "post",
        },
        c={
            "title": "Third",
            "body": "x",
            "published": "1991",
            "date": "2026-10-02",
            "tags": "[numerics, inference]",
            "status": "to-read",
        },
        d={
            "title": "Fourth",
            "body": "[[c]]",
            "date": "2023-01-31",
            "tags": "[diffusion]",
            "builds_on": "[b]",
            "status": "reading",
        },
        hub={
            "title": "Experts",
            "body": "[[c]]",
            "kind": "topic",
            "date": "",
            "tags": "[moe]",
            "authors": "",
            "published": "2024",
        },
        draft={"title": "Hidden", "body": "[[b]]", "draft": "true"},
    )


@pytest.fixture(scope="module")
def page() -> Drawn:
    return drawn(small())


def test_the_facts_are_counted(page: Drawn) -> None:
    [facts] = (text(found) for found in page.tree.iter("p") if found.get("class") == "rl-facts")
    assert (
        facts
        == "4 works · 1 hub · 6 tags · 1 author · 6 links between notes · 5 minutes of reading"
    )


def test_what_was_read_lately_is_counted_back_from_the_newest_note(page: Drawn) -> None:
    assert "2 notes in the 30 days up to 21 November 2026." in page.words("over-time")
    assert page.bars("over-time") == [("MoE", 2, 100.0), ("kernels", 1, 50.0)]


def test_months_are_counted_and_there_is_no_calendar_of_few_days(page: Drawn) -> None:
    assert not list(page.section("over-time").iter("title"))
    rows = {row[0]: row[1:] for row in page.table("over-time")}
    assert {month: row for month, row in rows.items() if row != ["0", "0"]} == {
        "January": ["0", "1"],
        "October": ["1", "0"],
        "November": ["2", "0"],
        "Total": ["3", "1"],
    }
    assert "1 note without a date." in page.words("over-time")


def test_more_than_ten_days_have_calendars_of_the_newest_three_years() -> None:
    dates = [f"{year}-06-01" for year in (2015, 2018, 2019, 2022, 2026)]
    few = [*dates, *(f"2026-07-{day:02}" for day in range(1, 6))]
    assert not list(
        drawn(log(**{f"n{at}": {"date": day} for at, day in enumerate(few)})).tree.iter("h3")
    )
    many = drawn(log(**{f"n{at}": {"date": day} for at, day in enumerate([*few, "2026-08-01"])}))
    assert [text(found) for found in many.section("over-time").iter("h3")] == [
        "2026",
        "2022",
        "2019",
    ]
    assert "The 3 newest years are shown; 2 notes are older." in many.words("over-time")
    assert "1 August 2026: 1 note" in many.titles("over-time")
    says = [
        found.attrib["aria-label"]
        for found in many.section("over-time").iter("svg")
        if "aria-label" in found.attrib
    ]
    assert says[0] == "7 notes in 2026 on 7 days, most on 1 June 2026: 1"


@pytest.mark.parametrize("year", [1, 2012, 2018, 2024, 2026, 9999])
def test_every_day_of_a_year_has_its_square_in_the_grid(year: int) -> None:
    """Of all years, 2012 has the most columns: a leap year that begins on a Sunday."""
    weekdays = lay_out_calendar(year, {}, "").weekdays
    columns = [(line.end - line.start + 2) // 11 for line in weekdays]
    assert sum(columns) == (366 if year in (2012, 2024) else 365)
    assert max(line.end for line in weekdays) <= 30 + 54 * 11


def test_a_calendar_has_names_lines_and_the_squares_of_days_with_notes() -> None:
    days = {date(2026, 1, 1): 1, date(2026, 12, 31): 9}
    found = lay_out_calendar(2026, days, "10 notes")
    assert (found.width, found.height, found.cell, found.gap) == (624, 94, 9, 2)
    assert found.texts[:4] == (
        CalendarText("Mon", 0, 25),
        CalendarText("Wed", 0, 47),
        CalendarText("Fri", 0, 69),
        CalendarText("Jan", 30, 11),
    )
    assert found.weekdays[0] == Weekday(start=41, end=611, y=21.5)  # it begins on a Thursday
    assert found.days == (
        Day(30, 50, 1, "1 January 2026: 1 note"),
        Day(602, 50, 4, "31 December 2026: 9 notes"),
    )


def test_works_count_once_in_each_topic_by_the_year_they_appeared(page: Drawn) -> None:
    """Those that grew most come first; the table has the same as numbers."""
    assert page.table("topics") == [
        ["older", "0", "0", "1", "1", "1"],
        ["2024", "2", "1", "0", "0", "2"],
    ]
    names = [
        text(found) for found in page.section("topics").iter("a") if found.get("class") == "rl-tag"
    ]
    assert names == ["MoE", "kernels", "numerics", "inference"]
    assert page.titles("topics") == [
        "2024: 100%, 2 of 2",
        "2024: 50%, 1 of 2",
        "older: 100%, 1 of 1",
        "older: 100%, 1 of 1",
    ]
    assert "Works from 1991 to 2023 are grouped as “older”." in page.words("topics")
    assert "Not shown: 1 work without a year or a topic." in page.words("topics")


def test_the_newest_two_years_are_held_against_those_before() -> None:
    grown = drawn(
        log(
            a={"published": "2020", "tags": "[kernels]"},
            b={"published": "2021", "tags": "[kernels]"},
            c={"published": "2022", "tags": "[moe]"},
            d={"published": "2023", "tags": "[moe]"},
            e={"published": "2023", "tags": "[kernels]"},
        )
    )
    words = grown.words("topics")
    assert "MoE 67% since 2022, 0% before" in words
    assert "kernels 33% since 2022, 100% before" in words
    assert words.index("MoE 67%") < words.index("kernels 33%")


def test_of_many_topics_the_largest_are_shown() -> None:
    tags = [f"t{number}" for number in range(14)]
    fields = [f"[{', '.join(tags[: number + 1])}]" for number in range(14)]
    many = drawn(
        notebook(
            {f"n{at}.md": work(tags=tag, published=f"{2010 + at}") for at, tag in enumerate(fields)}
        )
    )
    assert len(many.table("topics")[0]) == 1 + 12 + 1
    assert "Not shown: 2 smaller topics." in many.words("topics")


def test_years_without_works_keep_their_place() -> None:
    gaps = drawn(log(a={"published": "2020"}, b={"published": "2023"}))
    assert [row[0] for row in gaps.table("topics")] == ["2020", "2021", "2022", "2023"]
    assert "older" not in gaps.words("topics")


def test_kinds_are_bars_and_numbers(page: Drawn) -> None:
    assert page.bars("kinds") == [("paper", 3, 100.0), ("post", 1, 33.33), ("topic", 1, 33.33)]


def test_a_note_that_links_twice_counts_once_and_a_draft_not_at_all(page: Drawn) -> None:
    assert page.bars("most-linked") == [("Third", 4, 100.0), ("Second", 2, 50.0)]
    links = [found.attrib["href"] for found in page.section("most-linked").iter("a")]
    assert links == ["../notes/c/", "../notes/b/"]


def test_of_equally_linked_works_the_first_by_name_come_first() -> None:
    names = [f"n{number:02}" for number in range(12)]
    ring = {name: {"title": name, "body": f"[[{names[at - 1]}]]"} for at, name in enumerate(names)}
    assert [label for label, _, _ in drawn(log(**ring)).bars("most-linked")] == names[:10]


def test_links_between_topics_are_counted_by_first_tags(page: Drawn) -> None:
    assert page.bars("pairs") == [
        ("MoE → numerics", 3, 100.0),
        ("diffusion → MoE", 1, 33.33),
        ("diffusion → numerics", 1, 33.33),
    ]


def test_what_rests_on_abstracts_is_told_of_works_and_of_claims() -> None:
    claims = "- A. [checked:: full] ^one\n- B. [checked:: abstract] ^two\n- C. [at:: 1] ^three"
    book = notebook(
        {
            "a.md": work(claims, basis="summaries"),
            "b.md": work(title="B", basis="full"),
            "c.md": work(title="C"),
        }
    )
    words = drawn(book).words("evidence")
    assert "Notes on 2 works say what they rest on: 1 on an abstract or summaries only." in words
    assert (
        "2 claims say what of the work they were checked against: 1 against an abstract or summaries only."
        in words
    )
    labels = [(label, number) for label, number, _ in drawn(book).bars("evidence")]
    assert labels == [
        *(("full text", 1), ("summaries", 1), ("not said", 1)),
        *(("full text", 1), ("abstract", 1), ("not said", 1)),
    ]


def test_the_status_leads_to_searches_that_find_as_many(page: Drawn) -> None:
    assert "Of 5 notes: 1 to read, 1 being read, 3 read." in page.words("kinds")
    search = make_search(small())
    found = [
        query
        for link in page.section("kinds").iter("a")
        if (query := link.attrib["href"].partition("?q=")[2]).startswith("is:")
    ]
    assert found == ["is:to-read", "is:reading", "is:read"]
    assert [len(search.ask(query).hits) for query in found] == [1, 1, 3]


def test_a_year_leads_to_a_search_that_finds_its_works(page: Drawn) -> None:
    found = [found.attrib["href"].partition("?q=")[2] for found in page.section("topics").iter("a")]
    assert [query for query in found if query.startswith("year:")] == ["year:..2023", "year:2024"]


def test_plots_have_words_and_no_colours_of_their_own(page: Drawn) -> None:
    for svg in page.tree.iter("svg"):
        assert svg.get("aria-hidden") == "true" or (
            svg.get("role") == "img" and svg.get("aria-label")
        )
        assert not list(svg.iter("a")), "a picture holds no links"
    for element in page.tree.iter():
        assert not {"style", "fill", "stroke"} & element.attrib.keys()
        assert element.tag != "script"
    for region in page.tree.iterfind(".//div[@class='rl-scroll']"):
        assert (region.get("tabindex"), region.get("role"), bool(region.get("aria-label"))) == (
            "0",
            "region",
            True,
        )


def test_hostile_words_are_text() -> None:
    fields = {
        "title": json.dumps(HOSTILE),
        "authors": f"[{json.dumps(HOSTILE)}]",
        "published": "2024",
    }
    tag = '<b onclick="x()">'
    fields["tags"] = f"[{json.dumps(tag)}]"
    older = fields | {"published": "2023"}
    found = drawn(notebook({"a.md": work("[[b]]", **fields), "b.md": work("[[a]]", **older)}))
    assert not {"script", "b"} & {element.tag for element in found.tree.iter()}
    assert [label for label, _, _ in found.bars("most-linked")] == [HOSTILE, HOSTILE]
    assert found.titles("topics") == ["2023: 100%, 1 of 1", "2024: 100%, 1 of 1"]
    assert tag in found.words("topics")


def test_an_empty_log_says_so() -> None:
    before = render_page(drawn(notebook({})).page).before
    assert before.strip() == "<h1>Statistics</h1>\n<p>No notes yet.</p>"


def test_empty_sections_say_so() -> None:
    bare = drawn(notebook({"a.md": work(date="", published="2024")}))
    assert "No note has a date yet." in bare.words("over-time")
    assert "The works with a topic are not yet of two different years." in bare.words("topics")
    assert "No note links to another yet." in bare.words("most-linked")
    assert "Of 1 note: 0 to read, 0 being read, 1 read." in bare.words("kinds")


def test_nothing_depends_on_the_order_of_the_files() -> None:
    notes = small().notes
    backwards = Notebook(notes[::-1], small().vocabulary)
    assert drawn(backwards).page.content == drawn(small()).page.content


def test_numbers_of_four_digits_have_their_comma(page: Drawn) -> None:
    content = page.page.content
    assert isinstance(content, StatisticsView)
    many = replace(content, kinds=make_bars([("paper", "kind:paper", 1234)]))
    assert "<td>1,234</td>" in render_page(replace(page.page, make_content=lambda: many)).before


def test_bars_are_as_long_as_their_share_of_the_longest() -> None:
    assert make_bars([("a", "notes/a/", 4), ("b", "notes/b/", 1)]) == (
        Bar("a", "notes/a/", 4, 100),
        Bar("b", "notes/b/", 1, 25),
    )
    assert make_bars([]) == ()


def test_small_bars_stand_beside_each_other_at_their_height() -> None:
    found = lay_out_small_bars([0.5, 0, 1], ["2023", "2024", "2025"], "three")
    assert (found.description, found.width) == ("three", 10)
    assert found.bars == (
        SmallBar(1.25, 50, "2023"),
        SmallBar(13.75, 0, "2024"),
        SmallBar(26.25, 100, "2025"),
    )
    assert lay_out_small_bars([1] * 10, ["x"] * 10, "").width == 8


def test_the_view_has_the_numbers_of_the_plots(page: Drawn) -> None:
    view = page.page.content
    assert isinstance(view, StatisticsView)
    assert view.tags_over_time
    assert view.tags_over_time.years == (
        YearRow("older", "year:..2023", (0, 0, 1, 1), 1),
        YearRow("2024", "year:2024", (2, 1, 0, 0), 2),
    )
    assert (
        view.tags_over_time.older_from,
        view.tags_over_time.older_to,
        view.tags_over_time.left_out,
    ) == (1991, 2023, 1)
    assert view.over_time
    assert (view.over_time.years, view.over_time.calendars) == ((2026, 2023), ())
    november = view.over_time.months[10]
    assert (november.name, november.counts) == (
        "November",
        (MonthCount(2, "log/2026-11/"), MonthCount(0, "log/2023-11/")),
    )
