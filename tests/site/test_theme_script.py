"""Pages do without Material's script where no setting needs it, and lose nothing by that."""

from __future__ import annotations

import json
import logging
from collections.abc import Iterator
from pathlib import Path
from typing import Any, cast

import pytest
from mkdocs.config import load_config
from mkdocs.config.defaults import MkDocsConfig
from playwright.sync_api import Browser, Page, Route, expect

from readinglog.site.mkdocs_defaults import THEME_DEFAULTS
from readinglog.site.theme_script import find_script_classes, list_script_uses, measure_script
from support.browsing import AFTER_LAYOUT, ASSETS, collect_problems, serve_folder
from support.site_builds import build_notes, run_or_fail
from support.worlds import work

NARROW = {"width": 390, "height": 844}
NOTE = "notes/deadbeat-escapement/"
DRAWER, MENU = "#__drawer", ".md-header__button[for=__drawer]"
SCHEMES = "[data-md-component=palette]"

# The decision
# -----------------------------------------------------------------------------


def configure(folder: Path, more: str = "", theme: str = "") -> MkDocsConfig:
    """Return the configuration of a log in `folder`, with more settings, as the plugin leaves it."""
    (folder / "notes").mkdir(exist_ok=True)
    text = f"site_name: A log\ndocs_dir: notes\ntheme:\n  name: material\n{theme}{more}"
    if "plugins:" not in more:
        text += "plugins: [readinglog]\n"
    (folder / "mkdocs.yml").write_text(text, encoding="utf-8")
    config = load_config(str(folder / "mkdocs.yml"))
    changed = config.plugins.on_config(config)
    assert changed is config
    return config


def test_without_settings_pages_do_without_it(tmp_path: Path) -> None:
    config = configure(tmp_path)
    assert list_script_uses(config) == []
    assert config.theme["light_script"] is True


@pytest.mark.parametrize(
    ("palette", "is_own"),
    [
        ("", True),
        ("  palette: {primary: teal}\n", True),
        ("  palette: {scheme: slate}\n", False),
        ("  palette: [{scheme: slate, toggle: {icon: material/eye, name: A}}]\n", False),
    ],
)
def test_colours_keep_the_switch_that_a_script_adds(
    tmp_path: Path, palette: str, *, is_own: bool
) -> None:
    config = configure(tmp_path, theme=palette)
    assert config.theme["has_own_switch"] is is_own
    assert isinstance(config.theme["palette"], list) is palette.startswith("  palette: [")


@pytest.mark.parametrize(
    "settings",
    [
        "extra: {generator: false, social: [{icon: a, link: b}], homepage: https://example.org/}\n",
        "copyright: A\nextra_css: [own.css]\nrepo_url: https://example.org/a/b\n",
        "markdown_extensions: [admonition, pymdownx.details]\n",
    ],
)
def test_what_templates_and_styles_do_does_not_need_it(tmp_path: Path, settings: str) -> None:
    features = "  features: [navigation.tabs, navigation.sections, toc.integrate]\n"
    assert list_script_uses(configure(tmp_path, settings, features)) == []


@pytest.mark.parametrize(
    "feature",
    "navigation.instant navigation.tracking navigation.top toc.follow content.tabs.link "
    "content.tooltips content.code.copy content.code.select content.code.annotate "
    "content.footnote.tooltips header.autohide announce.dismiss search.suggest not.yet.known".split(),
)
def test_a_feature_that_needs_it_keeps_it(tmp_path: Path, feature: str) -> None:
    config = configure(tmp_path, theme=f"  features: [navigation.tabs, {feature}]\n")
    assert list_script_uses(config) == [f"theme.features: {feature}"]
    assert config.theme["light_script"] is False


@pytest.mark.parametrize(
    ("settings", "name"),
    [
        ("plugins: [readinglog, search]\n", "plugins: material/search"),
        ("hooks: [hook.py]\n", "hooks: hook.py"),
        ("extra: {version: {provider: mike}}\n", "extra.version"),
        ("extra: {analytics: {provider: custom}}\n", "extra.analytics"),
        ("extra: {consent: {title: A}}\n", "extra.consent"),
        ("extra: {scope: /}\n", "extra.scope"),
        ("extra: {alternate: [{name: A, link: /a/, lang: en}]}\n", "extra.alternate"),
        (
            "extra_javascript: [https://example.org/a.js]\n",
            "extra_javascript: https://example.org/a.js",
        ),
    ],
)
def test_other_settings_that_need_it_keep_it(tmp_path: Path, settings: str, name: str) -> None:
    (tmp_path / "hook.py").touch()
    assert list_script_uses(configure(tmp_path, settings)) == [name]


def test_another_theme_keeps_its_script(tmp_path: Path) -> None:
    config = configure(tmp_path)
    config.theme.name = "own"
    assert list_script_uses(config) == ["theme.name: own"]


def test_a_script_keeps_it_that_subscribes_to_it(tmp_path: Path) -> None:
    scripts = tmp_path / "theme" / "js"
    scripts.mkdir(parents=True)
    (scripts / "uses.js").write_text("document$.subscribe(() => start())", encoding="utf-8")
    (scripts / "reads.js").write_text("const palette = __md_get('__palette')", encoding="utf-8")
    (scripts / "free.js").write_text("document.title += '$'; const a = `${b}`", encoding="utf-8")
    settings = "extra_javascript: [js/uses.js, js/reads.js, js/free.js, {path: js/gone.js, type: module}]\n"
    config = configure(tmp_path, settings, "  custom_dir: theme\n")
    assert list_script_uses(config) == [
        "extra_javascript: js/uses.js",
        "extra_javascript: js/reads.js",
        "extra_javascript: js/gone.js",
    ]


def test_a_template_of_ones_own_keeps_it_and_a_picture_does_not(tmp_path: Path) -> None:
    partials = tmp_path / "theme" / "partials"
    partials.mkdir(parents=True)
    (tmp_path / "theme" / "logo.svg").touch()
    assert list_script_uses(configure(tmp_path, theme="  custom_dir: theme\n")) == []
    (partials / "footer.html").touch()
    config = configure(tmp_path, theme="  custom_dir: theme\n")
    assert list_script_uses(config) == ["theme.custom_dir: partials/footer.html"]


@pytest.mark.parametrize(
    ("text", "classes"),
    [
        ("Text (1)\n{ #a .annotate }\n", ["annotate"]),
        ('<pre class="mermaid">graph</pre>\n<p class="a select">b</p>', ["mermaid", "select"]),
        ("We annotate and select. {.annotated} class", []),
        ('<p class="preselect">', []),
    ],
)
def test_classes_in_a_note_that_do_nothing_without_it(text: str, classes: list[str]) -> None:
    assert find_script_classes(text) == classes


def test_the_build_names_what_keeps_it_and_what_that_costs(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.INFO)
    configure(tmp_path)
    assert "Material" not in caplog.text
    config = configure(tmp_path, theme="  features: [toc.follow]\n")
    size = measure_script(config.theme.dirs)
    assert 10_000 < size < 60_000
    [line] = [record.getMessage() for record in caplog.records if "Material" in record.message]
    assert line.endswith(
        f"Material's script stays, {size / 1000:.0f} kB more for a first visit, "
        "because of theme.features: toc.follow"
    )


def test_a_site_has_the_files_of_one_script_only(tmp_path: Path, site: Path) -> None:
    def list_scripts(site: Path) -> set[str]:
        names = {path.relative_to(site / "assets").as_posix() for path in site.rglob("*.js")}
        return {name.partition(".")[0] for name in names if name.startswith(("java", "theme"))}

    assert list_scripts(site) == {"theme"}
    (tmp_path / "notes").mkdir()
    (tmp_path / "notes" / "clock.md").write_text(work(), encoding="utf-8")
    more = "\nextra: {generator: false, version: {provider: mike}}\n"
    kept = build_notes(tmp_path / "notes", tmp_path / "log", more)
    assert list_scripts(kept) == {"javascripts/bundle"}
    for folder, script in ((site, "assets/theme.js"), (kept, "assets/javascripts/bundle.")):
        for page in ("index.html", "tags/index.html", "404.html"):
            text = (folder / page).read_text(encoding="utf-8")
            assert text.count(script) == 1, page
            assert ("__config" in text) == (folder == kept), page


# The script that takes its place
# -----------------------------------------------------------------------------


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    """A page in a light system, which has to stay without complaint."""
    context = browser.new_context(color_scheme="light")
    page = context.new_page()
    wrong = collect_problems(page)
    yield page
    context.close()
    assert wrong == []


def read_scheme(page: Page) -> tuple[str | None, ...]:
    """Return the scheme of a page, the number of the checked option, and the browser's scheme."""
    checked = page.locator(f"{SCHEMES} input").evaluate_all(
        "(options) => options.findIndex((option) => option.checked)"
    )
    browser_scheme = page.locator("meta[name=color-scheme]").get_attribute("content")
    return page.locator("body").get_attribute("data-md-color-scheme"), checked, browser_scheme


SYSTEM, LIGHT, DARK = ("default", 0, "light"), ("default", 1, "light"), ("slate", 2, "dark")


def test_the_button_goes_through_the_schemes_and_pages_keep_the_choice(
    page: Page, root: str
) -> None:
    page.goto(root)
    assert read_scheme(page) == SYSTEM
    for scheme in (LIGHT, DARK, SYSTEM):
        label = page.locator(f"{SCHEMES} label:visible")
        expect(label).to_have_count(1)
        label.click()
        assert read_scheme(page) == scheme
        page.goto(root + NOTE)
        assert read_scheme(page) == scheme


def test_the_keyboard_chooses_a_scheme_too(page: Page, root: str) -> None:
    page.goto(root)
    page.locator(f"{SCHEMES} input:checked").focus()
    page.keyboard.press("Enter")
    assert read_scheme(page) == LIGHT
    page.keyboard.press("ArrowRight")
    assert read_scheme(page) == DARK
    expect(page.locator(f"{SCHEMES} input:focus")).to_have_count(1)


def test_the_system_is_followed_as_it_changes(page: Page, root: str) -> None:
    page.goto(root)
    for scheme, system in (("slate", "dark"), ("default", "light"), ("slate", "dark")):
        page.emulate_media(color_scheme=system)
        expect(page.locator("body")).to_have_attribute("data-md-color-scheme", scheme)
        assert read_scheme(page) == (scheme, 0, system)
    page.locator(f"{SCHEMES} label:visible").click()
    page.emulate_media(color_scheme="light")
    page.emulate_media(color_scheme="dark")
    page.evaluate(AFTER_LAYOUT)
    assert read_scheme(page) == LIGHT


def test_the_choice_is_stored_as_material_stores_it(page: Page, root: str) -> None:
    page.goto(root)
    for _ in range(2):
        page.locator(f"{SCHEMES} label:visible").click()
    color = {
        "media": "(prefers-color-scheme: dark)",
        "scheme": "slate",
        "primary": "custom",
        "accent": "custom",
    }
    stored = page.evaluate("localStorage.getItem('/.__palette')")
    assert json.loads(stored) == {"index": 2, "color": color}


@pytest.mark.parametrize("stored", ["null", '{"index": 9}', '{"index": "x"}', "[]"])
def test_a_stored_choice_that_makes_no_sense_does_no_harm(
    page: Page, root: str, stored: str
) -> None:
    page.goto(root)
    page.evaluate("(stored) => localStorage.setItem('/.__palette', stored)", stored)
    page.goto(root + NOTE)
    assert read_scheme(page) in {SYSTEM, DARK}


def test_an_address_opens_the_tab_that_it_names(page: Page, root: str) -> None:
    tabs = "".join(f'<input type="radio" name="__tabbed_1" id="__tabbed_1_{n}">' for n in (1, 2))

    def add_tabs(route: Route) -> None:
        answer = route.fetch()
        route.fulfill(response=answer, body=answer.text().replace("</h1>", f"</h1>{tabs}"))

    page.route(root + NOTE, add_tabs)
    page.goto(f"{root}{NOTE}#__tabbed_1_2")
    expect(page.locator("#__tabbed_1_2")).to_be_checked()


def test_pages_do_not_repeat_the_switch_and_the_menu(page: Page, root: str) -> None:
    html = page.request.get(root + NOTE).text()
    assert "__palette_" not in html
    assert "__md_" not in html  # the functions for Material's script
    assert "header-topic" not in html  # the title again, which it would show
    assert "md-nav" not in html
    page.set_viewport_size(NARROW)
    page.goto(root + NOTE)
    tabs = page.locator(".md-tabs a")
    menu = page.locator(".md-sidebar--primary .md-nav__list a")
    texts = [text.strip() for text in tabs.all_text_contents()]
    assert [text.strip() for text in menu.all_text_contents()] == texts
    href = "(links) => links.map((link) => link.href)"
    assert menu.evaluate_all(href) == tabs.evaluate_all(href)


def test_the_switch_has_the_schemes_of_the_configuration() -> None:
    script = (ASSETS / "theme.js").read_text(encoding="utf-8")
    schemes = cast("list[dict[str, Any]]", THEME_DEFAULTS["palette"])
    assert len(schemes) == 3
    for scheme in schemes:
        assert f't("{scheme["toggle"]["name"]}")' in script
        assert f'"{scheme["media"]}"' in script


@pytest.mark.parametrize(
    "settings",
    [
        "theme: {name: material, features: [navigation.sections]}\n",
        "nav: [{Home: index.md}, {More: [tags/index.md, log/index.md]}]\n",
    ],
)
def test_a_menu_that_is_more_than_the_tabs_is_on_every_page(tmp_path: Path, settings: str) -> None:
    (tmp_path / "notes").mkdir()
    (tmp_path / "notes/a.md").write_text(work(), encoding="utf-8")
    config = "site_name: A log\ndocs_dir: notes\nplugins: [readinglog]\nextra: {generator: false}\n"
    if "theme:" not in settings:
        config += "theme: {name: material}\n"
    (tmp_path / "mkdocs.yml").write_text(config + settings, encoding="utf-8")
    run_or_fail("mkdocs", "build", "--quiet", cwd=tmp_path)
    html = (tmp_path / "site/notes/a/index.html").read_text(encoding="utf-8")
    assert "md-sidebar--primary" in html
    assert "__palette_0" not in html


@pytest.mark.parametrize("palette", ["{scheme: slate}", "{scheme: slate, primary: teal}"])
def test_a_fixed_scheme_has_no_switch(tmp_path: Path, browser: Browser, palette: str) -> None:
    (tmp_path / "notes").mkdir()
    (tmp_path / "notes/a.md").write_text(work(), encoding="utf-8")
    (tmp_path / "mkdocs.yml").write_text(
        "site_name: A log\ndocs_dir: notes\nplugins: [readinglog]\nextra: {generator: false}\n"
        f"theme: {{name: material, palette: {palette}}}\n",
        encoding="utf-8",
    )
    run_or_fail("mkdocs", "build", "--quiet", cwd=tmp_path)
    with serve_folder(tmp_path / "site") as address:
        page = browser.new_page(color_scheme="light")
        page.goto(f"{address}notes/a/")
        expect(page.locator(".rl-search-link")).to_be_visible()
        expect(page.locator("[data-md-component=palette]")).to_have_count(0)
        expect(page.locator("body")).to_have_attribute("data-md-color-scheme", "slate")
        page.close()


def test_the_page_of_a_missing_address_has_the_menu(browser: Browser, root: str) -> None:
    page = browser.new_page(viewport=NARROW)
    page.goto(f"{root}nothing/here/")
    page.locator(MENU).click()
    expect(page.locator(".md-sidebar--primary").get_by_role("link", name="Tags")).to_be_visible()
    page.close()


def test_where_the_scripts_do_not_come_a_page_is_as_without_scripts(
    browser: Browser, root: str
) -> None:
    page = browser.new_page(viewport=NARROW)
    page.route("**/readinglog.js", lambda route: route.abort())
    page.goto(root + NOTE)
    expect(page.locator(".md-tabs").get_by_role("link", name="Tags")).to_be_visible()
    expect(page.locator(MENU)).to_be_hidden()
    page.set_viewport_size({"width": 1400, "height": 900})
    expect(page.locator(".rl-narrow > summary")).to_be_visible()
    page.close()


def test_without_scripts_a_narrow_window_has_the_tabs_and_a_wide_one_the_contents(
    browser: Browser, root: str
) -> None:
    page = browser.new_page(java_script_enabled=False)
    for size in (NARROW, {"width": 1400, "height": 900}):
        page.set_viewport_size(size)
        page.goto(root + NOTE)
        expect(page.locator(".md-tabs").get_by_role("link", name="Add a note")).to_be_in_viewport()
        expect(page.locator(MENU)).to_be_hidden()
        expect(page.locator(".rl-narrow > summary")).to_be_visible()
    page.close()


def test_the_drawer_opens_by_key_takes_the_focus_and_gives_it_back(page: Page, root: str) -> None:
    page.set_viewport_size(NARROW)
    page.goto(root + NOTE)
    menu = page.locator(MENU)
    expect(menu).to_have_attribute("aria-expanded", "false")
    menu.focus()
    page.keyboard.press("Enter")
    expect(menu).to_have_attribute("aria-expanded", "true")
    expect(page.locator(".md-sidebar--primary a:focus")).to_have_text("Home")
    page.keyboard.press("Escape")
    expect(page.locator(DRAWER)).not_to_be_checked()
    expect(menu).to_be_focused()


def test_the_focus_stays_in_the_drawer_while_it_is_open(page: Page, root: str) -> None:
    page.set_viewport_size(NARROW)
    page.goto(root + NOTE)
    page.locator(MENU).click()
    links = page.locator(".md-sidebar--primary a:visible").count()
    reached = "document.activeElement.closest('.md-sidebar--primary, body')?.className"
    for key in ("Tab", "Shift+Tab"):
        for _ in range(links + 2):
            page.keyboard.press(key)
            # behind the last one, a browser goes to its own parts, and here to nothing
            assert "md-sidebar--primary" in page.evaluate(reached) or page.evaluate(
                "document.activeElement === document.body"
            )
    page.keyboard.press("/")  # goes on to work
    expect(page.get_by_role("dialog", name="Search").get_by_role("combobox")).to_be_focused()
    page.keyboard.press("Escape")
    page.keyboard.press("Escape")
    expect(page.locator(DRAWER)).not_to_be_checked()
    expect(page.locator(MENU)).to_be_focused()
    page.keyboard.press("Tab")
    expect(page.locator(".md-header :focus")).to_be_visible()


def test_the_drawer_closes_where_the_window_gets_wide(page: Page, root: str) -> None:
    page.set_viewport_size(NARROW)
    page.goto(root + NOTE)
    page.locator(MENU).click()
    expect(page.locator(".md-content")).to_have_attribute("inert", "")
    page.set_viewport_size({"width": 1400, "height": 900})
    expect(page.locator(DRAWER)).not_to_be_checked()
    expect(page.locator("[inert]")).to_have_count(0)


def test_the_drawer_closes_by_a_click_beside_it_and_by_a_link(page: Page, root: str) -> None:
    page.set_viewport_size(NARROW)
    page.goto(root + NOTE)
    page.locator(MENU).click()
    page.mouse.click(380, 500)
    expect(page.locator(DRAWER)).not_to_be_checked()
    page.locator(MENU).click()
    page.locator(".md-sidebar--primary").get_by_role("link", name="Tags").click()
    page.wait_for_url("**/tags/")
    page.go_back()
    expect(page.locator(DRAWER)).not_to_be_checked()


def test_folds_open_for_an_address_within_and_on_paper(page: Page, root: str) -> None:
    page.goto(root + "stats/")
    folds = page.locator(".md-content details")
    closed = page.locator(".md-content details:not([open])")
    count = closed.count()
    assert count
    page.evaluate("dispatchEvent(new Event('beforeprint'))")
    expect(closed).to_have_count(0)
    page.evaluate("dispatchEvent(new Event('afterprint'))")
    expect(closed).to_have_count(count)
    folds.first.evaluate(
        "(fold) => { fold.lastElementChild.id = 'within'; location.hash = 'within'; }"
    )
    expect(folds.first).to_have_attribute("open", "")


def test_what_has_the_focus_by_key_is_marked_and_what_is_clicked_is_not(
    page: Page, root: str
) -> None:
    page.goto(root + "stats/")
    summary = page.locator(".md-content summary").first
    style = "(element) => getComputedStyle(element).outlineStyle"
    summary.click()
    expect(summary).to_be_focused()
    assert summary.evaluate(style) == "none"
    page.keyboard.press("Tab")
    page.keyboard.press("Shift+Tab")
    expect(summary).to_be_focused()
    assert summary.evaluate(style) != "none"
    page.keyboard.press("Tab")
    assert summary.evaluate(style) == "none"
