"""What holds on every kind of page of the built site, in a real browser: open to all, quiet, within its host and its window."""

from __future__ import annotations

import pytest
from axe_playwright_python.base import AXE_SCRIPT
from playwright.sync_api import Browser, Page

from support.browsing import AXE, COLOURS, KINDS, RULES, SCHEMES, SETTLED, go, listening

# The elements of the content that move of themselves, for longer than no time.
MOVING = """() => {
  const lasting = (style) => `${style.transitionDuration}, ${style.animationDuration}`.split(", ").some((time) => parseFloat(time) > 0);
  const parts = [null, "::before", "::after"];
  const elements = [...document.querySelectorAll(".md-content, .md-content *")];
  const moving = elements.filter((element) => parts.some((part) => lasting(getComputedStyle(element, part))));
  return moving.map((element) => element.outerHTML.slice(0, 100));
}"""

# A few words, and a link, that a reader without scripts finds on each kind of page.
PLAIN = {
    "home": ("Reading log", "Notes on machine-learning research", "Newest notes", "tags/moe/"),
    "note": (
        "Switch Transformers",
        "William Fedus",
        "What it claims",
        "notes/expert-choice-routing/",
    ),
    "table": ("DeepSeek-V3", "DeepSeek-AI", "Linked from", "notes/deepseekmoe/"),
    "hub": ("Mixture of experts", "Open questions", "Native sparse attention", "notes/gshard/"),
    "tag": ("MoE", "A path through it", "few of many experts", "notes/gshard/"),
    "leaf-tag": (
        "load balancing",
        "A path through it",
        "Keeping every expert busy",
        "tags/routing/",
    ),
    "tags": ("Tags", "post-training", "How a token's experts are chosen.", "tags/routing/"),
    "authors": ("Authors", "Noam Shazeer", "Damai Dai", "authors/noam-shazeer/"),
    "author": (
        "Noam Shazeer",
        "Switch Transformers",
        "Sparsely-Gated",
        "notes/switch-transformers/",
    ),
    "log": ("Log", "November 2026", "Trajectory-Refined Distillation", "notes/trd/"),
    "month": ("November 2026", "21 November 2026", "Trajectory-Refined Distillation", "notes/trd/"),
    "search": ("Search", "Searching needs JavaScript", "load balancing", "tags/load-balancing/"),
    "map": ("Map", "links between them", "GShard", "notes/gshard/"),
    "stats": ("Statistics", "Notes over time", "Topics over time", "tags/moe/"),
    "wanted": ("Wanted", "not yet written", "tags/"),
    "contribute": ("Add a note", "Front matter", "readinglog check", "rules/"),
    "rules": ("Checks", "unresolved-link", "What readinglog check looks at", "#unresolved-link"),
    "missing": ("There is no such page", "It may have been renamed", "by tag", "tags/"),
}


@pytest.fixture(scope="session")
def schemes(browser: Browser) -> dict[str, Page]:
    """A page for each scheme, in which one kind is opened after the other; without motion, so that nothing is caught half way."""
    return {
        scheme: browser.new_context(color_scheme=scheme, reduced_motion="reduce").new_page()
        for scheme in SCHEMES
    }


@pytest.mark.parametrize("kind", KINDS)
def test_axe_finds_no_violation_in_either_scheme_at_any_width(
    kind: str, schemes: dict[str, Page], root: str
) -> None:
    found = []
    for scheme, page in schemes.items():
        go(page, root, kind)
        page.evaluate(AXE_SCRIPT)
        for width in (390, 820, 1400):
            page.set_viewport_size({"width": width, "height": 900})
            page.evaluate(SETTLED)
            answer = page.evaluate(
                AXE, RULES if scheme == "light" else COLOURS
            )  # the rest is the same in both
            for rule in answer["violations"]:
                places = [" ".join(map(str, node["target"])) for node in rule["nodes"]]
                found.append(f"{scheme} {width}: {rule['id']}: {rule['help']}: {places[:5]}")
    assert found == []


@pytest.mark.parametrize("kind", KINDS)
def test_a_page_complains_of_nothing_and_asks_no_other_host(
    kind: str, browser: Browser, root: str
) -> None:
    context = browser.new_context(viewport={"width": 1400, "height": 900})
    foreign: list[str] = []
    context.on(
        "request",
        lambda request: (
            request.url.startswith((root, "data:", "blob:")) or foreign.append(request.url)
        ),
    )
    context.route(lambda url: not url.startswith(root), lambda route: route.abort())
    page = context.new_page()
    wrong = listening(page)
    page.on("requestfailed", lambda request: wrong.append(f"{request.failure} {request.url}"))
    go(page, root, kind)
    page.evaluate("scrollTo(0, document.documentElement.scrollHeight)")
    page.locator(".md-tabs a:visible, main a[href]:visible").last.hover()
    for box in page.locator(".rl-search input").all():
        box.focus()
    page.wait_for_load_state("networkidle")
    context.close()
    if kind == "missing":
        wrong.remove(f"404 {root}{KINDS[kind]}")
        wrong = [line for line in wrong if "status of 404" not in line]
    assert (wrong, foreign) == ([], [])


@pytest.mark.parametrize("kind", KINDS)
def test_no_page_scrolls_sideways(kind: str, schemes: dict[str, Page], root: str) -> None:
    page = schemes["light"]
    go(page, root, kind)
    for width in (320, 390, 820, 1400):
        page.set_viewport_size({"width": width, "height": 900})
        sizes = page.evaluate(
            "[document.documentElement.scrollWidth, document.documentElement.clientWidth]"
        )
        assert sizes[0] <= sizes[1], width


def test_every_page_reads_without_javascript(browser: Browser, root: str) -> None:
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    assert PLAIN.keys() == KINDS.keys()
    for kind, (heading, *texts, link) in PLAIN.items():
        page.goto(root + KINDS[kind])
        assert heading in page.locator("h1").inner_text(), kind
        main = page.locator("main").inner_text()
        for text in texts:
            assert text in main, kind
        assert page.locator(f"a[href$='{link}']:visible").count(), kind
    context.close()


def test_who_asks_for_less_motion_gets_none(schemes: dict[str, Page], root: str) -> None:
    page = schemes["light"]
    for kind in KINDS:
        go(page, root, kind)
        assert page.evaluate(MOVING) == [], kind


def test_the_scheme_follows_the_system(schemes: dict[str, Page], root: str) -> None:
    colours = {}
    for scheme, page in schemes.items():
        go(page, root, "home")
        colours[scheme] = page.evaluate("getComputedStyle(document.body).backgroundColor")
    assert len(set(colours.values())) == 2
    assert (
        sum(map(int, colours["dark"][4:-1].split(", ")))
        < 200
        < sum(map(int, colours["light"][4:-1].split(", ")))
    )
