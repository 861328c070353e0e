"""The configuration of the written-out tree: what the author configured, without the plugin, whose
work is done.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import yaml

from readinglog.site.mkdocs_defaults import NAV, THEME_DEFAULTS
from readinglog.site.page import DataFile, Output, Page, Site
from readinglog.site.views.authors import AuthorView
from readinglog.site.written_tree import EXTENSION, STYLES, convert_config, write_tree

SET = {"font": False}
PALETTE = THEME_DEFAULTS["palette"]
CONFIG = """\
site_name: A log
site_url: !ENV [SITE_URL, "https://example.org/"]
docs_dir: notes
site_dir: out
theme:
  name: material
  custom_dir: mine
  features: [toc.follow]
markdown_extensions:
  - toc:
      slugify: !!python/object/apply:pymdownx.slugs.slugify {kwds: {case: lower}}
  - pymdownx.emoji:
      emoji_index: !!python/name:material.extensions.emoji.twemoji
plugins:
  - search
  - readinglog:
      check: false
  - tags: {tags: true}
extra_css: [mine.css]
nav:
  - Home: index.md
extra:
  version: "1.10"
  on: off
"""


class Tagged(yaml.SafeLoader):
    """Reads any tag as itself, with what stands behind it."""


def _tagged(loader: yaml.SafeLoader, suffix: str, node: yaml.Node) -> tuple[str, object]:
    match node:
        case yaml.SequenceNode():
            return suffix, loader.construct_sequence(node)
        case yaml.MappingNode():
            return suffix, loader.construct_mapping(node, deep=True)
        case _:
            return suffix, node.value


Tagged.add_multi_constructor("!", _tagged)
Tagged.add_multi_constructor("tag:yaml.org,2002:python/", _tagged)


def config(text: str) -> dict[str, Any]:
    found = yaml.load(convert_config(text, "mkdocs"), Tagged)  # noqa: S506 - a safe loader
    assert isinstance(found, dict)
    return found


def test_tags_of_the_engine_stay_as_they_are() -> None:
    found = config(CONFIG)
    assert found["site_url"] == ("ENV", ["SITE_URL", "https://example.org/"])
    assert found["markdown_extensions"][1] == {
        "toc": {"slugify": ("object/apply:pymdownx.slugs.slugify", {"kwds": {"case": "lower"}})}
    }
    assert found["markdown_extensions"][2] == {
        "pymdownx.emoji": {"emoji_index": ("name:material.extensions.emoji.twemoji", "")}
    }


def test_the_plugin_is_dropped_and_others_stay() -> None:
    assert config(CONFIG)["plugins"] == ["search", {"tags": {"tags": True}}]
    text = "plugins: [readinglog, {i18n: {languages: []}}, rss]\n"
    assert config(text)["plugins"] == ["rss"]


@pytest.mark.parametrize(
    "plugins", ["[readinglog]", "[{readinglog: {check: true}}]", "{readinglog: {}}", ""]
)
def test_where_the_plugin_stood_alone_none_is_left(plugins: str) -> None:
    assert config(f"theme: {{name: material}}\nplugins: {plugins}\n")["plugins"] == []


def test_what_the_plugin_would_have_set_is_written_out() -> None:
    found = config(CONFIG)
    assert (found["docs_dir"], found["site_dir"]) == ("docs", "site")
    assert found["markdown_extensions"][0] == EXTENSION
    assert found["extra_css"] == [*STYLES, "mine.css"]
    assert found["theme"] == {
        "name": "material",
        "features": ["toc.follow"],
        "custom_dir": "theme",
        **SET,
        "palette": PALETTE,
    }


def test_all_else_stays_and_scalars_keep_their_quotes() -> None:
    found = config(CONFIG)
    assert found["nav"] == [{"Home": "index.md"}]
    assert found["extra"] == {"version": "1.10", True: False}
    assert 'version: "1.10"' in convert_config(CONFIG, "mkdocs")
    assert "on: off" in convert_config(CONFIG, "mkdocs")


def test_what_stands_there_already_is_not_added_twice() -> None:
    once = convert_config(CONFIG, "mkdocs")
    assert config(once) == config(convert_config(once, "mkdocs"))


@pytest.mark.parametrize("theme", ["theme: material\n", "theme: {name: material}\n"])
def test_a_theme_may_be_just_a_name(theme: str) -> None:
    assert config(theme)["theme"] == {
        "name": "material",
        "custom_dir": "theme",
        **SET,
        **THEME_DEFAULTS,
    }


def test_without_a_theme_it_is_the_one_that_the_engine_takes_by_itself() -> None:
    assert config("site_name: A log\n")["theme"] == {
        "name": "mkdocs",
        "custom_dir": "theme",
        **SET,
        **THEME_DEFAULTS,
    }


def test_extensions_and_plugins_may_be_a_mapping() -> None:
    found = config(
        "theme: material\nmarkdown_extensions: {toc: {permalink: true}}\nplugins: {search: {lang: en}, readinglog: {}}\n"
    )
    assert found["markdown_extensions"] == [EXTENSION, {"toc": {"permalink": True}}]
    assert found["plugins"] == [{"search": {"lang": "en"}}]


def test_a_configuration_that_is_a_list_is_refused() -> None:
    with pytest.raises(TypeError, match=r"mkdocs\.yml is not a mapping"):
        convert_config("- site_name: A log\n", "mkdocs")


@pytest.fixture
def written(tmp_path: Path) -> Path:
    """A tree of one page; what is no page is no matter of the engine's."""
    (tmp_path / "mkdocs.yml").write_text(CONFIG, encoding="utf-8")
    outputs: list[Output] = [
        Page(
            "notes/a/",
            'A "title": {{ x }} \u2028 &',
            "author.html",
            lambda: AuthorView("<b>", "", "", (), (), 0, ()),
            lambda: "Note: the text\n\n---",
            description="No",
        ),
        DataFile("feed.json", lambda: '{"title": "ü"}'),
    ]
    tree = tmp_path / "tree"
    (tree / "docs").mkdir(parents=True)
    (tree / "docs" / "left-over.md").touch()
    write_tree(outputs, Site("A log"), tree, tmp_path / "mkdocs.yml", "mkdocs")
    return tree


def test_a_tree_holds_pages_theme_and_configuration(written: Path) -> None:
    files = {path.relative_to(written).as_posix() for path in written.rglob("*") if path.is_file()}
    assert {
        path for path in files if path.startswith("docs/") and not path.startswith("docs/assets/")
    } == {"docs/notes/a/index.md"}
    assert files >= {*(f"docs/{style}" for style in STYLES), "theme/main.html", "mkdocs.yml"}


def test_a_page_starts_with_front_matter_that_reads_back_as_it_was_meant(written: Path) -> None:
    _, front, body = (
        (written / "docs/notes/a/index.md").read_text(encoding="utf-8").split("---\n", 2)
    )
    assert yaml.safe_load(front) == {
        "title": "A &#34;title&#34;: {{ x }} \u2028 &amp;",
        "window_title": "A &#34;title&#34;: {{ x }} \u2028 &amp; · A log",
        "head": (
            '<meta name="description" property="og:description" content="No">\n'
            '<meta property="og:site_name" content="A log">\n'
            '<meta property="og:title" content="A &#34;title&#34;: {{ x }} \u2028 &amp;">\n'
            + "".join(
                f'<link rel="preload" href="../../assets/fonts/source-serif-4-latin-{weight}-normal.woff2"'
                ' as="font" crossorigin>\n'
                for weight in (400, 600)
            )
        ),
        "layout": "rl-layout",
        "before": '<h1 dir="auto">&lt;b&gt;</h1>\n<p class="rl-lead">0 works</p>\n<ul class="rl-works">\n</ul>',
        "hide": ["navigation", "toc"],
    }
    assert body == "\nNote: the text\n\n---\n"


def test_zensical_leaves_the_search_to_the_site() -> None:
    assert yaml.safe_load(convert_config("site_name: A log\n", "zensical"))["plugins"] == [
        {"search": {"enabled": False}}
    ]
    assert yaml.safe_load(convert_config("site_name: A log\n", "mkdocs"))["plugins"] == []
    assert yaml.safe_load(convert_config("site_name: A log\nplugins: [search]\n", "zensical"))[
        "plugins"
    ] == ["search"]


def test_a_site_without_a_navigation_has_one_and_asks_no_forge_about_itself() -> None:
    found = config("theme: material\nrepo_url: https://forge.example/log\nrepo_name: log\n")
    assert found["nav"] == NAV
    assert not found.keys() & {"repo_url", "repo_name"}


@pytest.mark.parametrize("address", ["../outside/", "notes/../../outside/", "/outside/"])
def test_no_page_is_written_outside_of_the_tree(tmp_path: Path, address: str) -> None:
    (tmp_path / "mkdocs.yml").write_text(CONFIG, encoding="utf-8")
    outputs = [Page(address, "Outside")]
    with pytest.raises(ValueError, match="outside of the tree"):
        write_tree(outputs, Site("A"), tmp_path / "tree", tmp_path / "mkdocs.yml", "mkdocs")
    assert not list(tmp_path.rglob("outside"))
