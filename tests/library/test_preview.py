"""The preview of the library: what it serves is what a whole build writes."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from support.paths import ROOT
from support.previews import RandomEdits
from support.sessions import assert_equal_to_build, start


@pytest.mark.slow  # a smaller log is edited each time
def test_after_any_edits_every_file_is_that_of_a_whole_build(tmp_path: Path) -> None:
    shutil.copytree(ROOT / "notes", tmp_path / "notes")
    config = (ROOT / "mkdocs.yml").read_text(encoding="utf-8")
    config = config.replace("social_cards: true", "social_cards: false")  # drawn in another test
    (tmp_path / "mkdocs.yml").write_text(config, encoding="utf-8")
    session = start(tmp_path)
    pages = ["index.html", "tags/moe/index.html", "log/index.html", "search/catalogue.bin"]
    for number, edit in enumerate(RandomEdits(tmp_path / "notes", seed=8).make_each(2)):
        assert session.update(), edit
        assert session.site.make(pages[number % len(pages)]), edit
    assert_equal_to_build(session, tmp_path)
