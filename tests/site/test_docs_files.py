"""What the settings of MkDocs say about files of the notes folder."""

from __future__ import annotations

from pathlib import Path

from mkdocs.config import load_config
from mkdocs.config.defaults import MkDocsConfig

from readinglog.site.docs_files import find_excluded, list_site_files


def configure(folder: Path, more: str, files: dict[str, str] | None = None) -> MkDocsConfig:
    for path, text in {"a.md": "", **(files or {})}.items():
        target = folder / "notes" / path
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_text(text, encoding="utf-8")
    text = f"site_name: A log\ndocs_dir: notes\nplugins: [readinglog]\n{more}"
    (folder / "mkdocs.yml").write_text(text, encoding="utf-8")
    return load_config(str(folder / "mkdocs.yml"))


PATHS = ("a.md", "private/b.md", "c.draft.md", "templates/d.md", "deep/templates/e.md", "f.csv")


def test_patterns_exclude_as_they_do_in_mkdocs(tmp_path: Path) -> None:
    more = "theme: material\nexclude_docs: |\n  private/\n  *.csv\ndraft_docs: '*.draft.md'\n"
    config = configure(tmp_path, more)
    expected = {"private/b.md", "c.draft.md", "templates/d.md", "f.csv"}
    assert find_excluded(PATHS, config) == expected


def test_what_mkdocs_excludes_by_itself_can_be_taken_back(tmp_path: Path) -> None:
    config = configure(tmp_path, "theme: material\nexclude_docs: '!/templates/'\n")
    assert find_excluded(PATHS, config) == set()


def test_a_readme_gives_way_to_an_index(tmp_path: Path) -> None:
    config = configure(tmp_path, "theme: material\n")
    paths = ("README.md", "index.md", "deep/README.md")
    assert find_excluded(paths, config) == {"README.md"}


def test_named_files_belong_to_the_site_with_what_they_load(tmp_path: Path) -> None:
    more = """\
theme: {name: material, logo: img/logo.svg, favicon: img/icon.png}
extra_css: [own.css, https://a.example/x.css, gone.css, ../out.css]
extra_javascript: [js/own.js, {path: js/late.js, type: module}]
extra_templates: [robots.txt]
"""
    files = {
        "own.css": '@import "deep/more.css"; a { background: url(data:x) }',
        "deep/more.css": "b { background: url('../img/ground.png?1') } c { src: url(/abs.png) }",
        "img/logo.svg": "",
        "img/icon.png": "",
        "img/ground.png": "",
        "js/own.js": 'import { a } from "./part.js";\nimport "https://a.example/b.js";',
        "js/part.js": 'const b = await import("../js/later.js");',
        "js/later.js": "",
        "js/late.js": "",
        "robots.txt": "",
        "js/other.js": "",
    }
    found = list_site_files(configure(tmp_path, more, files))
    assert set(found) == files.keys() - {"js/other.js"}
