"""What a reader does on the site of the sample log, in a real browser: by key, by hand and by
touch, on a screen and on paper.
"""

from __future__ import annotations

import io
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Literal
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Browser, Locator, Page, Route, expect
from pypdf import PdfReader

from support.browsing import AFTER_LAYOUT, collect_problems
from support.built_pages import read_previews
from support.map_labels import find_label_problems, list_maps
from support.packed_files import answer_packed, pack, read_packed

NOTE, TAG = "notes/deadbeat-escapement/", "tags/mechanical-clocks/"
BEFORE = "anchor-escapement"  # on which it builds
LINK = ".rl-main > p a.rl-link"  # in a note's own text
WIDE = {"width": 1400, "height": 900}

# How what has the focus looks: whether it is marked, by itself or the label that stands for it, and
# whether it is seen where it is.
FOCUSED = """async () => {
  const element = document.activeElement;
  const own = element.closest("svg") ? [element.firstElementChild] : [element, ...(element.labels ?? []), element.nextElementSibling];
  const shown = own.find((part) => part?.getBoundingClientRect().width > 1) ?? element;
  await Promise.all(document.getAnimations().map((animation) => animation.finished));
  const styles = [element, shown].map((part) => getComputedStyle(part));
  const box = shown.getClientRects()[0] ?? shown.getBoundingClientRect();
  const [left, right] = [Math.max(0, box.left), Math.min(innerWidth, box.right)];
  const [top, bottom] = [Math.max(0, box.top), Math.min(innerHeight, box.bottom)];
  const above = left < right && top < bottom ? document.elementFromPoint((left + right) / 2, (top + bottom) / 2) : null;
  return {
    what: element.outerHTML.slice(0, 120),
    marked: styles.some((style) => style.outlineStyle !== "none" && parseFloat(style.outlineWidth) > 0),
    seen: Boolean(above) && (shown.contains(above) || above.contains(shown)) && Number(styles[1].opacity) > 0.5,
  };
}"""
BOXES = "[...document.querySelectorAll('.rl-main, .rl-main *')].map((e) => Object.values(e.getBoundingClientRect().toJSON()).join(' '))"


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    """A page of a reader who was never here before; it has to stay without complaint."""
    context = browser.new_context(viewport=WIDE, permissions=["clipboard-read", "clipboard-write"])
    page = context.new_page()
    wrong = collect_problems(page)
    yield page
    context.close()
    assert wrong == []


def tab_to(page: Page, selector: str, most: int = 150) -> None:
    """Go on by Tab until what the selector names has the focus.

    All that has it on the way can be seen to have it.
    """
    page.wait_for_load_state()  # before that, a key may find no page to act on
    for _ in range(most):
        page.keyboard.press("Tab")
        focused = page.evaluate(FOCUSED)
        assert (focused["marked"], focused["seen"]) == (True, True), focused["what"]
        if page.evaluate("(selector) => document.activeElement.matches(selector)", selector):
            return
    pytest.fail(f"no Tab leads to {selector}")


def test_the_current_section_is_marked_in_the_contents_which_stay(page: Page, root: str) -> None:
    page.set_viewport_size({"width": 1440, "height": 500})
    page.goto(root + "notes/tower-clock-survey/")
    contents = page.locator(".rl-margin .rl-contents")
    links = contents.locator("a:not([href^='#rl:'])")
    assert links.count() > 1
    assert contents.get_by_role("link").all_inner_texts()[-2:] == ["Connections", "Cite"]
    expect(contents.locator("[aria-current]")).to_have_count(0)
    for link in (links.last, links.first):
        heading = page.locator(f"[id='{str(link.get_attribute('href'))[1:]}']")
        heading.evaluate(
            "(heading) => scrollTo(0, scrollY + heading.getBoundingClientRect().top - 50)"
        )
        expect(link).to_have_attribute("aria-current", "location")
        expect(contents.locator("[aria-current]")).to_have_count(1)
        expect(link).to_be_in_viewport()


# Keys
# -----------------------------------------------------------------------------


@pytest.mark.slow  # the first stops, and those of a page, are walked each time
def test_keys_alone_lead_from_a_root_tag_to_a_note_and_on_to_one_that_links_to_it(
    page: Page, root: str
) -> None:
    page.goto(root)
    tab_to(page, f".rl-desk .rl-tags a[href$='{TAG}']")
    page.keyboard.press("Enter")
    expect(page).to_have_url(root + TAG)
    tab_to(page, f"a[href$='/{BEFORE}/']")
    page.keyboard.press("Enter")
    expect(page).to_have_url(f"{root}notes/{BEFORE}/")
    tab_to(page, ".rl-connections:not(.rl-reading-path) summary:has(h3)")
    page.keyboard.press("Enter")
    tab_to(page, ".rl-connections .rl-plain a")
    wanted = page.evaluate("document.activeElement.href")
    page.keyboard.press("Enter")
    expect(page).to_have_url(wanted)
    expect(page.locator("h1")).to_be_visible()


@pytest.mark.parametrize("address", ["", NOTE, TAG, "graph/"])
def test_the_first_key_skips_to_the_content(page: Page, root: str, address: str) -> None:
    page.goto(root + address)
    tab_to(page, ".md-skip", most=1)
    page.keyboard.press("Enter")
    expect(page).to_have_url(re.compile("#."))
    to = page.locator(f"[id='{urlsplit(page.url).fragment}']")
    expect(to).to_be_in_viewport()
    assert to.evaluate("(element) => Boolean(element.closest('.md-content'))")
    page.keyboard.press("Tab")
    assert page.evaluate("Boolean(document.activeElement.closest('.md-content'))")


@pytest.mark.parametrize("address", [NOTE, "contribute/"])
def test_on_a_phone_every_stop_of_the_tab_key_can_be_seen(
    browser: Browser, root: str, address: str
) -> None:
    page = browser.new_page(viewport={"width": 390, "height": 844}, reduced_motion="reduce")
    page.goto(root + address)
    stops = []
    for _ in range(100):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement === document.body"):
            break
        stops.append(page.evaluate(FOCUSED))
    page.close()
    assert len(stops) > 3
    assert [stop["what"] for stop in stops if not (stop["marked"] and stop["seen"])] == []


# Previews
# -----------------------------------------------------------------------------


def says(preview: Locator, site: Path, link: Locator) -> None:
    """Expect the preview of the note that a link leads to: title, authors and year, tags, summary."""
    expect(preview).to_be_visible()
    name = link.evaluate("(link) => decodeURIComponent(link.pathname.split('/').at(-2))")
    *texts, tags = read_previews(site)[name]
    for text in (*texts, *(tag for tag, _ in tags)):
        expect(preview).to_contain_text(text)
    expect(preview).not_to_contain_text(re.compile(r"\b(false|null|undefined)\b"))
    expect(link).to_have_attribute("aria-describedby", "rl:preview")


def test_focus_shows_a_preview_that_escape_closes(page: Page, root: str, site: Path) -> None:
    page.goto(root + NOTE)
    preview = page.locator(".rl-preview")
    before = page.evaluate(BOXES)
    tab_to(page, LINK)
    link = page.locator(LINK).first
    page.evaluate("scrollTo(0, 0)")
    says(preview, site, link)
    assert page.evaluate(BOXES) == before
    page.keyboard.press("Escape")
    expect(preview).to_be_hidden()
    expect(link).to_be_focused()
    expect(link).not_to_have_attribute("aria-describedby", re.compile(""))
    page.keyboard.press("Tab")
    says(preview, site, page.locator(":focus"))


def test_the_hand_shows_a_preview_and_may_go_onto_it(page: Page, root: str, site: Path) -> None:
    page.goto(root + NOTE)
    link, preview = page.locator(LINK).first, page.locator(".rl-preview")
    link.scroll_into_view_if_needed()
    before = page.evaluate(BOXES)
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url.removeprefix(root)))
    link.hover()
    says(preview, site, link)
    assert page.evaluate(BOXES) == before
    starts = read_packed(site / "previews/starts.bin")
    assert asked == ["previews/starts.bin", f"previews/0.bin?{starts['build_id']}"]
    box = preview.bounding_box()
    assert box
    page.mouse.move(box["x"] + 20, box["y"] + box["height"] / 2, steps=8)
    page.wait_for_timeout(600)
    expect(preview).to_be_visible()
    page.mouse.move(5, 5, steps=4)
    expect(preview).to_be_hidden()
    expect(link).not_to_have_attribute("aria-describedby", re.compile(""))


def test_the_first_touch_shows_a_preview_and_the_second_follows(
    browser: Browser, root: str, site: Path
) -> None:
    context = browser.new_context(
        viewport={"width": 390, "height": 844}, has_touch=True, is_mobile=True
    )
    page = context.new_page()
    page.goto(root + NOTE)
    link, preview = page.locator(LINK).first, page.locator(".rl-preview")
    link.tap()
    says(preview, site, link)
    expect(page).to_have_url(root + NOTE)
    box = preview.bounding_box()
    assert box
    assert box["x"] >= 0
    assert box["x"] + box["width"] <= 390
    page.locator(".rl-summary").tap()
    expect(preview).to_be_hidden()
    link.tap()
    says(preview, site, link)
    wanted = link.evaluate("(link) => link.href")
    expect(preview.get_by_role("link", name="Open note")).to_have_attribute("href", wanted)
    link.tap()
    expect(page).to_have_url(wanted)
    context.close()


def hover_anew(page: Page, link: Locator) -> None:
    """Take the pointer away from what it is on, and to a link when no preview is shown."""
    page.mouse.move(5, 5)
    expect(page.locator(".rl-preview")).to_be_hidden()
    link.hover()


@pytest.mark.parametrize(
    ("file", "body"),
    [
        ("starts.bin", None),
        ("starts.bin", pack({"build_id": "0", "starts": []})[:20]),
        ("starts.bin", pack(None)),
        ("starts.bin", b"<!doctype html>"),
        ("starts.bin", pack({"build_id": "0", "starts": []})),
        ("starts.bin", pack({"build_id": "0", "starts": ["zzz"]})),
        ("0.bin", None),
        ("0.bin", b"<!doctype html>"),
        ("0.bin", pack({"anchor-escapement": ["Anchors"]})[:20]),
        ("0.bin", pack(None)),
        ("0.bin", pack({"another-note": ["Of another build", "", "", []]})),
    ],
)
def test_without_its_file_there_is_no_preview_until_it_is_there(
    browser: Browser, root: str, site: Path, file: str, body: bytes | None
) -> None:
    page = browser.new_page(viewport=WIDE)
    problems = collect_problems(page)
    page.goto(root + NOTE)
    link, preview = page.locator(f"{LINK}[href*='{BEFORE}']").first, page.locator(".rl-preview")
    pattern = re.compile(rf"/previews/{re.escape(file)}")
    tries: list[str] = []

    def answer(route: Route) -> None:
        tries.append(route.request.url)
        route.fulfill(status=404) if body is None else route.fulfill(body=body)

    page.route(pattern, answer)
    with page.expect_response(lambda found: pattern.search(found.url) and len(tries) == 2):
        hover_anew(page, link)
    page.wait_for_timeout(100)
    expect(preview).to_be_hidden()
    page.unroute(pattern)
    hover_anew(page, link)
    says(preview, site, link)
    page.close()
    assert [problem for problem in problems if "404" not in problem] == []


@pytest.mark.parametrize("entry", ["text", {}, ["Title", "By", "Summary", [None]]])
def test_a_preview_of_another_form_is_not_shown(page: Page, root: str, entry: object) -> None:
    page.route("**/previews/0.bin?*", lambda route: answer_packed(route, {BEFORE: entry}))
    page.goto(root + NOTE)
    with page.expect_response("**/previews/0.bin?*"):
        page.locator(f"{LINK}[href*='{BEFORE}']").first.hover()
    page.wait_for_timeout(100)
    expect(page.locator(".rl-preview")).to_be_hidden()


def test_a_page_that_is_open_while_the_site_is_built_anew_shows_the_new_previews(
    page: Page, root: str, site: Path
) -> None:
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url.removeprefix(root)))
    page.route(
        "**/previews/starts.bin",
        lambda route: answer_packed(route, {"build_id": "old", "starts": ["", "anchor"]}),
        times=1,
    )
    page.route(
        "**/previews/1.bin?old",
        lambda route: answer_packed(route, {"b": ["Other", "", "", []]}),
    )
    page.goto(root + NOTE)
    link = page.locator(f"{LINK}[href*='{BEFORE}']").first
    link.hover()
    says(page.locator(".rl-preview"), site, link)
    starts = read_packed(site / "previews/starts.bin")
    assert [path for path in asked if path.startswith("previews/")] == [
        "previews/starts.bin",
        "previews/1.bin?old",
        "previews/starts.bin",
        f"previews/0.bin?{starts['build_id']}",
    ]


def test_each_file_of_the_previews_is_fetched_once(page: Page, root: str, site: Path) -> None:
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.goto(root + NOTE)
    links, preview = page.locator(LINK), page.locator(".rl-preview")
    assert links.count() > 1
    for link in (*links.all(), links.first):
        hover_anew(page, link)
        says(preview, site, link)
    files = [address for address in asked if "/previews/" in address]
    assert len(files) == len(set(files)) == 2


# Marks and citations
# -----------------------------------------------------------------------------


# The side notes that are shown, how many of them lie over another one or what else is in the margin,
# and how far the page is wider than the window.
SIDENOTES = """async () => {
  await new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)));
  const box = (element) => element.getBoundingClientRect();
  const notes = [...document.querySelectorAll(".rl-sidenote")].filter((note) => note.checkVisibility({ visibilityProperty: true })).map(box);
  const others = [...document.querySelectorAll(".rl-margin, .rl-map, .rl-main > p")].map(box);
  const meet = (a, b) => a.left < b.right && b.left < a.right && a.top < b.bottom && b.top < a.bottom;
  const over = notes.filter((note, at) => [...notes.slice(at + 1), ...others].some((other) => meet(note, other)));
  const { scrollWidth, clientWidth } = document.documentElement;
  return { shown: notes.length, over: over.length, wider: scrollWidth - clientWidth };
}"""


def test_what_a_cited_work_is_about_stands_beside_its_line_and_over_nothing(
    page: Page, root: str, site: Path
) -> None:
    page.goto(root + NOTE)
    page.evaluate("document.fonts.ready")
    link = page.locator(LINK).first
    _, _, summary, *_ = read_previews(site)[BEFORE]
    beside = page.locator(".rl-sidenotes > p", has_text=summary)
    expect(beside).to_be_visible()
    expect(beside).to_contain_text("Anchor 2003")
    line, note = link.bounding_box(), beside.bounding_box()
    assert line
    assert note
    assert 0 <= note["y"] - line["y"] <= 240
    for width in (1101, 1400, 1920):
        for size in ("", "200%", "60%"):
            page.set_viewport_size({"width": width, "height": 900})
            page.evaluate("(size) => { document.documentElement.style.fontSize = size; }", size)
            found = page.evaluate(SIDENOTES)
            assert found["shown"], (width, size)
            assert (found["over"], found["wider"]) == (0, 0), (width, size)
    page.set_viewport_size({"width": 1000, "height": 900})
    expect(beside).to_be_hidden()


@pytest.mark.parametrize("width", [1101, 1440, 2000])
def test_what_stands_beside_the_text_makes_way_for_the_contents_that_stay(
    page: Page, root: str, width: int
) -> None:
    page.set_viewport_size({"width": width, "height": 500})
    page.goto(root + "notes/tower-clock-survey/")
    page.evaluate("document.fonts.ready")
    seen = 0
    for place in range(0, page.evaluate("document.body.scrollHeight"), 120):
        page.evaluate("(place) => scrollTo(0, place)", place)
        page.evaluate(AFTER_LAYOUT)
        found = page.evaluate(SIDENOTES)
        seen += found["shown"]
        assert (found["over"], found["wider"]) == (0, 0), place
        expect(page.locator(".rl-margin .rl-contents")).to_be_in_viewport()
    assert seen


def test_what_is_marked_as_read_is_crossed_off_in_this_browser_alone(
    page: Page, browser: Browser, root: str
) -> None:
    page.goto(f"{root}notes/{BEFORE}/index.html")
    page.get_by_role("button", name="Mark as read").click()
    page.goto(root + NOTE)
    path = page.locator(".rl-reading-path")
    leads_there = f":has(a[href$='/{BEFORE}/'])"
    read, others = path.locator(f"li{leads_there}"), path.locator(f"li:not({leads_there})")
    expect(read).to_contain_text("✓ read")
    minutes = sum(int(str(item.get_attribute("data-minutes"))) for item in others.all())
    expect(page.locator(".rl-remaining")).to_have_text(
        re.compile(rf"{others.count()} left, {minutes} min")
    )
    for item in others.all():
        expect(item).not_to_contain_text("✓")
    other = browser.new_page()
    other.goto(root + NOTE)
    expect(other.locator(".rl-reading-path")).not_to_contain_text("✓")
    other.close()
    page.goto(f"{root}notes/{BEFORE}/")
    page.get_by_role("button", name="Undo").click()
    page.goto(root + NOTE)
    expect(path).not_to_contain_text("✓")


def test_a_sign_has_a_name_to_hear_and_to_point_at(page: Page, root: str) -> None:
    page.goto(root + NOTE)
    sign = page.locator(".headerlink").first
    expect(sign).to_have_accessible_name("Link to this section")
    expect(sign).to_have_attribute("title", "Link to this section")


def test_a_mark_outlives_the_renaming_of_its_note(page: Page, root: str) -> None:
    page.goto(f"{root}notes/{BEFORE}/")
    page.get_by_role("button", name="Mark as read").click()

    names = f'data-note="long-anchor/{BEFORE}"'

    def rename(route: Route) -> None:
        answer = route.fetch()
        text = re.sub(rf'<li( [^>]*><a [^>]*/{BEFORE}/")', rf"<li {names}\1", answer.text())
        text = text.replace(f'data-note="{BEFORE}"', names)
        route.fulfill(response=answer, body=text)

    page.route("**/notes/*/", rename)
    page.goto(root + NOTE)
    expect(page.locator(".rl-path-list [data-note^='long-anchor']")).to_contain_text("✓ read")
    page.goto(f"{root}notes/{BEFORE}/")
    expect(page.get_by_role("button", name="Undo")).to_be_visible()


def copied(page: Page) -> str:
    return str(page.evaluate("navigator.clipboard.readText()")).strip()


def test_a_key_copies_bibtex_and_a_button_the_citation(page: Page, root: str) -> None:
    page.goto(root + NOTE)
    page.keyboard.press("c")
    expect(page.locator(".rl-toast")).to_have_text("BibTeX copied")
    assert copied(page) == str(page.locator(".rl-cite code").text_content()).strip()
    assert copied(page).startswith("@article{deadbeat-escapement,")
    page.locator("summary:text-is('Cite')").click()
    page.get_by_role("button", name="Copy citation").click()
    expect(page.locator(".rl-toast")).to_have_text("Citation copied")
    assert copied(page) == page.locator(".rl-cite p").inner_text().strip()
    assert copied(page).startswith("Ada Adams")


# Maps
# -----------------------------------------------------------------------------

# What is linked with a node, by the map's own lines; and what stands out now.
NEAR = """(node) => {
  const map = node.closest(".rl-map, .rl-lanes"), own = node.dataset.node;
  const links = [...map.querySelectorAll("[data-links]")].flatMap((from) => from.dataset.links.split(" ").map((to) => `${from.dataset.node} ${to}`));
  const ends = links.filter((two) => two.split(" ").includes(own));
  return { nodes: [...new Set([own, ...ends.flatMap((two) => two.split(" "))])].sort(), edges: ends.sort() };
}"""
SHOWN = """(map) => ({
  nodes: [...map.querySelectorAll("[data-node].rl-highlighted")].map((node) => node.dataset.node).sort(),
  edges: [...map.querySelectorAll("[data-ends].rl-highlighted, .rl-lane-lines [data-ends]")].map((edge) => edge.dataset.ends).sort(),
})"""
NOTHING = {"nodes": [], "edges": []}


# Of each arc: how far its ends and its straight side are from the dots that it joins.
ARCS = """(map) => {
  const dots = [...map.querySelectorAll("[data-node]")].map((link) => {
    const { left, top, height } = link.getBoundingClientRect();
    const { marginLeft, width } = getComputedStyle(link, "::before");
    return { x: left + parseFloat(marginLeft) + parseFloat(width) / 2, y: top + height / 2 };
  });
  return [...map.querySelectorAll("[data-ends]")].flatMap((arc) => {
    const { top, bottom, right } = arc.getBoundingClientRect();
    const [from, to] = arc.dataset.ends.split(" ").map((number) => dots[number]);
    return [top - from.y, bottom - to.y, right - from.x].map(Math.abs);
  });
}"""


def test_arcs_on_the_map_of_a_note_begin_and_end_at_its_dots(page: Page, root: str) -> None:
    page.goto(root + NOTE)
    page.locator(".rl-note-footer summary", has_text="Map").click()
    distances = page.locator(".rl-map").evaluate(ARCS)
    assert distances
    assert max(distances) < 2  # pixels


@pytest.mark.parametrize("address", ["graph/", TAG, NOTE])
def test_a_note_on_a_map_stands_out_with_those_that_it_is_linked_with(
    page: Page, root: str, address: str
) -> None:
    page.goto(root + address)
    for fold in page.locator(".rl-note-footer summary", has_text="Map").all():
        fold.click()
    shown = page.locator(".rl-map, .rl-lanes").first
    node = shown.locator("[data-node='2']")
    node.scroll_into_view_if_needed()
    near = node.evaluate(NEAR)
    assert len(near["nodes"]) > 1
    node.hover()
    assert shown.evaluate(SHOWN) == near
    page.mouse.move(2, 2)
    assert shown.evaluate(SHOWN) == NOTHING
    node.focus()
    assert shown.evaluate(SHOWN) == near
    node.blur()
    assert shown.evaluate(SHOWN) == NOTHING


def test_the_legend_of_the_map_chooses_what_it_shows(page: Page, root: str) -> None:
    page.goto(root + "graph/")
    lanes = page.locator(".rl-lane:visible")
    count = lanes.count()
    assert count > 2
    first, second = (page.locator(".rl-lane-legend button").nth(at) for at in (0, 1))
    first.click()
    expect(lanes).to_have_count(1)
    expect(lanes.locator("h2")).to_contain_text(first.inner_text())
    second.click()
    expect(lanes).to_have_count(2)
    expect(second).to_have_attribute("aria-pressed", "true")
    first.click()
    second.click()
    expect(lanes).to_have_count(count)


def test_the_map_leads_to_its_topics_without_scripts(browser: Browser, root: str) -> None:
    page = browser.new_page(java_script_enabled=False, viewport={"width": 390, "height": 844})
    page.goto(root + "graph/")
    page.locator(".rl-lane-legend a").last.click()
    expect(page.locator(".rl-lane").last.locator("h2")).to_be_in_viewport()
    expect(page.locator(".rl-lane a").last).to_be_visible()
    page.close()


def test_the_labels_of_no_map_overlap_or_leave_it(page: Page, root: str, site: Path) -> None:
    page.goto(f"{root}graph/")
    maps = list_maps(site)
    assert {"/graph/", f"/{TAG}", f"/{NOTE}"} <= set(maps)
    assert find_label_problems(page, maps) == []


# Lost addresses and paper
# -----------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("address", "near"),
    [
        ("notes/deadbeat-escapment/", NOTE),
        ("tags/pendulam/", "tags/pendulums/"),
        ("authors/ada-adam/", "authors/ada-adams/"),
    ],
)
def test_an_address_that_leads_nowhere_offers_the_nearest(
    browser: Browser, root: str, address: str, near: str
) -> None:
    page = browser.new_page()
    answer = page.goto(root + address)
    assert answer
    assert answer.status == 404
    page.locator(f"#rl-suggestions a[href$='{near}']").click()
    expect(page).to_have_url(root + near)
    page.close()


def test_the_text_of_a_long_hub_is_folded_until_it_is_asked_for(page: Page, root: str) -> None:
    page.goto(root + TAG)
    headings = page.locator(".rl-folded > h2")
    total = headings.count()
    shown = int(str(page.locator(".rl-folded").get_attribute("data-fold"))) - 1
    assert total
    expect(headings.nth(total - 1)).to_be_hidden()
    expect(page.locator(".rl-folded > h2:visible")).to_have_count(shown)
    page.get_by_text("Read on").click()
    expect(page.locator(".rl-folded > h2:visible")).to_have_count(total)
    anchor = headings.nth(total - 1).get_attribute("id")
    page.goto(root)
    page.goto(f"{root}{TAG}#{anchor}")
    expect(headings.nth(total - 1)).to_be_in_viewport()


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_what_is_wider_than_a_phone_shows_it_and_scrolls_by_key(
    browser: Browser, root: str, scheme: Literal["light", "dark"]
) -> None:
    context = browser.new_context(viewport={"width": 320, "height": 800}, color_scheme=scheme)
    page = context.new_page()
    page.goto(root + NOTE)
    formula = page.get_by_role("group", name="Formula")
    expect(formula).to_have_count(1)
    shadows = "(element) => getComputedStyle(element).backgroundImage.split('gradient').length - 1"
    assert formula.evaluate(shadows) == 4
    formula.focus()
    page.keyboard.press("ArrowRight")
    page.wait_for_function("document.activeElement.scrollLeft > 0")
    page.set_viewport_size(WIDE)
    expect(formula).to_have_count(0)
    context.close()


def test_a_note_on_paper_is_its_text_without_what_only_a_hand_can_use(
    page: Page, root: str
) -> None:
    page.goto(root + NOTE)
    sentence = " ".join(page.locator(".rl-main > p").first.inner_text().split()[:8])
    reader = PdfReader(io.BytesIO(page.pdf()))
    text = " ".join(" ".join(sheet.extract_text() for sheet in reader.pages).split())
    for wanted in (
        "Deadbeat Escapements: Regulating Tower Clocks to a Second",
        "Ada Adams",
        "Chi Chen",
        sentence,
        "Works cited",
        "An anchor of two pallets",
        "@article{deadbeat-escapement",
    ):
        assert wanted in text
    for unwanted in (
        "Statistics",
        "Cited by",
        "Mark as read",
        "Search",
        "Copy BibTeX",
        "Skip to content",
        "Back to top",
    ):
        assert unwanted not in text
    assert len(reader.pages) <= 3


def test_on_paper_the_map_has_two_pages_and_a_tag_is_its_table(page: Page, root: str) -> None:
    page.goto(root + "graph/")
    assert len(PdfReader(io.BytesIO(page.pdf(format="A4"))).pages) <= 2
    page.goto(root + TAG)
    page.emulate_media(media="print")
    expect(page.locator(".rl-tag-works tbody tr").last).to_be_visible()
    for unwanted in (".rl-lanes", ".rl-folded > p", ".rl-links", ".rl-tag-lines"):
        assert page.locator(unwanted).count(), unwanted
        assert not page.locator(f"{unwanted}:visible").count(), unwanted
