"""No kind of page moves while it loads, and each fits a phone: within its width, without hints of
keys, with targets for a finger, its contents folded.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

import pytest
from playwright.sync_api import Browser, expect

from support.browsing import AFTER_LAYOUT, FONTS_LOADED, find_sideways_scrolling, open_page
from support.sample_pages import KINDS

MOST_SHIFT = 0.05
WATCH = """
window.shift = 0;
window.moved = [];
new PerformanceObserver((list) => {
  for (const entry of list.getEntries().filter((entry) => !entry.hadRecentInput)) {
    window.shift += entry.value;
    window.moved.push(...entry.sources.map(({ node }) => node?.outerHTML?.slice(0, 100) ?? "text"));
  }
}).observe({ type: "layout-shift", buffered: true });
"""
# Those within a sentence are as high as its line; a drawing has rows of its own.
SMALL_TARGETS = """() => [...document.querySelectorAll("a[href], button, summary, select, input")]
  .filter((target) => target.checkVisibility({ visibilityProperty: true }))
  .filter((target) => !target.closest("svg, .rl-skip-results, .md-skip, .md-option, .md-toggle"))
  .filter((target) => !(getComputedStyle(target).display === "inline" &&
    target.closest("p:not([class]), .rl-lead, td, blockquote, figcaption, .rl-quote, .rl-main > :is(ul, ol):not([class]), section > ul:not([class])")))
  .filter((target) => {
    const boxes = [...target.getClientRects()];
    return boxes.length && (Math.max(...boxes.map((box) => box.height)) < 23.5 || Math.max(...boxes.map((box) => box.width)) < 23.5);
  })
  .map((target) => target.outerHTML.slice(0, 100))"""


class Seen(NamedTuple):
    """What a kind of page did in a window."""

    shift: float
    moved: list[str]
    sideways: list[int]
    small: list[str]
    keys: int


def look_at_pages(browser: Browser, root: str, *, phone: bool) -> Iterator[tuple[str, Seen]]:
    """Yield each kind of page, and what was seen of it."""
    size = {"width": 390, "height": 844} if phone else {"width": 1440, "height": 900}
    context = browser.new_context(viewport=size, has_touch=phone, is_mobile=phone)
    context.add_init_script(WATCH)
    page = context.new_page()
    for kind, address in KINDS.items():
        open_page(page, root + address, kind)
        page.evaluate(AFTER_LAYOUT)
        shift, moved = page.evaluate("[window.shift, window.moved]")
        small = page.evaluate(SMALL_TARGETS)
        keys = page.locator("kbd:visible").count()
        sideways = find_sideways_scrolling(page, (390, 320)) if phone else []
        yield kind, Seen(shift, moved[:6], sideways, small, keys)
    context.close()


@pytest.fixture(scope="module")
def on_a_phone(browser: Browser, root: str) -> dict[str, Seen]:
    return dict(look_at_pages(browser, root, phone=True))


def find_shifts(pages: dict[str, Seen]) -> dict[str, tuple[float, list[str]]]:
    return {
        kind: (seen.shift, seen.moved) for kind, seen in pages.items() if seen.shift >= MOST_SHIFT
    }


def test_no_kind_of_page_moves_while_it_loads(browser: Browser, root: str) -> None:
    assert find_shifts(dict(look_at_pages(browser, root, phone=False))) == {}


def test_none_moves_on_a_phone(on_a_phone: dict[str, Seen]) -> None:
    assert find_shifts(on_a_phone) == {}


def test_on_a_phone_nothing_is_wider_than_it_and_no_key_is_named(
    on_a_phone: dict[str, Seen],
) -> None:
    wrong = {kind: seen for kind, seen in on_a_phone.items() if seen.sideways or seen.keys}
    assert wrong == {}


def test_on_a_phone_what_is_tapped_has_24_pixels_at_least(on_a_phone: dict[str, Seen]) -> None:
    assert {kind: seen.small for kind, seen in on_a_phone.items() if seen.small} == {}


def test_the_button_of_a_note_has_its_room_before_it_is_there(browser: Browser, root: str) -> None:
    tops = []
    for is_late in (True, False):
        page = browser.new_page()
        if is_late:
            page.route("**/readinglog.js", lambda _: None)  # it is on its way as long as this takes
        page.goto(root + KINDS["note"], wait_until="commit" if is_late else "load")
        page.locator(".rl-note-footer").wait_for()
        expect(page.locator(".rl-mark-read button")).to_have_count(0 if is_late else 1)
        page.evaluate(FONTS_LOADED)
        tops.append([])
        for width in range(320, 1200, 40):
            page.set_viewport_size({"width": width, "height": 900})
            page.evaluate(AFTER_LAYOUT)
            tops[-1].append(page.locator(".rl-summary").bounding_box())
        page.close()
    assert tops[0] == tops[1]


@pytest.mark.parametrize("width", [390, 820])
def test_a_narrow_table_of_works_has_a_few_lines_a_work(
    browser: Browser, root: str, width: int
) -> None:
    page = browser.new_page(viewport={"width": width, "height": 900})
    page.goto(root + KINDS["tag"])
    row = page.locator(".rl-tag-works tbody tr").first
    title, idea = row.locator("a").first.bounding_box(), row.locator(".rl-work-idea").bounding_box()
    assert title
    assert idea
    assert idea["y"] >= title["y"] + title["height"] - 1
    assert idea["width"] > width * 0.8
    page.close()


@pytest.mark.parametrize("address", [KINDS["tag"], KINDS["rules"]])
def test_on_a_phone_the_contents_unfold(browser: Browser, root: str, address: str) -> None:
    page = browser.new_page(viewport={"width": 390, "height": 844})
    page.goto(root + address)
    contents = page.locator(".rl-contents a:visible")
    expect(contents).to_have_count(0)
    page.locator(".rl-narrow > summary").click()
    contents.last.click()
    assert page.evaluate("decodeURIComponent(location.hash)").startswith("#")
    page.set_viewport_size({"width": 1200, "height": 900})
    expect(page.locator(".rl-narrow")).to_be_hidden()
    expect(page.locator(".rl-margin .rl-contents")).to_be_visible()
    page.close()
