"""What is made on demand is what a whole build writes, to the last byte, whatever has been edited
before.
"""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from readinglog.site import output_files
from readinglog.site.build import BuildError
from readinglog.site.json_text import pack_text
from readinglog.workspace import note_parser
from support.generated_notes import write_notes
from support.paths import SAMPLE
from support.previews import CONFIG, RandomEdits, replace_text, write_log
from support.sessions import ORIGIN, assert_equal_to_build, start


def test_after_any_edits_every_file_is_that_of_a_whole_build(tmp_path: Path) -> None:
    write_notes(tmp_path / "notes", 60, seed=11)
    config = (SAMPLE / "mkdocs.yml").read_text(encoding="utf-8")
    config = config.replace("social_cards: true", "social_cards: false")  # see the next test
    (tmp_path / "mkdocs.yml").write_text(config, encoding="utf-8")
    session = start(tmp_path)
    pages = ["index.html", "tags/index.html", "log/index.html", "search/catalogue.bin"]
    for number, edit in enumerate(RandomEdits(tmp_path / "notes", seed=8).make_each(2)):
        assert session.update(), edit
        assert session.site.make(pages[number % len(pages)]), edit
    assert_equal_to_build(session, tmp_path)


def test_pictures_queries_and_a_navigation_of_ones_own_are_those_of_a_build(
    tmp_path: Path,
) -> None:
    shutil.copytree(SAMPLE / "notes", tmp_path / "notes")
    nav = "nav: [index.md, notes/carillon-drums/index.md, Log: log/index.md]\n"
    config = (SAMPLE / "mkdocs.yml").read_text(encoding="utf-8")
    (tmp_path / "mkdocs.yml").write_text(config + nav, encoding="utf-8")
    session = start(tmp_path)
    session.site.make("notes/carillon-drums/index.html")
    for edit in RandomEdits(tmp_path / "notes", seed=3).make_each(1):
        assert session.update(), edit
    (tmp_path / "notes" / "carillon-drums.md").unlink(missing_ok=True)
    assert session.update()
    (tmp_path / "notes" / "carillon-drums.md").write_text(
        (SAMPLE / "notes" / "carillon-drums.md")
        .read_text("utf-8")
        .replace("title: ", "title: New "),
        "utf-8",
    )
    assert session.update()
    assert_equal_to_build(session, tmp_path)


def test_overrides_and_further_templates_are_those_of_a_build(tmp_path: Path) -> None:
    folder = write_log(tmp_path / "log")
    more = "extra_css: [own.css]\nextra_templates: [robots.txt]\n"
    config = CONFIG.replace("material}", "material, custom_dir: over}") + more
    (folder / "mkdocs.yml").write_text(config, encoding="utf-8")
    for path, text in {
        "main.html": '{% extends "base.html" %}{% block content %}<p>{{ page.url }}</p>{{ page.content }}{% endblock %}',
        "own.css": "p { color: red }",
        "robots.txt": "Sitemap: {{ config.site_url }}sitemap.xml",
    }.items():
        (folder / "over").mkdir(exist_ok=True)
        (folder / "over" / path).write_text(text, encoding="utf-8")
    session = start(folder)
    config = (folder / "mkdocs.yml").read_text("utf-8")
    (folder / "mkdocs.yml").write_text(
        config.replace("https://example.org/log/", f"{ORIGIN}{session.path}"), "utf-8"
    )
    assert_equal_to_build(session, folder)


def test_a_file_is_parsed_again_only_if_it_has_changed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = write_log(tmp_path / "log")
    session = start(folder)
    parsed = []
    parse = note_parser.parse_note
    monkeypatch.setattr(
        note_parser,
        "parse_note",
        lambda source, schema: parsed.append(source) or parse(source, schema),
    )
    before = session.site
    assert session.update() == []
    (folder / "notes" / "switch.md").touch()
    assert session.update() == []
    assert session.site is before
    replace_text(folder / "notes" / "switch.md", "gate", "router")
    assert session.update() == ["switch.md"]
    assert [source.path for source in parsed] == ["switch.md"]


def test_a_file_of_the_search_is_made_when_it_is_asked_for_and_no_other(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    site = start(write_log(tmp_path / "log")).site
    packed: list[str] = []

    def record(text: str) -> bytes:
        packed.append(text)
        return pack_text(text)

    monkeypatch.setattr(output_files, "pack_text", record)
    first = site.make("search/catalogue.bin")
    assert site.make("search/gone.bin") is None
    assert site.make("search/links.bin")
    assert site.make("search/catalogue.bin") == first
    assert len(packed) == 2


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        (
            "[readinglog]",
            "[readinglog, search]",
            r"other plugins or hooks \(material/search\): use `mkdocs serve`",
        ),
        ("plugins: [readinglog]", "plugins: []", r"does not use the plugin readinglog: add"),
        ("docs_dir: notes", "docs_dir: gone", "gone"),
        ("site_name: A log", "site_name: [", "mkdocs.yml"),
    ],
)
def test_what_cannot_be_previewed_is_said(tmp_path: Path, old: str, new: str, message: str) -> None:
    folder = write_log(tmp_path / "log")
    replace_text(folder / "mkdocs.yml", old, new)
    with pytest.raises(BuildError, match=message):
        start(folder)
