"""How much work a build does, counted: an edit makes the pages again that show it, and no other."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import pytest
from mkdocs.commands.build import build

from readinglog.site import output_files
from readinglog.site.addresses import make_note_address
from readinglog.site.build import load_site_config
from readinglog.site.mkdocs_defaults import NAV
from readinglog.site.page import Page, Site
from readinglog.workspace import parallel
from readinglog.workspace.loading import load_notebook
from support.generated_notes import write_notes
from support.previews import replace_text
from support.site_builds import CONFIG

_NOTES = 30
# These are in the navigation, so that the theme renders each by itself every time.
_LISTED = {path.replace(".md", ".html") for item in NAV for path in item.values()}


class CountedSite:
    """A site that is built in this process, with how often its last build has made each page."""

    def __init__(self, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        self.notes = folder / "notes"
        self.made: Counter[str] = Counter()
        self.described: Counter[str] = Counter()  # pages for which all they are made of was listed
        self._config_file = folder / "mkdocs.yml"
        self._config_file.write_text(CONFIG, encoding="utf-8")
        fill_gaps = output_files.fill_gaps

        def fill_and_count(page: Page, site: Site) -> dict[str, str]:
            self.made[page.path] += 1
            return fill_gaps(page, site)

        monkeypatch.setattr(output_files, "fill_gaps", fill_and_count)
        describe = Page.describe

        def describe_and_count(page: Page) -> tuple[object, ...]:
            self.described[page.path] += 1
            return describe(page)

        monkeypatch.setattr(Page, "describe", describe_and_count)
        for module in (output_files, parallel):
            monkeypatch.setattr(module, "count_processes", lambda: 1)

    def build(self) -> dict[str, bytes]:
        """Build the site, and return its pages by path."""
        self.made.clear()
        self.described.clear()
        config = load_site_config(self._config_file)
        # MkDocs has one plugin for a process, which an earlier test may have set up for a preview.
        config.plugins["readinglog"].writes_site = True
        config.plugins.on_startup(command="build", dirty=False)
        build(config)
        site = Path(config.site_dir)
        pages = {
            path.relative_to(site).as_posix(): path.read_bytes() for path in site.rglob("*.html")
        }
        del pages["404.html"]  # which the theme makes
        return pages

    def find_pages_that_quote(self, path: str) -> set[str]:
        """Return the pages of a note and of the notes that it links to, which quote it."""
        notebook = load_notebook(self.notes)
        note = notebook.by_path[path]
        quoting = (note, *notebook.graph.outgoing_links[note])
        return {f"{make_note_address(each)}index.html" for each in quoting}


def test_an_edit_makes_the_pages_again_that_may_show_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    notes = write_notes(tmp_path / "notes", _NOTES, seed=3)
    site = CountedSite(tmp_path, monkeypatch)
    whole = site.build()
    assert site.made == dict.fromkeys(whole, 1)

    assert site.build() == whole
    assert set(site.made) == _LISTED

    edited = notes[_NOTES // 2]
    text = edited.read_text(encoding="utf-8")
    edited.write_text(f"{text}\nA sentence about nothing else.\n", encoding="utf-8")
    after_text = site.build()
    assert set(site.made) == _LISTED | site.find_pages_that_quote(edited.name)
    assert list_changed(whole, after_text) <= set(site.made)
    notes_described = {path for path in site.described if path.startswith("notes/")}
    assert notes_described <= site.find_pages_that_quote(edited.name)

    replace_text(edited, 'title: "', 'title: "Another ')
    after_title = site.build()
    assert list_changed(after_text, after_title) <= set(site.made)
    assert site.made.total() < len(whole) / 2


def list_changed(before: dict[str, bytes], after: dict[str, bytes]) -> set[str]:
    """Return the paths of the pages with other bytes than before."""
    return {path for path in after if before.get(path) != after[path]}
