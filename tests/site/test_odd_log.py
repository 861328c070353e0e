"""A log of odd notes in a real browser, built with either engine: what one note says neither breaks
nor misleads another's page.
"""

from __future__ import annotations

import importlib.util
from collections.abc import Iterator, Sequence
from pathlib import Path
from urllib.parse import quote

import pytest
from playwright.sync_api import Browser, Page, expect

from support.axe import find_violations
from support.browsing import (
    SCHEMES,
    collect_problems,
    find_sideways_scrolling,
    serve_folder,
)
from support.case_pages import read_cases
from support.site_builds import build_notes, build_once, shared_folder

EVERYTHING, SPACED, SIGNS = (
    "notes/everything/",
    quote("notes/Deep Learning/"),
    quote("notes/C# why?/"),
)
PAGES = (
    "",
    EVERYTHING,
    SPACED,
    SIGNS,
    "notes/undated/",
    "notes/hub/",
    "tags/moe/",
    "tags/lonely/",
    "graph/",
    "stats/",
)
_OFTEN = 4  # of these pages, which are looked at each time
WIDTHS = (320, 390, 1400)
MORE = "repo_url: https://forge.example/someone/log\nsite_url: http://localhost/\n"


@pytest.fixture(scope="module", params=["", "zensical"], ids=["mkdocs", "zensical"])
def odd(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    if request.param and importlib.util.find_spec(request.param) is None:
        pytest.skip(
            "zensical is not installed: it is an optional extra, `pip install readinglog[zensical]`"
        )
    shared = shared_folder(tmp_path_factory.getbasetemp())

    def build(folder: Path) -> Path:
        notes = folder.with_name("notes")
        for path, text in next(read_cases("odd")).files.items():
            (notes / path).parent.mkdir(parents=True, exist_ok=True)
            (notes / path).write_bytes(text if isinstance(text, bytes) else str(text).encode())
        return build_notes(notes, folder, MORE, request.param)

    with serve_folder(build_once(shared / f"odd-{request.param or 'mkdocs'}", build)) as root:
        yield root


@pytest.fixture
def page(browser: Browser, odd: str) -> Iterator[Page]:
    """A page that stays without complaint and asks no other host for anything."""
    context = browser.new_context(
        viewport={"width": 1400, "height": 900}, permissions=["clipboard-read", "clipboard-write"]
    )
    page = context.new_page()
    wrong = collect_problems(page)
    page.on(
        "request",
        lambda request: (
            request.url.startswith((odd, "data:", "blob:")) or wrong.append(request.url)
        ),
    )
    page.on("dialog", lambda dialog: wrong.append(dialog.message))
    yield page
    context.close()
    assert wrong == []


@pytest.mark.parametrize(
    ("odd", "pages"),
    [
        ("", PAGES[:_OFTEN]),
        pytest.param("", PAGES[_OFTEN:], marks=pytest.mark.slow),
        pytest.param("zensical", PAGES, marks=pytest.mark.slow),
    ],
    ids=["mkdocs", "mkdocs, others", "zensical"],
    indirect=["odd"],
)
def test_pages_are_sound_open_to_all_and_within_their_window(
    page: Page, odd: str, pages: Sequence[str], request: pytest.FixtureRequest
) -> None:
    found = []
    zensical = (
        "zensical" in request.node.name
    )  # takes the sharp of a name for the start of a fragment
    for address in (address for address in pages if not (zensical and address == SIGNS)):
        page.emulate_media(color_scheme="light", reduced_motion="reduce")
        page.goto(odd + address)
        for scheme in SCHEMES:
            page.emulate_media(color_scheme=scheme)
            found += [(address, broken) for broken in find_violations(page, scheme, WIDTHS)]
        sideways = find_sideways_scrolling(page, WIDTHS)
        found += [(address, f"scrolls sideways at {width}") for width in sideways]
        ids = page.evaluate("[...document.querySelectorAll('[id]')].map((element) => element.id)")
        found += [(address, f"id twice: {id_}") for id_ in {*ids} if ids.count(id_) > 1]
    assert found == []


def test_the_page_of_a_note_is_its_own_whatever_file_lies_beside_it(page: Page, odd: str) -> None:
    page.goto(odd + EVERYTHING)
    expect(page.locator("h1")).to_have_text("Everything & <script>alert('t')</script>")
    page.goto(odd + SPACED)
    page.locator(".rl-quote").first.wait_for()
    page.locator(".rl-note-footer a[href*='everything']").first.hover()
    expect(page.locator(".rl-preview")).to_contain_text("all that a note may hold")
    assert page.request.get(f"{odd}notes/hub/feed.json").json()["items"]


def test_footnotes_stand_beside_the_text_where_there_is_room(page: Page, odd: str) -> None:
    page.goto(odd + EVERYTHING)
    notes = page.locator("div.rl-sidenote")
    expect(notes).to_have_count(3)
    expect(notes.last).to_be_visible()
    expect(notes.last).to_contain_text("The third is long")
    beside, text = notes.last.bounding_box(), page.locator(".rl-main").bounding_box()
    assert beside
    assert text
    assert beside["x"] >= text["x"] + text["width"]
    page.set_viewport_size({"width": 1000, "height": 900})
    expect(notes.last).to_be_hidden()
    notes.evaluate_all("(notes) => notes.forEach((note) => { note.hidden = false; })")
    expect(notes.last).to_be_hidden()  # even before the script has noticed the narrow window
    expect(page.locator(".footnote li")).to_have_count(3)


def test_a_note_cannot_take_the_part_of_ours(page: Page, odd: str) -> None:
    page.goto(odd + EVERYTHING)
    expect(page.get_by_role("button", name="Mark as read")).to_have_count(1)
    page.keyboard.press("c")
    expect(page.locator(".rl-toast")).to_have_text("BibTeX copied")
    assert "@article" not in str(page.evaluate("navigator.clipboard.readText()"))  # it has no venue
    assert str(page.evaluate("navigator.clipboard.readText()")).startswith("@misc{everything,")
    page.get_by_role("link", name="Cite", exact=True).first.click()
    expect(page.locator("[id='rl:cite']")).to_contain_text("@misc{everything,")


def test_a_mark_is_that_of_one_note_and_of_its_former_name(page: Page, odd: str) -> None:
    page.goto(odd + SPACED)
    assert page.locator(".rl-mark-read").get_attribute("data-note") == "Deep Learning/old-learning"
    page.get_by_role("button", name="Mark as read").click()
    page.goto(odd + quote("notes/Deep One/"))
    expect(page.get_by_role("button", name="Mark as read")).to_be_visible()
    expect(page.locator(".rl-path-list")).to_contain_text("✓ read")
    page.evaluate(
        "(key) => localStorage.setItem(key, '[\"old-learning\"]')",
        page.evaluate("Object.keys(localStorage).find((key) => key.includes(':read:'))"),
    )
    page.goto(odd + SPACED)
    expect(page.get_by_role("button", name="Undo")).to_be_visible()


def test_keys_can_be_turned_off(page: Page, odd: str) -> None:
    page.goto(odd + EVERYTHING)
    page.locator(".rl-shortcuts summary").click()
    page.get_by_role("button", name="Turn off").click()
    page.keyboard.press("c")
    page.reload()
    page.keyboard.press("/")
    page.keyboard.press("Control+k")
    expect(page).to_have_url(odd + EVERYTHING)
    expect(page.locator(".rl-toast")).to_have_count(0)
    expect(page.get_by_role("dialog")).to_have_count(0)
    page.locator(".rl-shortcuts summary").click()
    page.get_by_role("button", name="Turn on").click()
    page.keyboard.press("/")
    expect(page.get_by_role("dialog")).to_be_visible()
    page.keyboard.press("Escape")
    page.keyboard.press("s")
    expect(page).to_have_url(f"{odd}search/")


def test_the_site_has_a_way_around_and_both_schemes_by_itself(page: Page, odd: str) -> None:
    page.goto(odd)
    for name in ("Search", "Log", "Tags", "Map", "Statistics"):
        expect(page.locator(".md-tabs").get_by_role("link", name=name)).to_be_visible()
    colours = []
    for scheme in ("light", "dark"):
        page.emulate_media(color_scheme=scheme)
        page.goto(odd)
        colours.append(page.evaluate("getComputedStyle(document.body).backgroundColor"))
    assert colours == ["rgb(253, 252, 248)", "rgb(25, 26, 28)"]


def test_a_page_that_is_not_there_offers_what_it_may_have_meant(page: Page, odd: str) -> None:
    lost = lambda url: url.endswith(("/dep-lerning/", "/%E0%A4%A/learning/"))  # noqa: E731
    page.route(
        lost, lambda route: route.fulfill(status=200, body=route.fetch().body())
    )  # that it is a 404 is no complaint
    page.goto(f"{odd}notes/dep-lerning/")
    expect(page.locator("#rl-suggestions a").first).to_have_text("Deep learning")
    page.goto(f"{odd}notes/%E0%A4%A/learning/")
    expect(page.locator("#rl-suggestions a").first).to_be_visible()
