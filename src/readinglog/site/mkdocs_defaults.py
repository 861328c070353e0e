"""Defaults for mkdocs.yml: navigation, both colour schemes, and no calls to other hosts."""

from __future__ import annotations

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
# The theme asks the forge about the repository. Edit links do not need it.
EXTERNAL_SETTINGS = ("repo_url", "repo_name")
