"""The written-out tree: the compiled site as plain Markdown, files and a configuration, for any engine."""

from __future__ import annotations

import shutil
from collections.abc import Iterable
from pathlib import Path
from typing import cast

import yaml
from markupsafe import escape

from readinglog.model.yaml_values import to_quoted_yaml
from readinglog.site.assets import copy_asset
from readinglog.site.mkdocs_defaults import NAV, SETTINGS_THAT_CALL_OUT, THEME_DEFAULTS
from readinglog.site.rendering import render_page
from readinglog.site.views import Output, Page
from readinglog.workspace.files import write_file

THEME = Path(__file__).parent / "theme"
_PLUGIN = "readinglog"
EXTENSION = "readinglog.parsing.markdown_extension"
STYLES = tuple(
    f"assets/style/{name}.css"
    for name in ("paper", "note", "lists", "search", "maps", "plots", "print")
)


def format_page(page: Page) -> str:
    """The Markdown file of a page: front matter of the compiler's own, then the note's text."""
    rendered = render_page(page)
    meta = {
        "title": escape(page.title),
        "description": page.description,
        "before": rendered.before,
        "after": rendered.after,
        "margin": rendered.margin,
        "head": rendered.head,
        "feed": page.feed,
        "script": page.script,
        "wide": "yes" if page.wide else "",
    }
    lines = [f"{key}: {to_quoted_yaml(str(value))}" for key, value in meta.items() if value]
    return "\n".join(("---", *lines, "hide: [navigation, toc]", "---", "", page.body, ""))


def write_tree(emitted: Iterable[Output], tree: Path, config: Path, engine: str) -> Path:
    """Write the pages, the theme and a configuration for `engine` into `tree`; gives the configuration's path."""
    shutil.rmtree(tree, ignore_errors=True)
    docs = tree / "docs"
    for item in emitted:
        if isinstance(item, Page):
            _put(docs, item.path, format_page(item).encode())
    shutil.copytree(THEME / "assets", docs / "assets", dirs_exist_ok=True, copy_function=copy_asset)
    shutil.copytree(THEME, tree / "theme", ignore=shutil.ignore_patterns("assets"))
    write_file(
        tree / "mkdocs.yml", convert_config(config.read_text(encoding="utf-8"), engine).encode()
    )
    return tree / "mkdocs.yml"


def _put(docs: Path, path: str, data: bytes) -> None:
    target = docs / path
    if not target.resolve().is_relative_to(docs.resolve()):
        message = f"`{path}` would be written outside of the tree"
        raise ValueError(message)
    write_file(target, data)


def convert_config(text: str, engine: str) -> str:
    """The configuration `text` for the tree: without the plugin, whose work is done, with what it would have set.

    It is composed and serialised, never constructed, so that tags such as `!ENV` stay as they are.
    """
    root = _mapping(text)
    entries = {key.value: (key, value) for key, value in root.value}

    def put(name: str, value: object) -> yaml.Node:
        entries[name] = _mapping(yaml.safe_dump({name: value})).value[0]
        return cast("yaml.Node", entries[name][1])

    def items(name: str) -> list[yaml.Node]:
        node = entries[name][1] if name in entries else None
        if isinstance(node, yaml.MappingNode):  # `name: {option: …}` lines mean a list too
            return [yaml.MappingNode(node.tag, [pair]) for pair in node.value]
        return list(node.value) if isinstance(node, yaml.SequenceNode) else []

    plugins = [node for node in items("plugins") if _name(node) != _PLUGIN]
    put("plugins", []).value = plugins
    if engine == "zensical" and not any(
        _name(node) == "search" for node in plugins
    ):  # the site has a search of its own
        plugins.append(_mapping("search: {enabled: false}"))
    for name, wanted in (("markdown_extensions", (EXTENSION,)), ("extra_css", STYLES)):
        others = [node for node in items(name) if _name(node) not in wanted]
        added = put(name, list(wanted))
        added.value += others  # behind ours, so that a style of the user's own wins
    theme = entries["theme"][1] if "theme" in entries else put("theme", "mkdocs")
    if isinstance(theme, yaml.ScalarNode):
        theme = put("theme", {"name": theme.value})
    said = [pair for pair in theme.value if pair[0].value not in ("custom_dir", "font")]
    missing = {
        name: value
        for name, value in THEME_DEFAULTS.items()
        if name not in {key.value for key, _ in said}
    }
    theme.value = (
        said
        + _mapping(
            yaml.safe_dump({"custom_dir": "theme", "font": False, **missing}, sort_keys=False)
        ).value
    )
    if "nav" not in entries:
        put("nav", NAV)
    for name in SETTINGS_THAT_CALL_OUT:
        entries.pop(name, None)
    put("docs_dir", "docs")
    put("site_dir", "site")
    put(
        "validation",
        {
            "links": dict.fromkeys(
                ("not_found", "anchors", "absolute_links", "unrecognized_links"), "ignore"
            )
        },
    )
    root.value = list(entries.values())
    return str(yaml.serialize(root, allow_unicode=True))


def _mapping(text: str) -> yaml.MappingNode:
    node = yaml.compose(text, Loader=yaml.SafeLoader)
    if not isinstance(node, yaml.MappingNode):
        message = "mkdocs.yml is not a mapping"
        raise TypeError(message)
    return node


def _name(node: yaml.Node) -> str:
    return str(node.value[0][0].value) if isinstance(node, yaml.MappingNode) else str(node.value)
