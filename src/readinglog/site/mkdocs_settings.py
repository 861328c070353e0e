"""What the plugin makes of `mkdocs.yml`: what is not set gets its value, and what cannot work with
pages that are made here is left out.
"""

from __future__ import annotations

import logging
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING

from mkdocs.plugins import get_plugin_logger

from readinglog.site.messages import use_language
from readinglog.site.mkdocs_defaults import (
    EXTERNAL_SETTINGS,
    PLUGINS_WITHOUT_EFFECT,
    REDIRECTS,
    choose_favicon,
    list_settings_without_effect,
    make_nav,
    make_palette,
    make_theme_defaults,
    sets_only_colours,
    translate_theme_words,
)
from readinglog.site.page import Site
from readinglog.site.theme_script import LIGHT_TEMPLATES, list_script_uses, measure_script
from readinglog.site.written_tree import EXTENSION, STYLES, THEME, make_extension_settings

if TYPE_CHECKING:
    from mkdocs.config.defaults import MkDocsConfig

_log = get_plugin_logger("readinglog")


def complete_settings(config: MkDocsConfig, site: Site, macros: Mapping[str, str]) -> None:
    """Add the theme's files and the Markdown extension to the settings, set what is not set, and
    leave out what has no effect. `macros` are those of the log, as they are written.
    """
    _drop_plugins(config)
    _log_settings_without_effect(config)
    _add_templates(THEME, 1 if config.theme.custom_dir else 0, config)
    if EXTENSION not in config.markdown_extensions:
        config.markdown_extensions.append(EXTENSION)
    config.extra_css[:0] = [style for style in STYLES if style not in config.extra_css]
    has_own_schemes = sets_only_colours(config.theme.get("palette"))
    with use_language(site.language):
        _set_defaults(config, site)
        own = make_extension_settings(macros)
    if own:
        config.mdx_configs.setdefault(EXTENSION, {}).update(own)
    _choose_script(config, has_own_schemes=has_own_schemes)


def _drop_plugins(config: MkDocsConfig) -> None:
    """Leave out the plugins that cannot do what they are for with pages that are made here."""
    for name, reason in PLUGINS_WITHOUT_EFFECT.items():
        if name in config.plugins:
            _log.warning("the plugin `%s` is left out: %s", name, reason)
            _drop_plugin(name, config)
    if REDIRECTS in config.plugins:
        _drop_plugin(REDIRECTS, config)


def _drop_plugin(name: str, config: MkDocsConfig) -> None:
    plugin = config.plugins[name]
    for methods in config.plugins.events.values():
        for method in [one for one in methods if getattr(one, "__self__", 0) is plugin]:
            methods.remove(method)  # in place, as those of `on_config` are being called
    del config.plugins[name]


def _log_settings_without_effect(config: MkDocsConfig) -> None:
    features, font = config.theme.get("features") or (), config.theme.get("font")
    for found in list_settings_without_effect(features, font):
        _log.info("this setting has no effect: %s", found)


def _set_defaults(config: MkDocsConfig, site: Site) -> None:
    """Set what is not configured, and remove settings by which pages would call other hosts."""
    for name in EXTERNAL_SETTINGS:
        config[name] = None
    config.nav = config.nav or make_nav(site)
    config.extra["words"] = translate_theme_words()
    config.theme["font"] = False
    config.theme["has_rss"] = "rss" in config.plugins
    config.theme["palette"] = make_palette(config.theme.get("palette"))
    config.theme["favicon"] = choose_favicon(config.theme.get("favicon"))
    for name, value in make_theme_defaults().items():
        config.theme[name] = config.theme.get(name) or value
    links = config.validation.links  # the addresses of links are final by now, and checked
    links.unrecognized_links = links.absolute_links = logging.DEBUG
    links.not_found = links.anchors = logging.DEBUG


def _add_templates(folder: Path, place: int, config: MkDocsConfig) -> None:
    if str(folder) not in config.theme.dirs:
        config.theme.dirs.insert(place, str(folder))


def _choose_script(config: MkDocsConfig, *, has_own_schemes: bool) -> None:
    """Let pages do without Material's script, or log what keeps it."""
    uses = list_script_uses(config)
    config.theme["light_script"] = not uses
    config.theme["has_own_switch"] = has_own_schemes and not uses
    if config.theme["has_own_switch"]:  # which the script adds to each page, and none repeats
        config.theme["palette"] = config.theme["palette"][0]
        _add_templates(LIGHT_TEMPLATES, 0, config)
    if uses:
        size = measure_script(config.theme.dirs) / 1000
        message = "Material's script stays, %.0f kB more for a first visit, because of %s"
        _log.info(message, size, "; ".join(uses))


def has_light_script(config: MkDocsConfig) -> bool:
    """Return whether pages do without Material's script."""
    return bool(config.theme["light_script"])
