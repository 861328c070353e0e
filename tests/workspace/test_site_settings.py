"""What `mkdocs.yml` says about files, read without MkDocs."""

from __future__ import annotations

from pathlib import Path

from readinglog.workspace.site_settings import SiteSettings, find_site_settings

CONFIG = """\
INHERIT: ../base.yml
site_name: !ENV [NAME, "A log"]
theme: {name: material, favicon: img/icon.png}
extra_css: [own.css]
extra_javascript: [js/own.js, {path: js/late.js, type: module}, 7]
markdown_extensions:
  - pymdownx.emoji:
      emoji_index: !!python/name:material.extensions.emoji.twemoji
exclude_docs: |
  private/
"""
BASE = """\
repo_url: https://github.com/a/log
theme: {logo: img/logo.svg, favicon: img/other.png}
extra_css: [base.css]
"""


def test_they_are_read_with_what_they_inherit_and_with_tags(tmp_path: Path) -> None:
    notes = tmp_path / "log" / "notes"
    notes.mkdir(parents=True)
    (notes.parent / "mkdocs.yml").write_text(CONFIG, encoding="utf-8")
    (tmp_path / "base.yml").write_text(BASE, encoding="utf-8")
    named = ("own.css", "js/own.js", "js/late.js", "img/logo.svg", "img/icon.png")
    expected = SiteSettings("https://github.com/a/log", named, "private/\n")
    assert find_site_settings(notes, notes.parent) == expected


def test_none_out_of_the_repository_count_and_broken_ones_are_empty(tmp_path: Path) -> None:
    notes = tmp_path / "log" / "notes"
    (tmp_path / "mkdocs.yml").write_text("repo_url: https://github.com/a/log\n", encoding="utf-8")
    assert find_site_settings(notes, notes.parent) is None
    for text in ("a: [", "- a", "INHERIT: mkdocs.yml\n", "INHERIT: gone.yml\ntheme: material\n"):
        (tmp_path / "mkdocs.yml").write_text(text, encoding="utf-8")
        assert find_site_settings(notes, tmp_path) == SiteSettings()
