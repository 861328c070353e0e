"""The palette in a real browser: it opens from any page, completes what is typed, and leads there;
the box of the search page completes likewise.
"""

from __future__ import annotations

import gzip
import json
from collections.abc import Iterator, Sequence
from pathlib import Path
from urllib.parse import parse_qs, quote, urlsplit

import pytest
from playwright.sync_api import Browser, Locator, Page, Route, expect

from readinglog.notebook.notebook import Notebook
from readinglog.search.index_writer import make_index
from readinglog.workspace.loading import load_notebook
from support.axe import find_violations
from support.browsing import SCHEMES, collect_problems, serve_folder
from support.packed_files import answer_packed, read_packed
from support.paths import CASES
from support.searching import make_search
from support.site_builds import build_notes_once, shared_folder

NOTES = CASES / "searching"
PHONE = {"viewport": {"width": 390, "height": 844}, "has_touch": True, "is_mobile": True}
ON_A_MAC = "Object.defineProperty(navigator, 'platform', { get: () => 'MacIntel' })"


@pytest.fixture(scope="session")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return build_notes_once(NOTES, shared_folder(tmp_path_factory.getbasetemp()) / "searching")


@pytest.fixture(scope="session")
def address(site: Path) -> Iterator[str]:
    with serve_folder(site) as root:
        yield root


@pytest.fixture(scope="session")
def notebook() -> Notebook:
    return load_notebook(NOTES)


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    """A page that has to stay without complaint."""
    context = browser.new_context(viewport={"width": 1280, "height": 900})
    page = context.new_page()
    wrong = collect_problems(page)
    yield page
    page.wait_for_load_state("networkidle")  # what is cut short by the end of the test is no fault
    context.close()
    assert wrong == []


def open_palette(page: Page, root: str, path: str = "log/") -> Locator:
    """Open the palette on a page, and return its box."""
    page.goto(root + path)
    page.keyboard.press("/")
    box = page.get_by_role("dialog").get_by_role("combobox")
    expect(box).to_be_focused()
    return box


def complete(page: Page, text: str) -> list[str]:
    """Type a text into the palette and return the rows but the one that searches."""
    page.get_by_role("combobox").fill(text)
    expect(search_row(page)).to_have_text(f"Search for “{text}”")
    return [line.replace("\n", " | ") for line in suggestions(page).all_inner_texts()]


def suggestions(page: Page) -> Locator:
    return page.locator(".rl-completion:has(.rl-completion-kind)")


def search_row(page: Page) -> Locator:
    return page.get_by_role("option", name="Search for “")


def asked(page: Page) -> str:
    return parse_qs(urlsplit(page.url).query).get("q", [""])[0]


# Opening
# -----------------------------------------------------------------------------


@pytest.mark.parametrize("path", ["", "log/", "notes/sparse-gates/", "nowhere/"])
def test_keys_and_the_link_open_it_and_escape_gives_the_focus_back(
    path: str, browser: Browser, address: str
) -> None:
    page = browser.new_page()
    page.goto(address + path)
    dialog = page.get_by_role("dialog", name="Search")
    link = page.locator("main a[href]:visible").first
    for key in ("/", "Control+k"):
        link.focus()
        page.keyboard.press(key)
        expect(dialog.get_by_role("combobox")).to_be_focused()
        page.keyboard.press("Escape")
        expect(dialog).to_be_hidden()
        expect(link).to_be_focused()
    page.locator(".rl-search-link").click()
    expect(dialog).to_be_visible()
    dialog.get_by_role("button", name="Close").click()
    expect(page.locator(".rl-search-link")).to_be_focused()
    page.close()


def test_it_finds_the_pages_of_the_menu_by_their_names(page: Page, address: str) -> None:
    open_palette(page, address)
    stat = complete(page, "stat")
    assert stat.index("Statistics | page") < stat.index("status:read | filter · 31 notes")
    assert stat[0] == "state-space models | tag · 3 notes"
    assert complete(page, "author")[1] == "Authors | page"
    assert complete(page, "stats")[0] == "Statistics stats | page"
    assert complete(page, "Disputes")[0] == "Disputes | page"
    assert not any("page" in row for row in complete(page, "tag:stat"))
    page.get_by_role("combobox").fill("statistics")
    page.keyboard.press("Enter")
    expect(page).to_have_url(f"{address}stats/")


def test_on_a_mac_the_command_key_opens_it(page: Page, address: str) -> None:
    page.add_init_script(ON_A_MAC)
    page.goto(f"{address}log/")
    expect(page.locator(".rl-shortcuts")).to_contain_text("/ or ⌘K search · s search page")
    page.keyboard.press("Control+k")
    page.keyboard.press("Meta+k")
    expect(page.get_by_role("dialog")).to_be_visible()


def test_keys_open_it_from_a_box_only_with_control(page: Page, address: str) -> None:
    page.goto(f"{address}contribute/")
    box = page.locator("main [name=title]")
    box.focus()
    page.keyboard.press("/")
    expect(box).to_have_value("/")
    page.keyboard.press("Control+k")
    expect(page.get_by_role("dialog")).to_be_visible()
    page.keyboard.press("Escape")
    expect(box).to_be_focused()


def test_on_the_search_page_its_own_box_is_focused(page: Page, address: str) -> None:
    for press in ("/", "Control+k", "s"):
        page.goto(f"{address}search/")
        page.locator(".rl-search[data-answered]").wait_for()
        page.locator(".md-header a").first.focus()
        page.keyboard.press(press)
        expect(page.locator(".rl-search input")).to_be_focused()
    page.locator(".md-header a").first.focus()
    page.locator(".rl-search-link").click()
    expect(page.locator(".rl-search input")).to_be_focused()
    expect(page.get_by_role("dialog")).to_have_count(0)


def test_the_link_leads_to_the_search_in_a_new_tab(page: Page, address: str) -> None:
    page.goto(f"{address}log/")
    with page.context.expect_page() as opened:
        page.locator(".rl-search-link").click(modifiers=["Control"])
    expect(opened.value).to_have_url(f"{address}search/")
    expect(page.get_by_role("dialog")).to_have_count(0)


def test_nothing_is_fetched_for_it_before_it_is_opened(page: Page, address: str) -> None:
    requests: list[str] = []
    page.on("request", lambda request: requests.append(urlsplit(request.url).path))
    page.goto(f"{address}log/")
    page.wait_for_load_state("networkidle")
    assert not [path for path in requests if "complet" in path]
    for _ in range(2):
        page.keyboard.press("/")
        page.keyboard.type("noise ladder")
        expect(suggestions(page).first).to_contain_text("The Noise Ladder")
        page.keyboard.press("Escape")
    assert requests.count("/search/completions.bin") == 1


def test_what_is_typed_while_it_is_loaded_is_kept(page: Page, address: str) -> None:
    page.goto(f"{address}notes/sparse-gates/")
    page.route("**/palette.js", lambda route: (page.wait_for_timeout(300), route.continue_()))
    page.keyboard.press("/")
    page.keyboard.type("scan")
    expect(page.get_by_role("combobox")).to_have_value("scan")
    expect(page.locator(".rl-toast")).to_have_count(0)  # `c` copies on this page


def let_go(page: Page, held: Sequence[Route]) -> None:
    """Answer the requests that are held, of which there is at least one sooner or later."""
    while not held:
        page.wait_for_timeout(20)
    for route in held:
        route.continue_()


@pytest.mark.parametrize("part", ["palette.js", "completion.css", "completions.bin"])
def test_it_opens_at_once_and_enter_is_kept_until_it_can_be_followed(
    part: str, page: Page, address: str
) -> None:
    held: list[Route] = []

    def hold(route: Route) -> None:
        held.append(route)

    page.route(f"**/{part}", hold)
    page.goto(f"{address}log/")
    page.keyboard.press("/")
    dialog = page.get_by_role("dialog", name="Search")
    expect(dialog).to_be_visible()
    expect(dialog.locator("input")).to_be_focused()
    expect(dialog).to_contain_text("Loading suggestions")
    page.keyboard.type("noise ladder")
    page.keyboard.press("Enter")
    page.wait_for_timeout(300)
    assert page.url == f"{address}log/"
    let_go(page, held)
    page.wait_for_url("**/notes/noise-ladder/")


def test_enter_is_forgotten_where_more_is_typed(page: Page, address: str) -> None:
    held: list[Route] = []

    def hold(route: Route) -> None:
        held.append(route)

    page.route("**/completions.bin", hold)
    page.goto(f"{address}log/")
    page.keyboard.press("/")
    page.keyboard.type("noise")
    page.keyboard.press("Enter")
    page.keyboard.type(" lad")
    let_go(page, held)
    expect(suggestions(page).first).to_contain_text("The Noise Ladder")
    assert page.url == f"{address}log/"


# What is completed
# -----------------------------------------------------------------------------


def test_each_kind_is_completed_with_its_kind_and_count(page: Page, address: str) -> None:
    open_palette(page, address)
    for text, first in {
        "sparse gates for": "Sparse Gates for Wide Experts | paper · cited by 5",
        "noise l": "The Noise Ladder | paper · cited by 3",
        "wide gat": "Sparse Gates for Wide Experts | paper · cited by 5",
        "routingreplay": "RoutingReplay: the Same Experts Twice | paper · cited by 1",
        "routing replay": "RoutingReplay: the Same Experts Twice | paper · cited by 1",
        "RoutingReplay: the Same Experts – twice": (
            "RoutingReplay: the Same Experts Twice | paper · cited by 1"
        ),
        "ladder": "The Noise Ladder | paper · cited by 3",
        "FlashTiles": "Attention in Tiles FlashTiles | paper · cited by 4",
        "tile-attention": "Attention in Tiles | paper · cited by 4",
        "cute": "CuTe by Example | docs",
        "moe": "MoE | tag · 8 notes",
        "mixture of experts": "MoE mixture of experts | tag · 8 notes",
        "gati": "routing gating | tag · 4 notes",
        "c++": "C++ | tag · 2 notes",
        "jorgen": "Jørgen Œrlik | author · 1 note",
        "nunez": "José Núñez | author · 3 notes",
        "zoe": "Zoë Li | author · 5 notes",
        "iclr": "ICLR 2017 | venue · 1 note",
        "paper": "kind:paper | filter · 15 notes",
        "kind": "kind: as in kind:paper | field",
        "kind:po": "kind:post | filter · 8 notes",
        "has:c": "has:code | filter · 7 notes",
        "status:": "status:read | filter · 31 notes",
        "is:orp": "is:orphan | filter · 5 notes",
        "is:mar": "is:marked | filter",
        "year:20": "year:2024 | filter · 7 notes",
        "rating:4": "rating:4 | filter · 7 notes",
        "date:2026-10": "date:2026-10 | filter · 14 notes",
        "author:whit": "Ada Whitfield | author · 5 notes",
        "tag:balanc": "load balancing | tag · 2 notes",
        "title:ladder": "The Noise Ladder | paper · cited by 3",
        "links:tile": "Attention in Tiles | filter · 4 notes",
        "strasse": "Straßenschilder: Reading Street Signs from a Moving Car | paper · cited by 1",
        "注意力": "注意力机制综述 | paper",
        "beta-vae": "β-VAE on a Budget | post",
        "ternary": "Three Values Are Enough ternary networks | paper · cited by 2",
    }.items():
        rows = complete(page, text)
        assert rows, text
        assert rows[0] == first, text
        assert len(rows) <= 9


@pytest.mark.parametrize(
    ("typed", "row", "query"),
    [
        ("-tag:mo", "-tag:moe", "-tag:moe"),
        ("tag:moe jos", "José Núñez", 'tag:moe author:"José Núñez"'),
        ("routing kind:pa", "kind:paper", "routing kind:paper"),
    ],
)
def test_the_last_term_of_a_query_is_completed(
    typed: str, row: str, query: str, page: Page, address: str
) -> None:
    open_palette(page, address)
    assert complete(page, typed)[0].startswith(row)
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    page.wait_for_url("**/search/?q=*")
    assert asked(page) == query


def test_words_of_a_name_may_be_typed_apart(page: Page, address: str) -> None:
    open_palette(page, address)
    assert "RoutingReplay" in complete(page, "routingre play")[0]
    assert "Attention in Tiles" in complete(page, "flasht iles")[0]


def test_words_that_begin_no_word_complete_nothing(page: Page, address: str) -> None:
    open_palette(page, address)
    for text in ("ladders", "adder", "noise zebra", "year:2024..", "kind:papers", "«»", "-", "((("):
        assert complete(page, text) == [], text
    expect(page.locator(".rl-completion-status")).to_have_text("No suggestions")


def test_counts_are_those_of_the_search(page: Page, address: str, notebook: Notebook) -> None:
    search = make_search(notebook)
    open_palette(page, address)
    for field in ("tag:", "kind:", "status:", "has:", "is:", "year:", "venue:", "links:"):
        complete(page, field)
        for row in suggestions(page).all():
            kind = str(row.locator(".rl-completion-kind").text_content())
            if "note" not in kind:
                continue
            href = str(row.get_attribute("href"))
            query = parse_qs(urlsplit(href).query).get("q", ["tag:" + href.split("/")[-2]])[0]
            expected = len(search.ask(query.replace("c-plus-plus", "C++")).hits)
            assert int(kind.split(" · ")[1].split(maxsplit=1)[0]) == expected, query


def test_the_letters_that_match_are_marked(page: Page, address: str) -> None:
    open_palette(page, address)
    for text, marks in {
        "noise l": ["Noise", "L"],
        "nunez": ["Núñez"],
        "strassen": ["Straßen"],
        "flasht": ["FlashT"],
        "flash tiles": ["Tiles", "FlashTiles"],
        "posttrain": ["post-train"],
        "注意力": ["注意力"],
        "beta": ["β"],
        "kind:po": ["po"],
    }.items():
        complete(page, text)
        row = suggestions(page).first
        assert row.locator("mark").all_text_contents()[: len(marks)] == marks, text


# Keys
# -----------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "path"),
    [
        ("The Noise Ladder", "notes/noise-ladder/"),
        ("noise ladder", "notes/noise-ladder/"),
        ("noise-ladder", "notes/noise-ladder/"),
        ("FlashTiles", "notes/tile-attention/"),
        ("RoutingReplay", "notes/routing-replay/"),
        ("Núñez 2017", "notes/sparse-gates/"),
        ("Nunez et al., 2017", "notes/sparse-gates/"),
        ("van der linden et al. (2001)", "notes/small-matrices/"),
        ("moe", "tags/moe/"),
        ("Mixture of Experts", "tags/moe/"),
        ("Jose Nunez", "search/?q=author%3A%22Jos%C3%A9+N%C3%BA%C3%B1ez%22"),
        ("kind:paper", "search/?q=kind%3Apaper"),
        ("links:tile-attention", "search/?q=links%3Atile-attention"),
        ("authors", "authors/"),
    ],
)
def test_enter_opens_what_is_called_as_the_whole_text(
    text: str, path: str, page: Page, address: str
) -> None:
    open_palette(page, address)
    assert complete(page, text)
    expect(suggestions(page).first).to_have_attribute("aria-selected", "true")
    page.keyboard.press("Enter")
    expect(page).to_have_url(address + path)


@pytest.mark.parametrize(
    "text",
    [
        "noise",
        "noise ladd",
        "wide gates",
        "Núñez et al. 2018",
        "Núñez 2017 ladder",
        "nunez et al.",
        "nunez",
        "Li 2024",
        "Whitfield 2024",  # who wrote two works
        "tag:mo",
        "kind:pa",
        "-tag:moe",
        "ladder moe",
        "tag:moe jos",
        "author:whit",
        "statist",
    ],
)
def test_enter_searches_for_what_is_no_whole_name(text: str, page: Page, address: str) -> None:
    open_palette(page, address)
    complete(page, text)
    expect(search_row(page)).to_have_attribute("aria-selected", "true")
    expect(page.get_by_role("option").first).to_have_text(f"Search for “{text}”")
    page.keyboard.press("Enter")
    page.wait_for_url("**/search/?q=*")
    assert asked(page) == text


def test_enter_searches_where_two_works_have_the_name(page: Page, address: str, site: Path) -> None:
    data = read_packed(site / "search/completions.bin")
    data["works"].append(["noise-ladder-2", "The Noise Ladder", 0, 3, ""])
    page.route("**/completions.bin", lambda route: answer_packed(route, data))
    open_palette(page, address)
    assert len(complete(page, "The Noise Ladder")) == 2
    expect(search_row(page)).to_have_attribute("aria-selected", "true")


def test_et_al_completes_no_other_work(page: Page, address: str) -> None:
    open_palette(page, address)
    assert complete(page, "Núñez et al.") == ["José Núñez | author · 3 notes"]
    assert complete(page, "et al.") == []


def test_shift_enter_and_the_last_row_search_for_the_words(page: Page, address: str) -> None:
    open_palette(page, address)
    complete(page, "noise ladder")
    page.keyboard.press("Shift+Enter")
    page.wait_for_url("**/search/?q=noise+ladder")
    open_palette(page, address)
    complete(page, "noise ladder")
    search_row(page).click()
    page.wait_for_url("**/search/?q=noise+ladder")
    open_palette(page, address)
    assert complete(page, "quux zebra") == []
    page.keyboard.press("Enter")
    page.wait_for_url("**/search/?q=quux+zebra")
    open_palette(page, address)
    page.keyboard.press("Enter")
    page.wait_for_url("**/search/")


def test_a_field_goes_on_with_its_values(page: Page, address: str) -> None:
    box = open_palette(page, address)
    complete(page, "kind")
    page.keyboard.press("Enter")
    expect(box).to_have_value("kind:")
    expect(box).to_be_focused()
    expect(page.get_by_role("option").first).to_contain_text("kind:paper")


def test_arrows_walk_through_the_rows_and_around(page: Page, address: str) -> None:
    box = open_palette(page, address)
    count = len(complete(page, "noise")) + 1
    rows = page.get_by_role("option")
    expect(box).to_have_attribute("aria-expanded", "true")
    for step in (1, 2, 1, 0, count - 1, 0):
        at = rows.evaluate_all(
            "(rows) => rows.findIndex((row) => row.getAttribute('aria-selected') === 'true')"
        )
        page.keyboard.press("ArrowDown" if step == (at + 1) % count else "ArrowUp")
        expect(rows.nth(step)).to_have_attribute("aria-selected", "true")
        assert box.get_attribute("aria-activedescendant") == rows.nth(step).get_attribute("id")
        expect(page.locator("[aria-selected=true]")).to_have_count(1)
    listed = box.get_attribute("aria-controls")
    assert page.locator(f"[id='{listed}']").get_attribute("role") == "listbox"
    page.keyboard.press("Home")
    page.keyboard.type("x")
    expect(box).to_have_value("xnoise")
    page.keyboard.press("End")
    page.keyboard.type("x")
    expect(box).to_have_value("xnoisex")


def test_a_screen_reader_hears_how_many_suggestions_there_are(page: Page, address: str) -> None:
    open_palette(page, address)
    status = page.locator(".rl-palette [aria-live=polite]")
    for text in ("noise", "noise ladder", "zebra"):
        count = len(complete(page, text))
        words = "1 suggestion" if count == 1 else f"{count or 'No'} suggestions"
        expect(status).to_have_text(words)


def test_a_row_opens_in_a_new_tab_and_shows_no_preview(page: Page, address: str) -> None:
    open_palette(page, address)
    complete(page, "noise ladder")
    row = page.get_by_role("option").first
    row.hover()
    page.wait_for_timeout(400)
    expect(page.locator(".rl-preview")).to_be_hidden()
    with page.context.expect_page() as opened:
        row.click(modifiers=["Control"])
    expect(opened.value).to_have_url(f"{address}notes/noise-ladder/")


# Failures and hostile text
# -----------------------------------------------------------------------------


def test_without_the_data_it_says_so_and_enter_searches(browser: Browser, address: str) -> None:
    page = browser.new_page()
    page.route("**/completions.bin", lambda route: route.abort())
    open_palette(page, address)
    page.keyboard.type("routing")
    expect(page.locator(".rl-completion-status")).to_have_text(
        "Suggestions could not be loaded. Enter searches the notes."
    )
    page.keyboard.press("Escape")
    page.unroute("**/completions.bin")
    page.keyboard.press("/")  # asks again
    expect(page.get_by_role("option").first).to_contain_text("tag · 4 notes")
    page.route("**/completions.bin", lambda route: route.abort())
    open_palette(page, address)
    page.keyboard.type("routing")
    page.keyboard.press("Enter")
    page.wait_for_url("**/search/?q=routing")
    page.close()


def test_without_its_script_the_search_page_opens(browser: Browser, address: str) -> None:
    page = browser.new_page()
    page.route("**/palette.js", lambda route: route.abort())
    page.goto(f"{address}log/")
    page.keyboard.press("/")
    page.wait_for_url("**/search/")
    page.close()


HOSTILE = '<img src=x onerror="alert(1)"><b>bold</b>'


def test_hostile_names_stay_text(page: Page, address: str, site: Path) -> None:
    data = read_packed(site / "search/completions.bin")
    data["works"].append(["bold", HOSTILE, 0, 3, f"{HOSTILE} 2017", f"alias {HOSTILE}"])
    data["tags"].append(["bold", HOSTILE, "../bold", 2])
    data["names"]["author"][HOSTILE] = 1
    data["names"]["author"]['Bold "Bo" (B) “Berg'] = 1
    page.on("dialog", lambda dialog: pytest.fail(dialog.message))
    page.route("**/completions.bin", lambda route: answer_packed(route, data))
    open_palette(page, address)
    for text in (
        "bold",
        "alias bold",
        "author:bold",
        HOSTILE,
        f"{HOSTILE} 2017",
        "\ud800 \u202e",
        "__proto__:x",
    ):
        page.get_by_role("combobox").fill(text)
        expect(page.get_by_role("option").first).to_be_visible()
        assert page.locator(".rl-palette :is(img, b)").count() == 0
    complete(page, "bo berg")
    row = suggestions(page).first
    query = parse_qs(urlsplit(str(row.get_attribute("href"))).query)["q"][0]
    assert query == 'author:"Bold  Bo  (B)  Berg"'


# For everyone
# -----------------------------------------------------------------------------


def test_axe_finds_no_violation_in_either_scheme_at_any_width(
    browser: Browser, address: str
) -> None:
    found = []
    for scheme in SCHEMES:
        page = browser.new_page(color_scheme=scheme, reduced_motion="reduce")
        open_palette(page, address, "notes/sparse-gates/")
        complete(page, "gat")
        found += find_violations(page, scheme, (390, 1400))
        page.goto(f"{address}search/")
        page.locator(".rl-search[data-answered]").wait_for()
        page.locator(".rl-search input").press_sequentially("gat")
        page.locator(".rl-completion").first.wait_for()
        page.keyboard.press("ArrowDown")
        expect(page.locator("[aria-selected=true]")).to_be_visible()
        found += find_violations(page, scheme, (390, 1400))
        page.close()
    assert found == []


def test_on_a_phone_it_is_as_wide_as_the_screen_and_can_be_tapped(
    browser: Browser, address: str
) -> None:
    context = browser.new_context(**PHONE)
    page = context.new_page()
    page.goto(f"{address}notes/sparse-gates/")
    page.locator(".rl-search-link").tap()
    page.get_by_role("combobox").fill("experts")
    rows = page.get_by_role("option")
    expect(suggestions(page).first).to_contain_text("MoE")
    expect(page.locator("kbd:visible")).to_have_count(0)
    dialog = page.get_by_role("dialog").bounding_box()
    assert dialog
    assert (dialog["x"], dialog["width"]) == (0, 390)
    for target in [*rows.all(), page.get_by_role("button", name="Close")]:
        box = target.bounding_box()
        assert box
        assert box["height"] >= 44
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    suggestions(page).first.tap()
    expect(page).to_have_url(f"{address}tags/moe/")
    page.locator(".rl-search-link").tap()
    page.touchscreen.tap(200, 800)  # beside it
    expect(page.get_by_role("dialog")).to_be_hidden()
    context.close()


def test_it_does_not_move(browser: Browser, address: str) -> None:
    page = browser.new_page(reduced_motion="reduce")
    open_palette(page, address)
    complete(page, "noise")
    lasting = """() => [...document.querySelectorAll(".rl-palette, .rl-palette *")].filter((element) => {
      const { transitionDuration, animationDuration } = getComputedStyle(element);
      return `${transitionDuration}, ${animationDuration}`.split(", ").some((time) => parseFloat(time) > 0);
    }).length"""
    assert page.evaluate(lasting) == 0
    page.close()


# The box of the search page
# -----------------------------------------------------------------------------


def open_search(page: Page, address: str, query: str = "") -> Locator:
    page.goto(f"{address}search/?q={quote(query)}")
    page.locator(f".rl-search[data-answered={json.dumps(query)}]").wait_for()
    box = page.locator(".rl-search input")
    box.focus()
    page.keyboard.press("End")
    return box


@pytest.mark.parametrize(
    ("typed", "row", "query"),
    [
        ("load bal", "load balancing", "tag:load-balancing"),
        ("routing tag:kern", "kernels", "routing tag:kernels"),
        ("zebra mixture of exp", "MoE", "zebra tag:moe"),
        ("-tag:mo", "-tag:moe", "-tag:moe"),
        ("noise OR nun", "José Núñez", 'noise OR author:"José Núñez"'),
        ('(noise OR author:"José n', "José Núñez", '(noise OR author:"José Núñez"'),
        ("routing kind:pa", "kind:paper", "routing kind:paper"),
        ("noise has:ma", "has:math", "noise has:math"),
        ("linked-from:sparse", "Sparse Gates for Wide Experts", "linked-from:sparse-gates"),
    ],
)
def test_the_box_completes_the_last_term(
    typed: str, row: str, query: str, browser: Browser, address: str
) -> None:
    page = browser.new_page()
    box = open_search(page, address)
    box.press_sequentially(typed)
    rows = page.locator(".rl-completion")
    expect(rows.first.locator("[dir=auto]").first).to_have_text(row)
    assert rows.count() <= 6
    expect(page.locator("[aria-selected=true]")).to_have_count(0)
    page.keyboard.press("ArrowDown")
    expect(rows.first).to_have_attribute("aria-selected", "true")
    page.keyboard.press("Enter")
    expect(box).to_have_value(query)
    expect(page.locator(".rl-search")).to_have_attribute("data-answered", query)
    assert asked(page) == query
    expect(rows).to_have_count(0)
    expect(box).to_be_focused()
    page.close()


@pytest.mark.parametrize(
    "typed", ['"load bal', "year:2024..2", "x", "zebra", '"noise" ', "noise OR"]
)
def test_the_box_completes_no_quotes_ranges_and_single_letters(
    typed: str, browser: Browser, address: str
) -> None:
    page = browser.new_page()
    box = open_search(page, address)
    box.press_sequentially("noise")
    expect(page.locator(".rl-completion").first).to_be_visible()
    box.fill(typed)
    expect(page.locator(".rl-completion")).to_have_count(0)
    expect(box).to_have_attribute("aria-expanded", "false")
    page.close()


def test_from_the_box_one_goes_to_a_work(page: Page, address: str) -> None:
    open_search(page, address).press_sequentially("noise lad")
    expect(page.locator(".rl-completion").first).to_contain_text("The Noise Ladder")
    page.locator(".rl-completion").first.click()
    expect(page).to_have_url(f"{address}notes/noise-ladder/")


def test_in_the_box_enter_searches_until_a_row_is_chosen(page: Page, address: str) -> None:
    box = open_search(page, address)
    box.press_sequentially("noise")
    expect(page.locator(".rl-completion").first).to_be_visible()
    page.keyboard.press("Enter")
    expect(page.locator(".rl-completion")).to_have_count(0)
    expect(page.locator(".rl-search")).to_have_attribute("data-answered", "noise")
    assert asked(page) == "noise"


def test_escape_closes_the_list_before_it_empties_the_box(page: Page, address: str) -> None:
    box = open_search(page, address)
    box.press_sequentially("noise")
    expect(page.locator(".rl-completion").first).to_be_visible()
    page.keyboard.press("Escape")
    expect(page.locator(".rl-completion")).to_have_count(0)
    expect(box).to_have_value("noise")
    page.keyboard.press("Escape")
    expect(box).to_have_value("")


def test_arrows_go_through_the_list_to_the_results(page: Page, address: str) -> None:
    box = open_search(page, address)
    box.press_sequentially("noise")
    rows = page.locator(".rl-completion")
    expect(rows.first).to_be_visible()
    expect(page.locator(".rl-search")).to_have_attribute("data-answered", "noise")
    count = rows.count()
    for at in range(count):
        page.keyboard.press("ArrowDown")
        expect(rows.nth(at)).to_have_attribute("aria-selected", "true")
        expect(box).to_be_focused()
    page.keyboard.press("ArrowDown")
    expect(rows).to_have_count(0)
    links = page.locator("ol.rl-notes .rl-note-title a")
    expect(links.first).to_be_focused()
    page.keyboard.press("ArrowUp")
    expect(box).to_be_focused()
    box.press_sequentially(" l")
    expect(rows.first).to_be_visible()
    page.keyboard.press("ArrowDown")
    page.keyboard.press("ArrowUp")
    expect(page.locator("[aria-selected=true]")).to_have_count(0)


def test_the_list_leaves_the_facets_free_and_closes_when_the_box_is_left(
    page: Page, address: str
) -> None:
    open_search(page, address).press_sequentially("noise")
    expect(page.locator(".rl-completion").first).to_be_visible()
    page.locator('.rl-facet[data-field="kind"][data-value="paper"] .rl-facet-toggle').click()
    expect(page.locator(".rl-completion")).to_have_count(0)
    expect(page.locator(".rl-search")).to_have_attribute("data-answered", "noise kind:paper")


# Weight and speed
# -----------------------------------------------------------------------------


def test_its_script_and_style_are_light(site: Path) -> None:
    files = [
        site / "assets/completion/palette.js",
        site / "assets/style/completion.css",
    ]
    assert sum(len(gzip.compress(file.read_bytes(), 9)) for file in files) < 13_000


# Types a text letter by letter, and returns how many milliseconds each took, the least of three.
TYPE = """async (text) => {
  const box = document.querySelector(".rl-palette input");
  const times = Array.from(text, () => Infinity);
  for (let round = 0; round < 3; round += 1) {
    for (let at = 0; at < text.length; at += 1) {
      box.value = text.slice(0, at + 1);
      const start = performance.now();
      box.dispatchEvent(new Event("input"));
      times[at] = Math.min(times[at], performance.now() - start);
      await new Promise((resolve) => setTimeout(resolve));
    }
  }
  return Math.max(...times);
}"""


def test_typing_never_freezes_with_ten_thousand_notes(browser: Browser, address: str) -> None:
    index = make_index(load_notebook(NOTES))["completions"]
    data = json.loads(json.dumps(index))
    words = sorted({word for work in data["works"] for word in work[1].split()})
    count = len(words)
    for at in range(10_000):
        title = [words[at * step % count] for step in (1, 3, 7, 11, 13, 17, 19, 23)]
        cited = f"{words[at % count]} {2000 + at % 20}"
        data["works"].append([f"note-{at}", " ".join(title), at % 9, at % 60, cited, f"Alias{at}"])
        for name in ("Ada", "Bo", "Chi"):
            data["names"]["author"][f"{name} {words[at % count]} {at}"] = at % 7 + 1
    page = browser.new_page()
    page.route("**/completions.bin", lambda route: answer_packed(route, data))
    open_palette(page, address)
    complete(page, "alias9")
    expect(page.locator(".rl-completion").nth(8)).to_be_visible()
    for text in ("a machine of", "noise for wide", "author:ada be", "links:note"):
        assert page.evaluate(TYPE, text) < 2_000, text  # milliseconds, of which it takes 30
    page.close()
