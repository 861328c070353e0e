"""Defaults for mkdocs.yml: navigation, both colour schemes, and no calls to other hosts."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import cast

from readinglog.site.messages import translate
from readinglog.site.page import Site

NAV: list[dict[str, str]] = [
    {"Home": "index.md"},
    {"Search": "search/index.md"},
    {"Log": "log/index.md"},
    {"Tags": "tags/index.md"},
    {"Claims": "claims/index.md"},
    {"Disputes": "disputes/index.md"},
    {"Results": "results/index.md"},
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
            "toggle": {
                "icon": "material/brightness-auto",
                "name": "System's scheme (choose light)",
            },
        },
        {
            "media": _LIGHT,
            "scheme": "default",
            **_OWN,
            "toggle": {"icon": "material/weather-sunny", "name": "Light scheme (choose dark)"},
        },
        {
            "media": _DARK,
            "scheme": "slate",
            **_OWN,
            "toggle": {
                "icon": "material/weather-night",
                "name": "Dark scheme (choose system's)",
            },
        },
    ],
}
# What `theme/main.html` and `theme/404.html` show: they are filled by the engine.
THEME_WORDS = (
    "Skip to content",
    "Help",
    "Page not found",
    "The address may be mistyped, or the page may have been renamed.",
    "Search the notes",
    "Or browse:",
    "Tags",
    "Authors",
    "Log",
    "Home",
    "Made with",
)
THEME = "material"
FAVICON = "assets/favicon.svg"
_THEME_FAVICON = "assets/images/favicon.png"  # Material's own, where none is set
# The theme asks the forge about the repository. Edit links do not need it.
EXTERNAL_SETTINGS = ("repo_url", "repo_name", "edit_uri", "edit_uri_template")
# What has no effect on pages that are made here, by the name of the setting, with the reason.
_FEATURES_WITHOUT_EFFECT = {
    "content.action.": "pages have a link to edit them where the repository is known",
    "search.": "the site has a search of its own",
    "toc.": "pages have their contents beside the text",
}
_THEME_FONT = {"text": "Roboto", "code": "Roboto Mono"}  # Material's own, where none is set
REDIRECTS = "redirects"  # a plugin whose settings are read, and which is not needed then
PLUGINS_WITHOUT_EFFECT = {"i18n": "notes have no translations"}


def list_settings_without_effect(features: Iterable[str], font: object) -> Iterator[str]:
    """Yield which settings of the theme do nothing, and why."""
    for feature in features:
        for start, reason in _FEATURES_WITHOUT_EFFECT.items():
            if feature.startswith(start):
                yield f"theme.features: {feature} ({reason})"
    if font and font != _THEME_FONT:
        yield "theme.font (pages load no fonts from another host)"


def make_nav(site: Site | None = None) -> list[dict[str, str]]:
    """Return the navigation to what the site has, with titles in the language in use."""
    missing = set()
    if site and not site.has_map:
        missing.add("Map")
    if site and not site.has_statistics:
        missing.add("Statistics")
    if site and not site.has_claims:
        missing |= {"Claims", "Disputes", "Results"}
    entries = ((title, path) for entry in NAV for title, path in entry.items())
    return [{translate(title): path} for title, path in entries if title not in missing]


def make_theme_defaults() -> dict[str, object]:
    """Return what the theme is set to, with words in the language in use."""
    schemes = [
        {**scheme, "toggle": {**scheme["toggle"], "name": translate(scheme["toggle"]["name"])}}
        for scheme in cast("list[dict[str, dict[str, str]]]", THEME_DEFAULTS["palette"])
    ]
    return {**THEME_DEFAULTS, "palette": schemes}


def translate_theme_words() -> dict[str, str]:
    """Return the words in the templates of the theme that are not English, by the English ones."""
    words = {text: translate(text) for text in THEME_WORDS}
    return {text: found for text, found in words.items() if found != text}


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
        return make_theme_defaults()["palette"]
    if isinstance(configured, Mapping) and sets_only_colours(configured):
        schemes = cast("list[dict[str, object]]", make_theme_defaults()["palette"])
        return [{**scheme, **configured} for scheme in schemes]
    if isinstance(configured, list):
        return [_add_own_colours(scheme) for scheme in configured]
    return _add_own_colours(configured)


def sets_only_colours(configured: object) -> bool:
    """Return whether a configured palette is no more than colours: the schemes, and the switch
    between them, are those of this package.
    """
    if isinstance(configured, Mapping):
        return not configured.keys() & {"scheme", "toggle", "media"}
    return not configured


def _add_own_colours(scheme: object) -> object:
    return {**_OWN, **scheme} if isinstance(scheme, Mapping) else scheme
