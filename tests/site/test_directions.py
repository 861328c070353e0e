"""Blocks of Arabic and Hebrew in a note from left to right, as a browser lays them out: each follows
its own text, with its marks on the side where it begins.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, expect

from readinglog.site.mkdocs_build import BuildMemory
from readinglog.site.mkdocs_session import MkDocsSession
from support.browsing import serve_folder
from support.worlds import work

CONFIG = "site_name: A log\ndocs_dir: notes\ntheme: material\nplugins: [readinglog]\n"
BODY = """\
Latin at first.

## عنوان عربي

فقرة عربية مع `code` و $x^2$ فيها.

- بند أول
- بند ثان
- A Latin item
- [ ] بند للعمل

> ציטוט בעברית

> [!note] ملاحظة
> نص الملاحظة

| عمود | آخر |
|------|-----|
| قيمة | ثان |

Latin again, with עברית in it.

- Latin
    - بند متداخل
"""
# Of each block that begins with a text: its direction, and how far that is from both of its edges.
LAYOUT = """(begin) => {
    const walker = document.createTreeWalker(document.querySelector(".rl-main"), 4);
    while (walker.nextNode()) {
        const { data, parentElement } = walker.currentNode;
        if (data.trim().startsWith(begin) && !parentElement.closest("nav")) break;
    }
    const text = walker.currentNode;
    const block = text.parentElement.closest("p, h2, li, td, th, blockquote, .admonition-title");
    const range = document.createRange();
    range.selectNodeContents(text);
    const [inner, outer] = [range.getBoundingClientRect(), block.getBoundingClientRect()];
    const style = getComputedStyle(block);
    return [style.direction, inner.left - outer.left, outer.right - inner.right];
}"""
BORDER = """(selector) => {
    const style = getComputedStyle(document.querySelector(selector));
    return [parseFloat(style.borderLeftWidth), parseFloat(style.borderRightWidth)];
}"""
BOX = """([selector, last]) => {
    const found = [...document.querySelectorAll(selector)];
    const box = found[last ? found.length - 1 : 0].getBoundingClientRect();
    return [box.left, box.right];
}"""


@pytest.fixture(scope="module")
def page(browser: Browser, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Page]:
    folder = tmp_path_factory.mktemp("directions")
    (folder / "notes").mkdir()
    (folder / "notes/a.md").write_text(work(BODY), encoding="utf-8")
    linking = work("See [[a]].", title="ספר על שעונים", url="https://b.example/")
    (folder / "notes/b.md").write_text(linking, encoding="utf-8")
    (folder / "mkdocs.yml").write_text(CONFIG, encoding="utf-8")
    session = MkDocsSession(folder / "mkdocs.yml", BuildMemory())
    html = (session.site.make("notes/a/index.html") or b"").decode()
    styles = [
        address.removeprefix("../../") for address in re.findall(r'href="([^"]+\.css)"', html)
    ]
    for path in ("notes/a/index.html", *styles):
        target = folder / "site" / path
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(session.site.make(path) or b"")
    with serve_folder(folder / "site") as address:
        page = browser.new_page(viewport={"width": 1280, "height": 900})
        page.goto(f"{address}notes/a/")
        yield page
        page.close()


@pytest.mark.parametrize(
    ("begin", "direction"),
    [
        ("Latin at", "ltr"),
        ("عنوان", "rtl"),
        ("فقرة", "rtl"),
        ("بند أول", "rtl"),
        ("A Latin item", "ltr"),
        ("بند للعمل", "rtl"),
        ("ציטוט", "rtl"),
        ("ملاحظة", "rtl"),
        ("نص", "rtl"),
        ("عمود", "rtl"),
        ("Latin again", "ltr"),
        ("بند متداخل", "rtl"),
    ],
)
def test_a_block_begins_on_the_side_of_its_text(page: Page, begin: str, direction: str) -> None:
    found, left, right = page.evaluate(LAYOUT, begin)
    assert found == direction
    near, far = (right, left) if direction == "rtl" else (left, right)
    assert 0 <= near < 80, "it does not begin at its edge"
    assert near <= far


def test_lists_quotes_and_tables_are_mirrored(page: Page) -> None:
    left, right = page.evaluate(BORDER, ".rl-main blockquote")
    assert (left, right > 0) == (0, True)
    first, second = (page.evaluate(BOX, [".rl-main th", last]) for last in (False, True))
    assert first[0] >= second[1], "the first column is not on the right"
    outer, inner = (
        page.evaluate(BOX, [selector, True])
        for selector in (".rl-main ul > li", ".rl-main ul ul > li")
    )
    assert inner[1] <= outer[1]
    main, item = (
        page.evaluate(BOX, [".rl-main", False]),
        page.evaluate(BOX, ["ul[dir=rtl] > li", False]),
    )
    assert item[1] < main[1], "there is no room for the marks of items"


def test_names_on_the_map_of_a_note_begin_in_one_line(page: Page) -> None:
    page.locator("summary", has_text="Map").click()
    names = page.locator(".rl-map bdi")
    expect(names).to_have_count(2)
    directions = names.evaluate_all("(all) => all.map((one) => getComputedStyle(one).direction)")
    starts = names.evaluate_all("(all) => all.map((one) => one.getBoundingClientRect().left)")
    assert {*directions} == {"ltr", "rtl"}
    assert len({*starts}) == 1
