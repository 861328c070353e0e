"""The written-out tree: the compiled site as plain Markdown, files and a configuration, for any engine."""

from __future__ import annotations

import json
import re
import shutil
from collections.abc import Iterable
from pathlib import Path

import yaml
from markupsafe import escape

from readinglog.adapters.disk import write
from readinglog.pages import Attachment, DataFile, Emitted, Page

THEME = Path(__file__).parent.parent / "theme"
_PLUGIN = "readinglog"
_EXTENSION = "readinglog.markdown_ext"
_STYLE = "assets/readinglog.css"
_UNSAFE_IN_YAML = re.compile(r"[\x7f-\x9f\u2028\u2029\ufeff\ufffe\uffff]")


def page_text(page: Page) -> str:
    """The Markdown file of a page: front matter of the compiler's own, then the note's text."""
    meta = {"title": escape(page.title), "description": page.description, "before": page.before, "after": page.after, "feed": page.feed}
    lines = [f"{key}: {_scalar(str(value))}" for key, value in meta.items() if value]
    return "\n".join(("---", *lines, "hide: [navigation]", "---", "", page.body, ""))


def _scalar(text: str) -> str:
    """A double-quoted YAML scalar, which JSON is, but for a few characters."""
    return _UNSAFE_IN_YAML.sub(lambda found: f"\\u{ord(found[0]):04x}", json.dumps(text, ensure_ascii=False))


def write_tree(emitted: Iterable[Emitted], tree: Path, config: Path, notes: Path) -> Path:
    """Write pages, files, theme and a configuration for an engine into `tree`; gives the configuration's path."""
    shutil.rmtree(tree, ignore_errors=True)
    docs = tree / "docs"
    for item in emitted:
        match item:
            case Page():
                _put(docs, item.path, page_text(item).encode())
            case DataFile():
                _put(docs, item.path, item.text.encode())
            case Attachment():
                _put(docs, item.path, (notes / item.source).read_bytes())
    _put(docs, _STYLE, (THEME / _STYLE).read_bytes())
    shutil.copytree(THEME, tree / "theme", ignore=shutil.ignore_patterns("assets"))
    write(tree / "mkdocs.yml", tree_config(config.read_text(encoding="utf-8")).encode())
    return tree / "mkdocs.yml"


def _put(docs: Path, path: str, data: bytes) -> None:
    target = docs / path
    if not target.resolve().is_relative_to(docs.resolve()):
        message = f"`{path}` would be written outside of the tree"
        raise ValueError(message)
    write(target, data)


def tree_config(text: str) -> str:
    """The configuration `text` for the tree: without the plugin, whose work is done, with what it would have set.

    It is composed and serialised, never constructed, so that tags such as `!ENV` stay as they are.
    """
    root = yaml.compose(text, Loader=yaml.SafeLoader)
    entries = {key.value: (key, value) for key, value in root.value}

    def put(name: str, value: object) -> None:
        node = yaml.compose(yaml.safe_dump({name: value}), Loader=yaml.SafeLoader)
        entries[name] = node.value[0]

    def names(name: str) -> list[yaml.Node]:
        return list(entries[name][1].value) if name in entries else []

    plugins = [node for node in names("plugins") if _name(node) != _PLUGIN]
    put("plugins", [])
    entries["plugins"][1].value = plugins
    for name, wanted in (("markdown_extensions", _EXTENSION), ("extra_css", _STYLE)):
        nodes = names(name)
        if wanted not in map(_name, nodes):
            put(name, [wanted])
            entries[name][1].value = [*nodes, *entries[name][1].value]
    theme = entries["theme"][1]
    theme.value = [pair for pair in theme.value if pair[0].value != "custom_dir"]
    theme.value.append(yaml.compose("custom_dir: theme", Loader=yaml.SafeLoader).value[0])
    put("docs_dir", "docs")
    put("site_dir", "site")
    put("validation", {"links": {kind: "ignore" for kind in ("not_found", "anchors", "absolute_links", "unrecognized_links")}})
    root.value = list(entries.values())
    return yaml.serialize(root, allow_unicode=True)


def _name(node: yaml.Node) -> str:
    return str(node.value[0][0].value) if isinstance(node, yaml.MappingNode) else str(node.value)
