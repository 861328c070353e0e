"""What a reader sees at once on the pages of the library, measured in a browser."""

from __future__ import annotations

from pathlib import Path
from statistics import median
from typing import NamedTuple

import pytest
from playwright.sync_api import Browser, Page

from support.browsing import AFTER_LAYOUT, visit

WIDE, PHONE = {"width": 1440, "height": 900}, {"width": 390, "height": 844}

# Where the text of a note begins; how many words there are before anything is unfolded that the page
# has made, and how many of the note's own: its title, summary and text. What is quoted, the contents
# and what stands beside cited works are words of notes. And the links to notes that the page has
# made and shows, by how often they are there.
NOTE = """() => {
  const seen = (selector) => [...document.querySelectorAll(selector)].filter((element) => element.checkVisibility());
  const count = (selector) => seen(selector).reduce((sum, { innerText }) => sum + (innerText.match(/\\S+/g) ?? []).length, 0);
  const parts = [...document.querySelectorAll(".rl-main > *")].filter((part) => !part.matches(".rl-card, .rl-narrow, .rl-note-footer, template"));
  parts.forEach((part) => part.classList.add("own"));
  const own = count(".own") + count(".rl-card h1, .rl-summary") - count(".own .rl-added, .own.rl-shortcuts, .own .rl-buttons");
  const made = count(".rl-card, .rl-note-footer, .rl-shortcuts, .own .rl-added, .own .rl-buttons, .rl-narrow > summary") - count(".rl-card h1, .rl-summary, .rl-note-footer .rl-quote");
  const links = seen(".rl-card a, .rl-note-footer a, .rl-margin a").map((link) => link.pathname).filter((path) => path.includes("/notes/") && path !== location.pathname);
  const repeats = links.map((link) => links.filter((other) => other === link).length);
  return { top: parts[0].getBoundingClientRect().top, own, made, repeats: Math.max(0, ...repeats) };
}"""
ROWS = """[...document.querySelectorAll(".rl-works > li")].filter((row) => row.getBoundingClientRect().bottom <= innerHeight).length"""
SHIFT = """() => new Promise((done) => {
  let sum = 0;
  new PerformanceObserver((list) => { for (const { value, hadRecentInput } of list.getEntries()) sum += hadRecentInput ? 0 : value; })
    .observe({ type: "layout-shift", buffered: true });
  setTimeout(() => done(sum), 300);
})"""


class Size(NamedTuple):
    """A window, how far down a note may begin, and how many works the home page shows in it."""

    window: dict[str, int]
    top: int
    rows: int


SIZES = {"wide": Size(WIDE, 480, 15), "phone": Size(PHONE, 640, 6)}


@pytest.fixture(params=SIZES.values(), ids=SIZES)
def size(request: pytest.FixtureRequest) -> Size:
    return request.param  # type: ignore[no-any-return]


def open_at(page: Page, address: str) -> None:
    page.goto(address)
    page.evaluate("document.fonts.ready")
    page.evaluate(AFTER_LAYOUT)


@pytest.fixture(scope="module")
def measured(browser: Browser, root: str, site: Path) -> dict[int, dict[str, dict[str, float]]]:
    """What is measured of some notes, by the width of the window and their names."""
    names = sorted(file.parent.name for file in site.glob("notes/*/index.html"))[::20]
    found: dict[int, dict[str, dict[str, float]]] = {
        size.window["width"]: {} for size in SIZES.values()
    }
    with visit(browser, root) as (page, _):
        for name in names:
            open_at(page, f"{root}notes/{name}/")
            for size in SIZES.values():
                page.set_viewport_size(size.window)  # type: ignore[arg-type]
                page.evaluate(AFTER_LAYOUT)
                found[size.window["width"]][name] = page.evaluate(NOTE)
    return found


def test_a_note_begins_high_and_says_more_than_what_surrounds_it(
    measured: dict[int, dict[str, dict[str, float]]], size: Size
) -> None:
    found = measured[size.window["width"]]
    assert median(note["top"] for note in found.values()) < size.top - 40
    # Some titles and summaries are long.
    assert sum(note["top"] < size.top for note in found.values()) >= 0.9 * len(found), found
    shares = {name: note["made"] / note["own"] for name, note in found.items()}
    assert median(shares.values()) < 0.3
    assert max(shares.values()) <= 1 / 3, shares
    assert {name: note for name, note in found.items() if note["repeats"] > 2} == {}


def test_the_home_page_shows_many_works_and_nothing_on_a_page_moves(
    browser: Browser, root: str, size: Size
) -> None:
    with visit(browser, root) as (page, _):
        page.set_viewport_size(size.window)  # type: ignore[arg-type]
        open_at(page, root)
        assert page.evaluate(ROWS) >= size.rows
        for address in ("", "notes/dpo/", "tags/kernels/", "search/?q=attention"):
            open_at(page, root + address)
            assert page.evaluate(SHIFT) < 0.05, address


def test_the_page_of_a_large_root_tag_is_short(browser: Browser, root: str) -> None:
    with visit(browser, root) as (page, _):
        page.set_viewport_size(WIDE)  # type: ignore[arg-type]
        open_at(page, f"{root}tags/post-training/")
        rows = page.locator(".rl-tag-works tbody tr").count()
        height = page.evaluate("document.documentElement.scrollHeight")
        table = page.locator(".rl-tag-works tbody").bounding_box()
    assert table
    assert rows > 60
    assert height + (90 - rows) * table["height"] / rows < 6_000  # as for ninety works
