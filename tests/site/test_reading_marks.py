"""What a browser remembers of its reader, in a real browser: which notes are read, as a file too, and
what is new since the last visit. Nothing of it leaves the browser.
"""

from __future__ import annotations

import json
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, FilePayload, Page, expect

from support.browsing import visit

NOTE, TAG = "notes/deadbeat-escapement/", "tags/mechanical-clocks/"
READ = "anchor-escapement"
LINKS = f"a.rl-read[href*='/{READ}/']"
MARKS = {"format": "readinglog-marks", "version": 1, "read": [READ]}


@pytest.fixture
def page(browser: Browser, root: str) -> Iterator[Page]:
    """A page of a reader who was never here before; nothing may go wrong or to another host."""
    with visit(browser, root) as (page, wrong):
        yield page
    assert wrong == []


def import_file(page: Page, content: object) -> None:
    text = content if isinstance(content, str) else json.dumps(content)
    file: FilePayload = {
        "name": "marks.json",
        "mimeType": "application/json",
        "buffer": text.encode(),
    }
    page.locator(".rl-marks input").set_input_files(file)


def test_a_note_that_is_read_is_marked_wherever_a_link_leads_to_it(page: Page, root: str) -> None:
    page.goto(root)
    import_file(page, MARKS)
    expect(page.locator(".rl-marks")).to_contain_text("1 marked as read in this browser.")
    expect(page.locator("[data-path] .rl-remaining").first).to_contain_text("1 of ")
    page.goto(root + TAG)
    expect(page.locator(f".rl-tag-works {LINKS}")).to_have_count(1)
    expect(page.locator(".rl-tag-works .rl-check")).to_have_count(1)
    expect(page.locator(".rl-total .rl-remaining")).to_contain_text("1 of ")
    expect(page.locator(f":is(.rl-map, .rl-lanes) {LINKS}")).to_have_count(1)
    page.goto(root + NOTE)
    expect(page.locator(f".rl-main > p {LINKS}").first).to_be_visible()
    expect(page.locator(f".rl-main > p a:not(.rl-read)[href*='/{READ}/']")).to_have_count(0)
    page.keyboard.press("/")
    page.get_by_role("dialog").get_by_role("combobox").fill("anchor")
    expect(page.locator(f".rl-palette {LINKS}")).to_have_count(1)
    mark = "(row) => getComputedStyle(row.firstChild, '::after').content"
    assert "✓" in page.locator(f".rl-palette {LINKS}").evaluate(mark)
    page.goto(f"{root}search/?q=anchor")
    expect(page.locator(f".rl-note-title {LINKS}")).to_have_count(1)


def test_a_row_marks_a_note_once(page: Page, root: str) -> None:
    page.goto(root)
    import_file(page, MARKS)
    expect(page.locator(".rl-marks")).to_contain_text("1 marked as read in this browser.")
    page.goto(root + TAG)
    link = f"<a href='../../notes/{READ}/"
    row = f"<tr><td>{link}'>A</a></td><td>{link}#^result'>B</a></td></tr>"
    table = f"<table class='own'>{row}{row}</table><p class='own'>{link}'>A</a>, {link}'>B</a></p>"
    page.evaluate("(html) => document.body.insertAdjacentHTML('beforeend', html)", table)
    expect(page.locator(".own a.rl-read")).to_have_text(["A", "A", "A"])


def test_marks_go_into_a_file_and_come_back_from_it_and_can_be_undone(
    page: Page, browser: Browser, root: str
) -> None:
    page.goto(f"{root}notes/{READ}/")
    page.get_by_role("button", name="Mark as read").click()
    page.goto(root)
    with page.expect_download() as download:
        page.get_by_role("button", name="Export").click()
    text = download.value.path().read_text(encoding="utf-8")
    assert json.loads(text) == MARKS | {"site": root}
    with visit(browser, root) as (other, wrong):
        other.goto(root)
        expect(other.get_by_role("button", name="Export")).to_be_hidden()
        import_file(other, text)
        expect(other.locator(".rl-marks [role=status]")).to_contain_text("1 added.")
        expect(other.get_by_role("button", name="Export")).to_be_visible()
        other.get_by_role("button", name="Undo").click()
        expect(other.locator(".rl-marks")).to_contain_text("None marked as read")
    assert wrong == []


@pytest.mark.parametrize(
    ("content", "problem"),
    [
        ("[" * 9_000, "The file is not JSON."),
        ([READ], "no `format`"),
        (None, "no `format`"),
        (MARKS | {"version": 2}, "`version` other than 1"),
        (MARKS | {"read": {"length": 3}}, "no list `read`"),
        (MARKS | {"read": ["a"] * 50_001}, "more than 50,000 names"),
        (MARKS | {"read": [READ, "<img src=x onerror=alert(1)>/"]}, "Entry 2 of `read`"),
        (MARKS | {"read": [{"__proto__": "a"}]}, "Entry 1 of `read`"),
        (MARKS | {"read": ["a" * 301]}, "Entry 1 of `read`"),
        ("x" * 2_000_001, "larger than 2 MB"),
    ],
    ids="nested list null version object many markup prototype long large".split(),
)
def test_a_file_of_another_kind_is_refused_and_changes_nothing(
    page: Page, root: str, content: object, problem: str
) -> None:
    page.goto(root)
    import_file(page, content)
    expect(page.locator(".rl-marks [role=status]")).to_contain_text(problem)
    expect(page.locator(".rl-marks [role=status]")).to_contain_text("Nothing was imported.")
    expect(page.locator(".rl-marks")).to_contain_text("None marked as read")


@pytest.mark.parametrize("stored", ['"text"', "{}", "[[1], null]", "no JSON"])
def test_a_page_shows_whatever_else_the_storage_holds(page: Page, root: str, stored: str) -> None:
    page.goto(root)
    page.evaluate(
        """(stored) => {
          for (const kind of ["read", "visit"]) localStorage.setItem(`readinglog:${kind}:/`, stored);
        }""",
        stored,
    )
    page.reload()
    expect(page.locator(".rl-marks")).to_contain_text("None marked as read")


def test_a_line_stands_below_what_is_new_since_the_last_visit(page: Page, root: str) -> None:
    page.goto(root)
    expect(page.locator(".rl-marks")).to_be_visible()
    expect(page.locator(".rl-seen")).to_have_count(0)
    page.evaluate(
        """() => {
          const key = "readinglog:visit:/", visit = JSON.parse(localStorage.getItem(key));
          localStorage.setItem(key, JSON.stringify({ ...visit, day: "yesterday", seen: visit.seen.slice(3) }));
        }"""
    )
    for _ in range(2):  # the line stays all day
        page.reload()
        expect(page.locator(".rl-works > li").nth(3)).to_have_class("rl-seen")
        expect(page.locator(".rl-desk h2").first).to_contain_text("3 new since your last visit")
