"""The site of the library: every link of every page, the sizes at this number of notes, and each
kind of page in a browser.
"""

from __future__ import annotations

from pathlib import Path

import pytest
from playwright.sync_api import Browser

from readinglog.notebook.notebook import Notebook
from support.axe import find_violations
from support.browsing import (
    find_sideways_scrolling,
    forgive_404,
    make_it_fetch,
    open_page,
    visit,
)
from support.built_pages import (
    check_citations,
    check_maps,
    check_pictures,
    check_previews,
    find_broken_links,
    find_differences,
    find_missing_ids,
    find_repeated_ids,
    read_notes,
)
from support.map_labels import find_label_problems, list_maps
from support.paths import ROOT
from support.site_builds import build_log

# Every kind of page, where one of it is, and words that a reader without scripts finds on it; last,
# where a link leads.
KINDS = {
    "home": ("", "Reading log", "Notes on machine-learning research", "Newest notes", "tags/moe/"),
    "note": (
        "notes/switch-transformers/",
        "Switch Transformers",
        "William Fedus",
        "What it claims",
        "notes/expert-choice-routing/",
    ),
    "table": (
        "notes/deepseek-v3/",
        "DeepSeek-V3",
        "DeepSeek-AI",
        "Connections",
        "notes/deepseekmoe/",
    ),
    "hub": (
        "notes/mixture-of-experts/",
        "Mixture of experts",
        "Open questions",
        "Native sparse attention",
        "notes/gshard/",
    ),
    "tag": ("tags/moe/", "MoE", "In reading order", "few of many experts", "notes/gshard/"),
    "leaf-tag": (
        "tags/load-balancing/",
        "load balancing",
        "In reading order",
        "Keeping every expert busy",
        "tags/routing/",
    ),
    "tags": (
        "tags/",
        "Tags",
        "post-training",
        "How a token's experts are chosen.",
        "tags/routing/",
    ),
    "authors": ("authors/", "Authors", "Noam Shazeer", "Damai Dai", "authors/noam-shazeer/"),
    "author": (
        "authors/noam-shazeer/",
        "Noam Shazeer",
        "Transformer",
        "Sparsely-Gated",
        "notes/switch-transformers/",
    ),
    "log": ("log/", "Log", "November 2026", "TRD", "notes/trd/"),
    "month": (
        "log/2026-11/",
        "November 2026",
        "21 November 2026",
        "TRD",
        "notes/trd/",
    ),
    "search": (
        "search/?q=routing",
        "Search",
        "Search needs JavaScript",
        "load balancing",
        "tags/load-balancing/",
    ),
    "map": ("graph/", "Map", "links between them", "GShard", "notes/gshard/"),
    "stats": ("stats/", "Statistics", "What was read lately?", "Which topics grow?", "tags/moe/"),
    "wanted": ("wanted/", "Wanted", "To cite a work without a note", "tags/"),
    "contribute": ("contribute/", "Add a note", "Front matter", "readinglog check", "rules/"),
    "rules": (
        "rules/",
        "Checks",
        "unresolved-link",
        "What readinglog check reports",
        "rules/#unresolved-link",
    ),
    "missing": (
        "notes/switch-transformer/",
        "Page not found",
        "The address may be mistyped",
        "Or browse",
        "tags/",
    ),
}


def test_every_published_note_has_a_page(site: Path, book: Notebook) -> None:
    assert {Path(path).parent.name for path in read_notes(site)} == {
        note.name for note in book.published
    }


def test_every_link_of_every_page_leads_to_a_file_and_every_fragment_to_an_id(site: Path) -> None:
    broken = [found for found in find_broken_links(site) if "help/ leads" not in found]
    assert broken == [], "the guide under help/ is built beside the log"


def test_ids_are_there_and_none_stands_twice_on_a_page(site: Path) -> None:
    assert find_repeated_ids(site) == {}
    assert find_missing_ids(site) == {}


@pytest.mark.parametrize("pattern", ["notes/*/index.html", "tags/*/index.html"])
def test_the_map_of_a_note_and_of_a_tag_is_small(site: Path, pattern: str) -> None:
    check_maps(site, pattern)


def test_previews_citations_and_pictures_say_what_a_note_is(site: Path) -> None:
    check_previews(site)
    check_citations(site)
    check_pictures(site)


@pytest.mark.slow
def test_the_same_notes_make_the_same_bytes_in_another_folder_and_without_a_cache(
    site: Path, tmp_path: Path
) -> None:
    again = build_log(ROOT, tmp_path / "again", PYTHONHASHSEED="7")
    assert find_differences(site, again) == []


@pytest.mark.parametrize("kind", KINDS)
def test_a_page_is_quiet_and_within_its_window(kind: str, browser: Browser, root: str) -> None:
    address = root + KINDS[kind][0]
    with visit(browser, root) as (page, problems):
        open_page(page, address, kind)
        sideways = find_sideways_scrolling(page, (320, 820, 1400))
        make_it_fetch(page)
    assert (forgive_404(problems, address) if kind == "missing" else problems) == []
    assert sideways == []


@pytest.mark.slow  # the same kinds of pages of the sample log are looked at each time
@pytest.mark.parametrize("kind", KINDS)
def test_axe_finds_no_violation_in_either_scheme(kind: str, browser: Browser, root: str) -> None:
    """In one visit: the scheme changes on the open page."""
    with visit(browser, root, color_scheme="light", reduced_motion="reduce") as (page, _):
        open_page(page, root + KINDS[kind][0], kind)
        violations = find_violations(page, "light", (1400,))
        page.emulate_media(color_scheme="dark")
        violations += find_violations(page, "dark", (390,))
    assert violations == []


def test_every_page_reads_without_javascript(browser: Browser, root: str) -> None:
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    for kind, (address, heading, *texts, link) in KINDS.items():
        page.goto(root + address)
        assert heading in page.locator("h1").inner_text(), kind
        main = page.locator("main").inner_text()
        for text in texts:
            assert text in main, kind
        links = page.locator("a:visible").evaluate_all("(all) => all.map((one) => one.href)")
        assert root + link in links, kind
    context.close()


@pytest.mark.parametrize("step", [10, pytest.param(1, marks=pytest.mark.slow)])
def test_the_labels_of_no_map_overlap_or_leave_it(
    browser: Browser, root: str, site: Path, step: int
) -> None:
    page = browser.new_page(viewport={"width": 1400, "height": 900})
    page.goto(f"{root}graph/")
    maps = list_maps(site)
    assert find_label_problems(page, ["/graph/", *maps[::step]]) == []
    page.close()
