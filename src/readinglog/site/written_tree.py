"""The compiled site as a tree of Markdown, files and a configuration, for any engine."""

from __future__ import annotations

import shutil
from collections.abc import Iterable, Mapping
from functools import partial
from pathlib import Path
from typing import cast

import yaml
from markupsafe import escape

from readinglog.model.yaml_values import to_quoted_yaml
from readinglog.parsing.markdown_words import WORDS
from readinglog.site.assets import copy_asset, list_parts
from readinglog.site.frames import fill_gaps
from readinglog.site.messages import translate, use_language
from readinglog.site.mkdocs_defaults import (
    EXTERNAL_SETTINGS,
    PLUGINS_WITHOUT_EFFECT,
    REDIRECTS,
    make_nav,
    make_palette,
    make_theme_defaults,
    translate_theme_words,
)
from readinglog.site.page import Output, Page, Site
from readinglog.site.theme_script import LIGHT_SCRIPT
from readinglog.workspace.files import write_file

THEME = Path(__file__).parent / "theme"
_LEFT_OUT = ("readinglog", REDIRECTS, *PLUGINS_WITHOUT_EFFECT)
EXTENSION = "readinglog.parsing.markdown_extension"
GUARD = "readinglog.site.unrendered"
STYLES = ("assets/readinglog.css",)


def format_page(page: Page, site: Site) -> str:
    """Return the Markdown file of a page: front matter for the theme, then the text."""
    with use_language(site.language):
        gaps, body = fill_gaps(page, site), page.body
    lines = [f"{name}: {to_quoted_yaml(text)}" for name, text in gaps.items() if text]
    return "\n".join(("---", *lines, "hide: [navigation, toc]", "---", "", body, ""))


def format_stub(page: Page) -> str:
    """Return a Markdown file that only gives a page its place in the navigation."""
    return f"---\ntitle: {to_quoted_yaml(str(escape(page.title)))}\n---\n"


def write_tree(
    outputs: Iterable[Output],
    site: Site,
    tree: Path,
    config: Path,
    engine: str,
    macros: Mapping[str, str] | None = None,
) -> Path:
    """Write the pages of `site`, the theme and a configuration for `engine` into `tree`.

    `macros` are those of the log. Return the path of the configuration.
    """
    shutil.rmtree(tree, ignore_errors=True)
    docs = tree / "docs"
    for output in outputs:
        if isinstance(output, Page):
            _write_page(docs, output, site)
    shutil.copytree(
        THEME / "assets",
        docs / "assets",
        dirs_exist_ok=True,
        copy_function=partial(copy_asset, language=site.language),
        ignore=_list_unserved,
    )
    shutil.copytree(THEME, tree / "theme", ignore=shutil.ignore_patterns("assets"))
    written = tree / "mkdocs.yml"
    text = config.read_text(encoding="utf-8")
    with use_language(site.language):
        settings = convert_config(text, engine, config.resolve().parent, macros, site)
    write_file(written, settings.encode())
    return written


def _list_unserved(folder: str, names: list[str]) -> list[str]:
    """Return the files of a folder of assets that the tree does without. The engine's own theme
    keeps its script.
    """
    unserved = {*list_parts(), THEME / LIGHT_SCRIPT}
    return [name for name in names if Path(folder, name) in unserved]


def _write_page(docs: Path, page: Page, site: Site) -> None:
    target = docs / page.markdown_path
    if not target.resolve().is_relative_to(docs.resolve()):
        message = f"`{page.markdown_path}` would be written outside of the tree"
        raise ValueError(message)
    write_file(target, format_page(page, site).encode())


class _Settings:
    """The settings of an `mkdocs.yml` as YAML nodes.

    They are composed and serialized, but never constructed, so that tags such as `!ENV` stay as
    they are.
    """

    def __init__(self, text: str, folder: Path | None = None) -> None:
        self._root = _compose_mapping(text) if folder is None else _compose_inherited(text, folder)
        self._entries = {key.value: (key, value) for key, value in self._root.value}

    def get(self, name: str) -> yaml.Node | None:
        return self._entries[name][1] if name in self._entries else None

    def set(self, name: str, value: object) -> yaml.Node:
        self._entries[name] = _compose_mapping(yaml.safe_dump({name: value})).value[0]
        return cast("yaml.Node", self._entries[name][1])

    def remove(self, name: str) -> None:
        self._entries.pop(name, None)

    def list_items(self, name: str) -> list[yaml.Node]:
        node = self.get(name)
        if isinstance(node, yaml.MappingNode):  # `name: {option: …}` lines are a list too
            return [yaml.MappingNode(node.tag, [pair]) for pair in node.value]
        return list(node.value) if isinstance(node, yaml.SequenceNode) else []

    def __str__(self) -> str:
        self._root.value = list(self._entries.values())
        return str(yaml.serialize(self._root, allow_unicode=True))


def convert_config(
    text: str,
    engine: str,
    folder: Path | None = None,
    macros: Mapping[str, str] | None = None,
    site: Site | None = None,
) -> str:
    """Return the configuration for the tree: without the plugin, with what that would have set.

    `folder` is where the configuration is, to which the paths in it are relative; `macros` are
    those of the log. `site` says which pages there are, and in which language a text that cannot be
    rendered says so; without a site, such a text ends the build.
    """
    settings = _Settings(text, folder)
    plugins = [node for node in settings.list_items("plugins") if _get_name(node) not in _LEFT_OUT]
    has_search = any(_get_name(node) == "search" for node in plugins)
    if engine == "zensical" and not has_search:  # which the site has its own of
        plugins.append(_compose_mapping("search: {enabled: false}"))
    settings.set("plugins", []).value = plugins
    own_settings = make_extension_settings(macros or {})
    own = ({EXTENSION: own_settings},) if own_settings else (EXTENSION,)
    for name, required in (("markdown_extensions", (EXTENSION,)), ("extra_css", STYLES)):
        others = [node for node in settings.list_items(name) if _get_name(node) not in required]
        # The user's own come last, so that their styles win.
        shown = own if name == "markdown_extensions" else required
        settings.set(name, list(shown)).value += others
    if site:
        guard = _compose_mapping(yaml.safe_dump({GUARD: {"language": site.language}}))
        cast("yaml.Node", settings.get("markdown_extensions")).value.append(guard)
    _set_theme(settings)
    _set_words(settings)
    if settings.get("nav") is None:
        settings.set("nav", make_nav(site))
    # Of the tree nothing is excluded: it has no page of what was.
    for name in (*EXTERNAL_SETTINGS, "exclude_docs", "draft_docs"):
        settings.remove(name)
    if folder and engine == "zensical":
        settings.remove("hooks")
    elif folder:
        for node in settings.list_items("hooks"):
            node.value = str(folder / str(node.value))
    settings.set("docs_dir", "docs")
    settings.set("site_dir", "site")
    checks = ("not_found", "anchors", "absolute_links", "unrecognized_links")
    settings.set("validation", {"links": dict.fromkeys(checks, "ignore")})
    return str(settings)


def make_extension_settings(macros: Mapping[str, str]) -> dict[str, object]:
    """Return the settings of the Markdown extension: the macros of the log, and words that are not
    English in the language in use.
    """
    words = {text: translate(text) for text in WORDS}
    words = {text: found for text, found in words.items() if found != text}
    settings: dict[str, object] = {"macros": dict(macros), "words": words}
    return {name: value for name, value in settings.items() if value}


def _set_theme(settings: _Settings) -> None:
    theme = settings.get("theme") or settings.set("theme", "mkdocs")
    if isinstance(theme, yaml.ScalarNode):
        theme = settings.set("theme", {"name": theme.value})
    kept = [pair for pair in theme.value if pair[0].value not in ("custom_dir", "font")]
    kept = [
        (key, _complete_palette(value) if key.value == "palette" else value) for key, value in kept
    ]
    known = {key.value for key, _ in kept}
    defaults = {name: value for name, value in make_theme_defaults().items() if name not in known}
    added = yaml.safe_dump({"custom_dir": "theme", "font": False, **defaults}, sort_keys=False)
    theme.value = kept + _compose_mapping(added).value


def _set_words(settings: _Settings) -> None:
    if words := translate_theme_words():
        extra = settings.get("extra") or settings.set("extra", {})
        extra.value = [*extra.value, *_compose_mapping(yaml.safe_dump({"words": words})).value]


def _complete_palette(node: yaml.Node) -> yaml.Node:
    """Return the colours as the plugin completes them, or as they are where a tag stands there."""
    try:
        configured = yaml.SafeLoader("").construct_document(node)
    except yaml.YAMLError:
        return node
    text = yaml.safe_dump({"palette": make_palette(configured)}, sort_keys=False)
    return cast("yaml.Node", _compose_mapping(text).value[0][1])


def place_paths(config: Path, paths: Mapping[str, str]) -> None:
    """Replace paths in the navigation of a written configuration."""
    settings = _Settings(config.read_text(encoding="utf-8"))
    if node := settings.get("nav"):
        _place_node(node, paths)
        write_file(config, str(settings).encode())


def add_hook(config: Path, hook: Path) -> None:
    """Have MkDocs run a hook after those of a written configuration."""
    settings = _Settings(config.read_text(encoding="utf-8"))
    hooks = [str(node.value) for node in settings.list_items("hooks")]
    settings.set("hooks", [*hooks, str(hook)])
    write_file(config, str(settings).encode())


def _place_node(node: yaml.Node, paths: Mapping[str, str]) -> None:
    if isinstance(node, yaml.ScalarNode):
        node.value = paths.get(node.value, node.value)
    elif isinstance(node, yaml.SequenceNode):
        for part in node.value:
            _place_node(part, paths)
    elif isinstance(node, yaml.MappingNode):
        for _, part in node.value:
            _place_node(part, paths)


def _compose_inherited(text: str, folder: Path) -> yaml.MappingNode:
    """Return a configuration with what it inherits, as MkDocs merges them."""
    root = _compose_mapping(text)
    parents = [value for key, value in root.value if key.value == "INHERIT"]
    root.value = [pair for pair in root.value if pair[0].value != "INHERIT"]
    for parent in parents:
        file = folder / str(parent.value)
        base = _compose_inherited(file.read_text(encoding="utf-8"), file.parent)
        root = _merge(base, root)
    return root


def _merge(base: yaml.MappingNode, over: yaml.MappingNode) -> yaml.MappingNode:
    """Return two mappings in one: where both have a key, mappings are merged, others replaced."""
    pairs = {key.value: (key, value) for key, value in base.value}
    for key, value in over.value:
        known = pairs.get(key.value, (None, None))[1]
        if isinstance(known, yaml.MappingNode) and isinstance(value, yaml.MappingNode):
            pairs[key.value] = (key, _merge(known, value))
        else:
            pairs[key.value] = (key, value)
    return yaml.MappingNode(over.tag, list(pairs.values()))


def _compose_mapping(text: str) -> yaml.MappingNode:
    node = yaml.compose(text, Loader=yaml.SafeLoader)
    if not isinstance(node, yaml.MappingNode):
        message = "mkdocs.yml is not a mapping"
        raise TypeError(message)
    return node


def _get_name(node: yaml.Node) -> str:
    return str(node.value[0][0].value) if isinstance(node, yaml.MappingNode) else str(node.value)
