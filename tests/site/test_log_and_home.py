"""The data of the log's pages and of the home page."""

from __future__ import annotations

from datetime import date

from readinglog.notebook.notebook import Notebook
from readinglog.site.page import Page, Site
from readinglog.site.views import home
from readinglog.site.views.home import HomeView, HubRow
from readinglog.site.views.log import LogView, MonthLink, YearLinks, make_outputs
from readinglog.site.views.pagination import PageLinks
from support.worlds import notebook, work


def log_pages(log: Notebook) -> dict[str, LogView]:
    """Return the views of the log's pages by address."""
    views = {}
    for page in make_outputs(log, Site("A log")):
        assert isinstance(page, Page)
        assert isinstance(page.content, LogView)
        views[page.address] = page.content
    return views


def test_each_month_has_its_days_and_links_to_the_months_beside_it() -> None:
    days = {"a": "2026-11-21", "b": "2026-11-21", "c": "2026-11-02", "d": "2025-03-09", "e": ""}
    pages = log_pages(
        notebook({f"{name}.md": work(title=name, date=day) for name, day in days.items()})
    )
    assert list(pages) == ["log/2026-11/", "log/2025-03/", "log/undated/", "log/"]
    november = MonthLink("November 2026", "log/2026-11/", 3)
    march = MonthLink("March 2025", "log/2025-03/", 1)
    undated = MonthLink("Undated", "log/undated/", 1)
    assert [(view.newer, view.month, view.older) for view in pages.values()] == [
        (None, november, march),
        (november, march, undated),
        (march, undated, None),
        (None, november, march),
    ]
    shown = [(day.date, [note.title for note in day.notes]) for day in pages["log/"].days]
    assert shown == [(date(2026, 11, 21), ["a", "b"]), (date(2026, 11, 2), ["c"])]
    assert [day.date for day in pages["log/undated/"].days] == [None]


def test_each_page_of_the_log_has_the_years_and_the_months_of_its_year() -> None:
    days = {"a": "2026-11-21", "b": "2026-02-02", "c": "2026-02-01", "d": "2025-03-09", "e": ""}
    pages = log_pages(
        notebook({f"{name}.md": work(title=name, date=day) for name, day in days.items()})
    )
    newest = YearLinks(
        "2026",
        "log/2026-11/",
        3,
        (MonthLink("Nov", "log/2026-11/", 1), MonthLink("Feb", "log/2026-02/", 2)),
    )
    former = YearLinks("2025", "log/2025-03/", 1, (MonthLink("Mar", "log/2025-03/", 1),))
    undated = MonthLink("Undated", "log/undated/", 1)
    last = YearLinks("Undated", "log/undated/", 1, (undated,))
    assert {view.years for view in pages.values()} == {(newest, former, last)}
    assert [view.year for view in pages.values()] == [newest, newest, former, last, newest]


def test_a_month_of_many_notes_has_several_pages_and_the_log_begins_with_the_first() -> None:
    pages = log_pages(notebook({f"n{at}.md": work(title=f"N{at}") for at in range(101)}))
    first, second = (view for address, view in pages.items() if address != "log/")
    assert first.page_links == PageLinks(1, 2, previous="", next="log/2026-11/page/2/")
    assert second.page_links == PageLinks(2, 2, previous="log/2026-11/", next="")
    assert [len(day.notes) for view in (first, second) for day in view.days] == [100, 1]
    assert (pages["log/"].rest, pages["log/"].page_links) == ("log/2026-11/page/2/", None)
    assert pages["log/"].days == first.days


def test_an_empty_log_has_one_page() -> None:
    [(address, view)] = log_pages(notebook({})).items()
    assert address == "log/"
    assert (view.month, view.days, view.years, view.year) == (None, (), (), None)


def home_view(log: Notebook) -> HomeView:
    [page] = home.make_outputs(log, Site("A log"))
    assert isinstance(page, Page)
    assert isinstance(page.content, HomeView)
    return page.content


def test_home_counts_and_offers_what_there_is() -> None:
    view = home_view(
        notebook(
            {
                "tags.yml": "moe: {summary: Experts.}\nsmall: {}\nrouting: {parent: moe}\n",
                "moe.md": work(title="Experts", kind="topic", tags="[moe]", authors="", date=""),
                "a.md": work(title="A", tags="[routing]", authors="[Ada Ant]", published="2020"),
                "b.md": work("[[a]]", title="B", tags="[moe]", disputes="[a]", published="2024"),
            }
        )
    )
    assert (view.works, view.tags) == (2, 2)
    assert view.examples[0] == "routing"
    assert view.examples[1:3] == ("tag:moe year:2024..", "tag:routing")
    [row] = view.roots
    assert (row.link.name, row.count) == ("moe", 3)
    [dispute] = view.disputes
    assert (dispute.disputing.title, dispute.disputed.title) == ("B", "A")
    [hub] = view.hubs
    assert isinstance(hub, HubRow)
    assert (hub.title, hub.address) == ("Experts", "tags/moe/")
    assert [note.title for note in view.newest] == ["B", "A", "Experts"]


def test_the_home_page_of_an_empty_log_has_nothing_to_list() -> None:
    view = home_view(notebook({}))
    assert (view.works, view.examples, view.roots) == (0, (), ())
    assert (view.disputes, view.hubs, view.newest) == ((), (), ())
