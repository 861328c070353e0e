"""The built site of the sample log, read from its files: links, sizes, what machines read, and the
same bytes again.
"""

from __future__ import annotations

import gzip
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Browser

from readinglog.site.assets import list_parts
from support.browsing import ASSETS, visit
from support.built_pages import (
    check_citations,
    check_maps,
    check_pictures,
    check_previews,
    find_broken_links,
    find_differences,
    find_file,
    find_missing_ids,
    find_repeated_ids,
    read_pages,
)
from support.packed_files import read_plain
from support.paths import SAMPLE
from support.site_builds import build_log


def test_every_link_of_every_page_leads_to_a_file_and_every_fragment_to_an_id(site: Path) -> None:
    assert find_broken_links(site) == []


def test_a_former_address_leads_to_the_note(site: Path) -> None:
    moved = {
        path: page.moved_to
        for path, page in read_pages(site, "notes/*/index.html").items()
        if page.moved_to
    }
    assert moved == {"notes/dead-beat/index.html": "../deadbeat-escapement/"}


def test_a_draft_has_no_page_and_no_file_names_it(site: Path) -> None:
    assert (SAMPLE / "notes" / "sand-glasses.md").is_file()
    assert not find_file(site, "notes/sand-glasses/").exists()
    assert not [
        path
        for path in site.rglob("*")
        if path.suffix in {".html", ".json", ".bin", ".xml"} and "sand-glasses" in read_plain(path)
    ]


def test_no_id_stands_twice_on_a_page(site: Path) -> None:
    assert find_repeated_ids(site) == {}


def test_what_attributes_name_by_id_is_on_the_page(site: Path) -> None:
    assert find_missing_ids(site) == {}


@pytest.mark.parametrize("pattern", ["notes/*/index.html", "tags/*/index.html"])
def test_the_map_of_a_note_and_of_a_tag_is_small(site: Path, pattern: str) -> None:
    check_maps(site, pattern)


def test_a_preview_is_small_and_says_what_the_note_is(site: Path) -> None:
    check_previews(site)


def test_scripts_and_styles_together_are_light(site: Path) -> None:
    own = [
        file.relative_to(ASSETS)
        for file in sorted(ASSETS.rglob("*"))
        if file.suffix in {".js", ".css"} and file not in list_parts()
    ]
    assert own
    packed = {file.as_posix(): count_packed(site / "assets" / file) for file in own}
    form = {
        name for name in packed if name.startswith("contribute/") or name == "style/form.css"
    }  # which one page fetches
    search = {name for name in packed if name.startswith("search/")}  # which one page fetches
    completion = {
        name for name in packed if name.startswith("completion/") or name == "style/completion.css"
    }  # which are fetched when the palette is first opened
    charts = {"style/lanes.css", "style/plots.css", "maps.js"}  # which pages with charts fetch
    # Each of which one page fetches.
    single = {"desk.js", "not_found.js", "search_export.js"}
    every = packed.keys() - form - search - completion - charts - single
    # With the switch, the menu, the stored scheme and the rows of a note's map, which pages do not
    # repeat.
    assert sum(packed[name] for name in every) < 23_300, packed
    assert all(packed[name] < 3_000 for name in single), packed
    assert sum(packed[name] for name in completion) < 17_250, (
        packed
    )  # its box on the search page too
    assert sum(packed[name] for name in search) < 37_500, packed
    assert sum(packed[name] for name in charts) < 5_000, packed
    assert sum(packed[name] for name in form) < 23_500, packed  # with the reader of claims


def count_packed(file: Path) -> int:
    """Return how many bytes of a file go over the wire."""
    return len(gzip.compress(file.read_bytes(), 9))


@pytest.mark.parametrize("address", ["", "notes/deadbeat-escapement/", "tags/mechanical-clocks/"])
def test_a_first_visit_fetches_75_kb_at_most_and_a_further_one_20(
    site: Path, browser: Browser, root: str, address: str
) -> None:
    fetched: set[str] = set()
    with visit(browser, root) as (page, _):
        page.on("request", lambda request: fetched.add(urlsplit(request.url).path.lstrip("/")))
        page.goto(root + address)
        page.wait_for_load_state("networkidle")
    others = {path for path in fetched if (site / path).is_file() and not path.endswith(".woff2")}
    html = count_packed(site / address / "index.html")
    assert {f"assets/{name}" for name in ("readinglog.css", "readinglog.js", "theme.js")} <= others
    assert html < 20_000
    assert html + sum(count_packed(site / path) for path in others) < 75_000, others


@pytest.mark.parametrize(
    ("address", "with_math"), [("notes/deadbeat-escapement/", True), ("tags/", False)]
)
def test_the_fonts_of_a_page_are_light_and_that_of_formulas_is_only_where_there_are_any(
    site: Path, browser: Browser, root: str, address: str, *, with_math: bool
) -> None:
    with visit(browser, root) as (page, wrong):
        fonts: set[str] = set()
        page.on("response", lambda answer: fonts.add(urlsplit(answer.url).path.lstrip("/")))
        page.goto(root + address)
        page.evaluate("document.fonts.ready")
        page.wait_for_load_state("networkidle")
    fonts = {path for path in fonts if path.endswith(".woff2")}
    assert "assets/fonts/source-serif-4-latin-400-normal.woff2" in fonts
    assert ("assets/fonts/math.woff2" in fonts) == with_math
    assert sum((site / path).stat().st_size for path in fonts) < 150_000
    assert wrong == []


def test_the_head_of_a_note_cites_its_work_and_its_linked_data_name_it(site: Path) -> None:
    check_citations(site)


def test_the_picture_of_a_note_is_there_in_the_size_that_it_is_shown_in(site: Path) -> None:
    check_pictures(site)


def test_the_same_notes_make_the_same_bytes_in_another_folder_and_without_a_cache(
    site: Path, tmp_path: Path
) -> None:
    again = build_log(SAMPLE, tmp_path / "again", PYTHONHASHSEED="7")
    assert find_differences(site, again) == []
