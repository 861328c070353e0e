"""The box above a long page that leaves only what has the words written there, in a real browser."""

from __future__ import annotations

import shutil
from pathlib import Path

from playwright.sync_api import Browser, expect

from support.browsing import ASSETS, serve_folder, visit

PAGE = """<!doctype html><meta charset="utf-8"><title>Claims</title>
<link rel="stylesheet" href="assets/readinglog.css">
<p class="rl-filter" data-items="li" hidden><label>Filter <input type="search"> <span role="status"></span></label></p>
<section><h2>X</h2><ul class="rl-claims"><li>One <b>Émile</b></li>
<li><a href="notes/loss-free-balancing/#^one">Two</a></li></ul></section>
<section><h2>Y</h2><details><summary>Fold</summary><ul><li>Two émile</li></ul></details></section>
<script type="module">
import { showFilters } from "./assets/filter.js";
showFilters();
</script>
"""


def test_a_box_leaves_what_has_all_words_in_any_case_and_the_headings_above_it(
    tmp_path: Path, browser: Browser
) -> None:
    shutil.copytree(ASSETS, tmp_path / "assets")
    (tmp_path / "index.html").write_text(PAGE, encoding="utf-8")
    with serve_folder(tmp_path) as root, visit(browser, root) as (page, problems):
        page.goto(root)
        page.locator("summary").click()
        box, status = page.get_by_label("Filter"), page.get_by_role("status")
        shown = page.locator(":is(h2, li):visible")
        expect(shown).to_have_text(["X", "One Émile", "Two", "Y", "Two émile"])
        box.fill("EMILE")
        expect(shown).to_have_text(["X", "One Émile", "Y", "Two émile"])
        expect(status).to_have_text("2 of 3")
        box.fill("emile two")
        expect(shown).to_have_text(["Y", "Two émile"])
        box.fill("free loss")
        expect(shown).to_have_text(["X", "Two"])
        box.fill("three")
        expect(shown).to_have_count(0)
        expect(status).to_have_text("0 of 3")
        box.fill(" ")
        expect(shown).to_have_count(5)
        expect(status).to_be_empty()
    assert problems == []
