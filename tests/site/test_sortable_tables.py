"""Tables that a click on the head of a column sorts, in a real browser."""

from __future__ import annotations

import shutil
from pathlib import Path

from playwright.sync_api import Browser, expect

from support.browsing import ASSETS, serve_folder, visit

PAGE = """<!doctype html><meta charset="utf-8"><title>Results</title>
<table class="rl-sortable">
<thead><tr><th>Work</th><th>Value</th></tr></thead>
<tbody>
<tr><td>B 10</td><td data-sort="9.5">9.50 ms</td></tr>
<tr><td>a 9</td><td data-sort="">none</td></tr>
<tr><td>B 9</td><td data-sort="1e3">1,000 ms</td></tr>
<tr><td>É</td><td data-sort="-2">−2</td></tr>
</tbody></table>
<script type="module">
import { makeTablesSortable } from "./assets/sortable.js";
makeTablesSortable();
</script>
"""


def test_a_head_sorts_by_numbers_or_words_both_ways_and_what_is_empty_stands_last(
    tmp_path: Path, browser: Browser
) -> None:
    shutil.copytree(ASSETS, tmp_path / "assets")
    (tmp_path / "index.html").write_text(PAGE, encoding="utf-8")
    with serve_folder(tmp_path) as root, visit(browser, root) as (page, problems):
        page.goto(root)

        def read() -> tuple[list[str], list[str | None]]:
            heads = page.locator("th").all()
            works = page.locator("td:first-child").all_inner_texts()
            return works, [head.get_attribute("aria-sort") for head in heads]

        page.get_by_role("button", name="Value").click()
        assert read() == (["É", "B 10", "B 9", "a 9"], [None, "ascending"])
        page.keyboard.press("Enter")
        assert read() == (["B 9", "B 10", "É", "a 9"], [None, "descending"])
        page.get_by_role("button", name="Work").press(" ")
        assert read() == (["a 9", "B 9", "B 10", "É"], ["ascending", None])
    assert problems == []


def test_a_tag_shows_when_works_were_added_where_that_is_asked_for(
    browser: Browser, root: str
) -> None:
    with visit(browser, root) as (page, problems):
        page.goto(f"{root}tags/mechanical-clocks/")
        added = page.locator(".rl-tag-works th.rl-day-added")
        expect(added).to_be_hidden()
        page.get_by_label("Show when each was added").check()
        page.get_by_role("button", name="Added").click()
        days = page.locator("td.rl-day-added time")
        shown = [str(day.get_attribute("datetime")) for day in days.all()]
        assert len({*shown}) > 1
        assert shown == sorted(shown)
        # The bibliography stands right below the table, above the map.
        files = page.locator(".rl-links a[href='bibliography.bib']")
        assert page.evaluate(
            "([file, map]) => Boolean(file.compareDocumentPosition(map) & Node.DOCUMENT_POSITION_FOLLOWING)",
            [files.element_handle(), page.locator(".rl-small-map").element_handle()],
        )
    assert problems == []
