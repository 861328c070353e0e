"""Pages in a made-up language that is written from right to left, with longer words: the layout is
the mirror image of the English one, and no word of the pages is left in English.
"""

from __future__ import annotations

import shutil
from collections.abc import Iterator

import pytest
import yaml
from playwright.sync_api import Browser

from readinglog.site import messages
from readinglog.site.mkdocs_build import BuildMemory
from readinglog.site.mkdocs_session import MkDocsSession
from support.browsing import serve_folder
from support.paths import SAMPLE

THEME = """\
{% macro t(key) %}{{ {"language": "qps", "direction": "rtl"}[key] }}{% endmacro %}
"""
PAGES = ("", "notes/carillon-drums/", "tags/escapements/", "log/", "stats/", "search/?q=clock")
# Parts that are as wide in every language, so that they can be compared.
PARTS = (".md-header", ".rl-main", ".rl-margin", ".rl-layout", ".rl-search", ".rl-card")
BOXES = """(parts) => Object.fromEntries(parts.flatMap((part) => {
    const found = document.querySelector(part)?.getBoundingClientRect();
    return found ? [[part, [found.left, innerWidth - found.right]]] : [];
}))"""
OVERFLOW = "() => document.documentElement.scrollWidth - innerWidth"
WORDS = ".md-tabs__link, .rl-note-footer h2, .rl-note-actions a, .rl-shortcuts summary"


@pytest.fixture(scope="module")
def mirrored(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The sample log in the made-up language, served."""
    folder = tmp_path_factory.mktemp("mirrored")
    german = messages.load_table("de")
    assert german is not None
    table = {
        "thousands": "'",
        "nouns": {noun: [f"⟦{noun}⟧", f"⟦{noun}s⟧"] for noun in german.nouns},
        "messages": {text: f"⟦{text} ⟧" for text in german.messages if not text.startswith("Jan ")},
    }
    (folder / "languages").mkdir()
    (folder / "languages/qps.yml").write_text(yaml.safe_dump(table), encoding="utf-8")
    (folder / "over/partials/languages").mkdir(parents=True)
    (folder / "over/partials/languages/qps.html").write_text(THEME, encoding="utf-8")
    shutil.copytree(SAMPLE / "notes", folder / "notes")
    config = (SAMPLE / "mkdocs.yml").read_text(encoding="utf-8")
    settings = yaml.safe_load(config.replace("!ENV", ""))
    settings["theme"] = {"name": "material", "language": "qps", "custom_dir": "over"}
    settings["site_url"] = "http://localhost/"
    settings["plugins"] = ["readinglog"]
    (folder / "mkdocs.yml").write_text(yaml.safe_dump(settings), encoding="utf-8")
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(messages, "LANGUAGES", folder / "languages")
        messages.load_table.cache_clear()
        session = MkDocsSession(folder / "mkdocs.yml", BuildMemory())
        for path in list(session.site.list_paths()):
            target = folder / "site" / path
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_bytes(session.site.make(path) or b"")
    messages.load_table.cache_clear()
    with serve_folder(folder / "site") as address:
        yield address


@pytest.mark.parametrize("width", [390, 1280])
def test_the_layout_is_mirrored_and_fits(
    browser: Browser, root: str, mirrored: str, width: int
) -> None:
    context = browser.new_context(viewport={"width": width, "height": 900})
    page = context.new_page()
    for path in PAGES:
        page.goto(root + path)
        english = page.evaluate(BOXES, PARTS)
        page.goto(mirrored + path)
        assert page.locator("body").get_attribute("dir") == "rtl"
        boxes = page.evaluate(BOXES, PARTS)
        assert boxes.keys() == english.keys(), path
        for part, (left, right) in boxes.items():
            assert (right, left) == pytest.approx(english[part], abs=2), (path, part)
        assert page.evaluate(OVERFLOW) <= 0, path
    context.close()


def test_no_word_of_the_pages_is_english(browser: Browser, mirrored: str) -> None:
    page = browser.new_page(viewport={"width": 1280, "height": 900})
    page.goto(mirrored + "notes/carillon-drums/")
    words = page.locator(WORDS).all_inner_texts()
    assert len(words) > 12
    assert [text for text in words if "⟦" not in text] == []
    page.goto(mirrored + "notes/nothing-of-the-kind/")
    page.goto(mirrored + "404.html")
    assert "⟦" in page.locator("h1").inner_text()
    page.close()
