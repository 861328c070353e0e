"""Defaults for mkdocs.yml: navigation, both colour schemes, and no calls to other hosts."""

from __future__ import annotations

from collections.abc import Mapping
from typing import cast

NAV: list[dict[str, str]] = [
    {"Home": "index.md"},
    {"Search": "search/index.md"},
    {"Log": "log/index.md"},
    {"Tags": "tags/index.md"},
    {"Map": "graph/index.md"},
    {"Authors": "authors/index.md"},
    {"Statistics": "stats/index.md"},
    {"Wanted": "wanted/index.md"},
    {"Add a note": "contribute/index.md"},
]
_SYSTEM, _LIGHT, _DARK = (
    "(prefers-color-scheme)",
    "(prefers-color-scheme: light)",
    "(prefers-color-scheme: dark)",
)
_OWN = {"primary": "custom", "accent": "custom"}
THEME_DEFAULTS: dict[str, object] = {
    "features": ["navigation.tabs"],
    "palette": [
        {
            "media": _SYSTEM,
            **_OWN,
            "toggle": {"icon": "material/brightness-auto", "name": "Light scheme"},
        },
        {
            "media": _LIGHT,
            "scheme": "default",
            **_OWN,
            "toggle": {"icon": "material/weather-sunny", "name": "Dark scheme"},
        },
        {
            "media": _DARK,
            "scheme": "slate",
            **_OWN,
            "toggle": {"icon": "material/weather-night", "name": "The system's scheme"},
        },
    ],
}
THEME = "material"
FAVICON = "assets/favicon.svg"
_THEME_FAVICON = "assets/images/favicon.png"  # Material's own, where none is set
# The theme asks the forge about the repository. Edit links do not need it.
EXTERNAL_SETTINGS = ("repo_url", "repo_name")


def explain_theme(name: object) -> str:
    """Return why a site cannot have the theme of that name, or ''."""
    if name == THEME:
        return ""
    return f"the pages are made for the theme `{THEME}`, and cannot be shown with `{name}`"


def choose_favicon(configured: object) -> object:
    """Return the icon of the site: the configured one, else that of this package."""
    return FAVICON if configured in (None, "", _THEME_FAVICON) else configured


def make_palette(configured: object) -> object:
    """Return the colours of the theme: colours without a scheme go for both, and keep the switch.

    A scheme keeps the colours of this package where it names none.
    """
    if not configured:
        return THEME_DEFAULTS["palette"]
    if isinstance(configured, Mapping) and not configured.keys() & {"scheme", "toggle", "media"}:
        schemes = cast("list[dict[str, object]]", THEME_DEFAULTS["palette"])
        return [scheme | configured for scheme in schemes]
    if isinstance(configured, Mapping):
        return _OWN | configured
    if isinstance(configured, list):
        return [_OWN | scheme if isinstance(scheme, Mapping) else scheme for scheme in configured]
    return configured
