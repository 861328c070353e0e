"""Live reload in a real browser: pages follow what is saved, and others stay as they are."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from support.axe import find_violations
from support.browsing import collect_problems
from support.previews import SAVES, Running, run_preview, write_log
from support.worlds import work


@pytest.fixture
def preview(tmp_path: Path) -> Iterator[Running]:
    with run_preview(write_log(tmp_path / "log")) as running:
        yield running


@pytest.fixture
def page(browser: Browser, preview: Running) -> Iterator[Page]:  # noqa: ARG001 - closed before it
    page = browser.new_page()
    yield page
    page.close()


def mark(page: Page) -> None:
    """Mark a document, so that it is seen whether it is loaded again."""
    page.evaluate("window.isOld = true")


def is_old(page: Page) -> bool:
    return bool(page.evaluate("Boolean(window.isOld)"))


def test_a_page_follows_a_note_however_it_is_saved(page: Page, preview: Running) -> None:
    problems = collect_problems(page)
    page.goto(f"{preview.url}notes/switch/")
    for number, save in enumerate((*SAVES, *SAVES)):
        text = work(f"Edit {number}.", title="Switch", url="https://a.example/1")
        save(preview.notes / "switch.md", text)
        expect(page.get_by_text(f"Edit {number}.")).to_be_visible()
    assert problems == []


def test_other_tabs_stay_as_they_are(browser: Browser, page: Page, preview: Running) -> None:
    other, linked = browser.new_page(), browser.new_page()
    page.goto(f"{preview.url}notes/switch/")
    other.goto(f"{preview.url}notes/other/")
    linked.goto(f"{preview.url}notes/gshard/")
    for tab in (page, other, linked):
        mark(tab)
    preview.edit("switch.md", "The gate", "The router")
    expect(page.get_by_text("The router of")).to_be_visible()
    expect(linked.get_by_text("The router of")).to_be_visible()
    assert (is_old(page), is_old(linked), is_old(other)) == (False, False, True)
    other.close()
    linked.close()


def test_a_page_shows_that_its_note_is_gone_moved_and_broken(page: Page, preview: Running) -> None:
    note = preview.notes / "switch.md"
    page.goto(f"{preview.url}notes/switch/")
    preview.edit("switch.md", "title: Switch", "title: Switch: broken")
    box = page.get_by_role("region", name="Problems in this note")
    expect(box).to_contain_text("put it in double quotes")
    assert find_violations(page, "light", (1400, 390)) == []
    preview.edit("switch.md", "title: Switch: broken", "redirect_from: [switch]\ntitle: Switch")
    expect(box).to_have_count(0)
    note.rename(preview.notes / "gate.md")
    page.wait_for_url("**/notes/gate/")
    expect(page.locator("h1")).to_have_text("Switch")
    (preview.notes / "gate.md").unlink()
    expect(page.locator("h1")).to_have_text("Page not found")


def test_the_search_page_follows_the_index(page: Page, preview: Running) -> None:
    page.goto(f"{preview.url}search/?q=zebrawood")
    page.locator(".rl-search[data-answered]").wait_for()
    preview.edit("other.md", "On its own.", "On zebrawood.")
    expect(page.locator("main").get_by_role("link", name="Other").first).to_be_visible()
