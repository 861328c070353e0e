"""Settings of mkdocs.yml do what MkDocs documents, by the plugin, from a written tree, and in the
preview.
"""

from __future__ import annotations

import os
import re
from pathlib import Path
from typing import NamedTuple

import pytest

from readinglog.site.build import BuildError, load_site_config
from readinglog.site.mkdocs_build import BuildMemory
from readinglog.site.mkdocs_defaults import (
    FAVICON,
    choose_favicon,
    list_settings_without_effect,
    make_palette,
)
from readinglog.site.mkdocs_session import MkDocsSession
from support.packed_files import read_plain
from support.program import decode, run_program
from support.site_builds import BIN, run_or_fail
from support.worlds import work

BASE = """\
docs_dir: notes
site_url: https://example.org/log/
copyright: "© Readers"
theme:
  name: material
  language: de
  palette: {primary: teal, accent: pink}
  logo: img/logo.svg
  favicon: img/icon.png
  custom_dir: over
plugins: [readinglog]
extra_css: [own.css]
extra_javascript: [own.js]
exclude_docs: |
  private/
  *.csv
draft_docs: "*.draft.md"
repo_url: https://forge.example/o/r
edit_uri_template: "blob/dev/{path_noext}.md?name={path!q}"
"""
CONFIG = """\
INHERIT: settings/base.yml
site_name: Ein Lesebuch
nav:
  - Start: index.md
  - About: about.md
  - Erste: deep/first.md
  - Log: log/index.md
"""
FILES: dict[str, str] = {
    "mkdocs.yml": CONFIG,
    "settings/base.yml": BASE,
    "pyproject.toml": "",
    "over/partials/copyright.html": "<p>MARK {{ config.copyright }}</p>",
    "notes/index.md": "# Our room\n\nWe read. See [[about]], [[first]] and [[hidden]].\n",
    "notes/about.md": "---\ntitle: About us\nkind: page\n---\n[home](index.md)\n\n## History\n\nLong.\n",
    "notes/deep/first.md": work("[[about#History]] [data](x.csv)", title="First", url="https://a.example/1"),
    "notes/private/hidden.md": work("SECRET [[first]]", title="Hidden one", url="https://a.example/2"),
    "notes/idea.draft.md": work("SECRET", title="Idea", url="https://a.example/3"),
    "notes/deep/x.csv": "SECRET\n",
    "notes/own.css": "@import 'more.css';\n",
    "notes/more.css": "b {}\n",
    "notes/own.js": "",
    "notes/img/logo.svg": '<svg xmlns="http://www.w3.org/2000/svg"/>',
    "notes/img/icon.png": "PNG",
}  # fmt: skip
WAYS = {
    "plugin": ("mkdocs", "build", "--quiet"),
    "mkdocs": ("readinglog", "build", "--engine", "mkdocs"),
    "zensical": ("readinglog", "build", "--engine", "zensical"),
}


class Log(NamedTuple):
    folder: Path
    output: str

    def read(self, path: str) -> str:
        return read_plain(self.folder / "site" / path)

    def list_files(self) -> set[str]:
        site = self.folder / "site"
        return {path.relative_to(site).as_posix() for path in site.rglob("*") if path.is_file()}


def write(folder: Path, files: dict[str, str]) -> Path:
    for path, text in files.items():
        target = folder / path
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_text(text, encoding="utf-8")
    return folder


def build(folder: Path, *command: str) -> Log:
    return Log(folder, run_or_fail(*command, cwd=folder))


@pytest.fixture(scope="module", params=WAYS)
def log(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Log:
    """The log built in one of the ways."""
    folder = write(tmp_path_factory.mktemp(request.param), FILES)
    return build(folder, *WAYS[request.param])


def test_what_settings_exclude_is_nowhere_in_the_site(log: Log) -> None:
    files = log.list_files()
    assert "notes/first/index.html" in files
    assert [path for path in files if re.search(r"hidden|idea|\.csv$", path)] == []
    texts = [
        path for path in files if path.endswith((".html", ".json", ".bin", ".xml", ".txt", ".md"))
    ]
    assert [path for path in texts if re.search("SECRET|Hidden one", log.read(path))] == []


def test_styles_scripts_logo_and_icon_come_from_the_notes_folder(log: Log) -> None:
    assert log.list_files() >= {"own.css", "more.css", "own.js", "img/logo.svg", "img/icon.png"}
    page = log.read("notes/first/index.html")
    for address in ("own.css", "own.js", "img/logo.svg", "img/icon.png"):
        assert f'="../../{address}"' in page, address
    assert page.index("assets/readinglog.css") < page.index("own.css")


def test_colours_templates_edit_links_and_language_are_as_configured(log: Log) -> None:
    page = log.read("notes/first/index.html")
    assert 'data-md-color-primary="teal"' in page
    assert page.count('name="__palette"') == 3
    assert "MARK © Readers" in page
    edit = "https://forge.example/o/r/blob/dev/deep/first.md?name=deep%2Ffirst.md"
    assert f'rel="edit" href="{edit}"' in page
    assert '<html lang="de"' in page
    assert "Notiz bearbeiten" in page
    assert "Edit this note" not in page
    assert "Seite nicht gefunden" in log.read("404.html")
    assert "dieses Anführungszeichen" in log.read("search/catalogue.bin")


def test_the_navigation_may_name_the_files_of_notes_and_pages(log: Log) -> None:
    tabs = log.read("log/index.html").partition("md-tabs__list")[2].partition("</nav>")[0]
    links = [link.removeprefix("./") for link in re.findall(r'href="([^"]*)"', tabs)]
    assert links[1:3] == ["../about/", "../notes/first/"]
    assert "Ein Lesebuch" in log.read("index.html")


def test_pages_beside_the_notes_are_at_addresses_of_their_own(log: Log) -> None:
    home, about = log.read("index.html"), log.read("about/index.html")
    assert "<h1>Our room</h1>" in home
    assert home.index("We read.") < home.index("rl-search")
    assert 'href="about/"' in home
    assert re.search(r"<h1[^>]*>About us</h1>", about)
    assert 'href="../about/#history"' in log.read("notes/first/index.html").replace("../../", "../")
    assert "about" not in log.read("notes.json")
    assert "https://example.org/log/about/" in log.read("sitemap.xml")


def test_the_preview_is_the_same_as_a_build(tmp_path: Path) -> None:
    log = build(write(tmp_path, FILES), *WAYS["plugin"])
    session = MkDocsSession(tmp_path / "mkdocs.yml", BuildMemory())
    paths = log.list_files()
    assert set(session.site.list_paths()) == paths
    site = tmp_path / "site"
    assert [path for path in paths if session.site.make(path) != (site / path).read_bytes()] == []
    (tmp_path / "notes/private/more.md").write_text(work(url="https://a.example/9"), "utf-8")
    session.update()
    assert session.site.make("notes/more/index.html") is None


HOOK = """\
def on_files(files, config):
    files.remove(files.get_file_from_path("deep/first.md"))
    return files
"""


@pytest.mark.parametrize("engine", ["", "mkdocs"])
def test_a_hook_runs_and_what_it_excludes_is_not_published(tmp_path: Path, engine: str) -> None:
    hooks = {"hook.py": HOOK + "\ndef on_page_content(html, **_):\n    return html + 'HOOKED'\n"}
    if engine:  # which builds pages, not notes
        hooks["hook.py"] = hooks["hook.py"].replace("on_files", "unused")
    more = "hooks: [hook.py]\n"
    config = "site_name: A log\ndocs_dir: notes\ntheme: material\nplugins: [readinglog]\n" + more
    kept = {path: text for path, text in FILES.items() if path == "notes/deep/first.md"}
    folder = write(tmp_path, {"mkdocs.yml": config, **hooks, **kept})
    command = ("readinglog", "build", "--engine", engine) if engine else WAYS["plugin"]
    log = build(folder, *command)
    assert "HOOKED" in log.read("log/index.html")
    assert ("notes/first/index.html" in log.list_files()) == bool(engine)


SOURCES_HOOK = """\
def on_config(config):
    with open("sources.txt", "w") as file:
        print("of notes", config.docs_dir, file=file)


def on_page_content(html, page, **_):
    with open("sources.txt", "a") as file:
        print(page.file.src_uri, page.file.abs_src_path, file=file)
"""


@pytest.mark.parametrize("way", ["plugin", "mkdocs"])
def test_plugins_find_the_notes_as_the_sources_of_pages(tmp_path: Path, way: str) -> None:
    config = "site_name: A log\ndocs_dir: notes\ntheme: material\nplugins: [readinglog]\nhooks: [hook.py]\n"
    files = {"mkdocs.yml": config, "hook.py": SOURCES_HOOK, "notes/deep/a b.md": work()}
    log = build(write(tmp_path, files), *WAYS[way])
    lines = (tmp_path / "sources.txt").read_text(encoding="utf-8").splitlines()
    notes = tmp_path / "notes"
    assert f"notes/a b/index.md {notes / 'deep/a b.md'}" in lines
    assert f"log/index.md {notes}" in lines
    assert f"of notes {notes}" in lines
    assert "rl-card" in log.read("notes/a b/index.html")


def test_a_build_of_a_tree_names_the_settings_that_do_nothing(tmp_path: Path) -> None:
    config = "site_name: A log\ndocs_dir: notes\ntheme: {name: material, features: [toc.follow]}\nplugins: [readinglog]\n"
    folder = write(tmp_path, {"mkdocs.yml": config, "notes/a.md": work()})
    assert "no effect: theme.features: toc.follow" in build(folder, *WAYS["mkdocs"]).output


def test_zensical_says_which_hooks_and_plugins_it_leaves_out(tmp_path: Path) -> None:
    config = "site_name: A log\ndocs_dir: notes\ntheme: material\nplugins: [readinglog]\nhooks: [hook.py]\n"
    folder = write(tmp_path, {"mkdocs.yml": config, "hook.py": HOOK, "notes/a.md": work()})
    log = build(folder, *WAYS["zensical"])
    assert "zensical runs no plugins or hooks: without hook.py" in log.output


@pytest.mark.parametrize("theme", ["theme: readthedocs\n", ""])
def test_another_theme_is_a_clear_error(tmp_path: Path, theme: str) -> None:
    config = f"site_name: A log\ndocs_dir: notes\nplugins: [readinglog]\n{theme}"
    write(tmp_path, {"mkdocs.yml": config, "notes/a.md": work()})
    with pytest.raises(BuildError, match="made for the theme `material`"):
        load_site_config(tmp_path / "mkdocs.yml")
    done = decode(run_program([str(BIN / "mkdocs"), "build", "--quiet"], tmp_path, os.environ))
    assert done.returncode == 1
    assert "cannot be shown with" in done.stderr
    assert "Traceback" not in done.stderr


OWN = {"primary": "custom", "accent": "custom"}


def test_colours_without_a_scheme_go_for_both_and_the_switch_stays() -> None:
    palette = make_palette({"primary": "teal"})
    assert isinstance(palette, list)
    assert [scheme["primary"] for scheme in palette] == ["teal"] * 3
    assert [scheme["accent"] for scheme in palette] == ["custom"] * 3
    assert all("toggle" in scheme for scheme in palette)
    assert make_palette({"scheme": "slate"}) == {"scheme": "slate", **OWN}
    assert make_palette([{"scheme": "slate", "primary": "red"}]) == [
        {"scheme": "slate", "primary": "red", "accent": "custom"}
    ]


def test_an_icon_of_ones_own_takes_the_place_of_ours() -> None:
    assert choose_favicon("img/a.png") == "img/a.png"
    assert choose_favicon("assets/images/favicon.png") == choose_favicon(None) == FAVICON


def test_what_has_no_effect_is_named() -> None:
    features = ["toc.follow", "navigation.tabs", "search.suggest"]
    assert list(list_settings_without_effect(features, {"text": "Arial"})) == [
        "theme.features: toc.follow (pages have their contents beside the text)",
        "theme.features: search.suggest (the site has a search of its own)",
        "theme.font (pages load no fonts from another host)",
    ]
    assert list(list_settings_without_effect([], font=False)) == []
