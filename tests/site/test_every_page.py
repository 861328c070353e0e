"""What holds on every kind of page of the sample log, in a real browser: open to all, quiet, within
its host and its window.
"""

from __future__ import annotations

import pytest
from playwright.sync_api import Browser

from support.axe import find_violations
from support.browsing import (
    SCHEMES,
    find_sideways_scrolling,
    forgive_404,
    make_it_fetch,
    open_page,
    visit,
)
from support.sample_pages import KINDS

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
    "home": (
        "A log of clocks",
        "Invented notes on how time was kept",
        "Newest notes",
        "tags/mechanical-clocks/",
    ),
    "note": ("Deadbeat Escapements", "Chi Chen", "What it claims", "notes/gravity-escapement/"),
    "table": (
        "Survey of Tower Clocks",
        "Ticktown Clock Society",
        "Connections",
        "notes/free-pendulum/",
    ),
    "code": ("moon-phase-display", "rem_euclid", "so that no seam is seen", "notes/lunar-tables/"),
    "long-title": ("the Patience of the Parish", "Zoë Żak", "It was dirty.", "notes/oil-and-dirt/"),
    "long-formula": ("The Equation of Time", "365.2422", "Connections", "notes/horizontal-dial/"),
    "right-to-left": ("ساعة الفيل", "عائشة المثال", "ماذا يقول", "notes/outflow-vessel/"),
    "hub": (
        "Clocks that tick",
        "Open questions",
        "A vacuum removes the air",
        "notes/anchor-escapement/",
    ),
    "tag": (
        "mechanical clocks",
        "In reading order",
        "a train of wheels counts",
        "notes/anchor-escapement/",
    ),
    "leaf-tag": (
        "pendulums",
        "In reading order",
        "one swing as long as the next",
        "tags/escapements/",
    ),
    "tags": (
        "Tags",
        "water clocks",
        "Lines on a floor or a wall that show nothing but noon.",
        "tags/escapements/",
    ),
    "authors": ("Authors", "Ada Adams", "Zoë Żak", "authors/ada-adams/"),
    "author": (
        "Ada Adams",
        "Deadbeat",
        "Sea trials",
        "notes/deadbeat-escapement/",
    ),
    "log": ("Log", "June 2025", "Oil and Dirt", "notes/oil-and-dirt/"),
    "month": ("June 2025", "3 June 2025", "Oil and Dirt", "notes/oil-and-dirt/"),
    "search": ("Search", "Search needs JavaScript", "pendulums", "tags/pendulums/"),
    "map": ("Map", "links between them", "Anchor", "notes/anchor-escapement/"),
    "stats": (
        "Statistics",
        "What was read lately?",
        "Which topics grow?",
        "tags/mechanical-clocks/",
    ),
    "wanted": ("Wanted", "not yet written", "arxiv:2412.99999", "tags/"),
    "contribute": ("Add a note", "Front matter", "readinglog check", "rules/"),
    "rules": (
        "Checks",
        "unresolved-link",
        "What readinglog check reports",
        "rules/#unresolved-link",
    ),
    "missing": ("Page not found", "The address may be mistyped", "Or browse", "tags/"),
}


# One of each that are made alike; the others are looked at by the slow tests.
OFTEN = ("home", "note", "long-formula", "right-to-left", "tag", "search", "contribute", "missing")


@pytest.mark.parametrize(
    "kind", [pytest.param(kind, marks=() if kind in OFTEN else pytest.mark.slow) for kind in KINDS]
)
def test_a_page_is_accessible_quiet_steady_and_within_its_window(
    kind: str, browser: Browser, root: str
) -> None:
    """In one visit: the scheme changes on the open page."""
    address, widths = root + KINDS[kind], (390, 820, 1400)
    with visit(browser, root, color_scheme="light", reduced_motion="reduce") as (page, problems):
        open_page(page, address, kind)
        assert find_sideways_scrolling(page, (320, *widths)) == []
        assert page.evaluate(MOVING) == []
        violations = find_violations(page, "light", widths)
        page.emulate_media(color_scheme="dark")
        violations += find_violations(page, "dark", widths)
        make_it_fetch(page)  # last, for it leaves the pointer on a link, which dims the rest
    assert violations == []
    assert (forgive_404(problems, address) if kind == "missing" else problems) == []


def test_axe_measures_each_text_unless_one_like_it_has_passed(browser: Browser) -> None:
    page = browser.new_page()
    page.set_content(
        """<!doctype html><html lang="en"><title>Rows</title><style>
        body { background: #fff; color: #333; } .dim { color: #ccc; }
        @media (width < 500px) { li:nth-child(4) { color: #bbb; } }
        @media (prefers-color-scheme: dark) { li:nth-child(5) { color: #eee; } }
        .over { position: absolute; inset: 0; background: #444; z-index: -1; }
        </style><main><h1>Rows</h1><ul><li>One row<li>Two rows<li class="dim">Dim row<li>Four rows
        <li>Five rows<li style="position: relative; z-index: 0"><i>Over it<b class="over"></b></i></ul></main>"""
    )
    found = find_violations(page, "light", (1400, 390))
    page.emulate_media(color_scheme="dark")
    found += find_violations(page, "dark", (390,))
    assert [line.partition(" ratio thresholds: ")[2] for line in found] == [
        "['.dim', 'i']",
        "['.dim', 'li:nth-child(4)', 'i']",
        "['.dim', 'li:nth-child(4)', 'li:nth-child(5)', 'i']",
    ]
    page.close()


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
        links = page.locator("a:visible").evaluate_all("(all) => all.map((one) => one.href)")
        assert root + link in links, kind
    context.close()


def test_the_scheme_follows_the_system(browser: Browser, root: str) -> None:
    colours = {}
    for scheme in SCHEMES:
        page = browser.new_page(color_scheme=scheme)
        open_page(page, root, "home")
        colours[scheme] = page.evaluate("getComputedStyle(document.body).backgroundColor")
        page.close()
    assert len(set(colours.values())) == 2
    assert (
        sum(map(int, colours["dark"][4:-1].split(", ")))
        < 200
        < sum(map(int, colours["light"][4:-1].split(", ")))
    )
