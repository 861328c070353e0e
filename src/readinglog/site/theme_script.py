"""Whether pages need Material's script, or a smaller one does all that the settings ask for.

`theme/assets/theme.js` takes over what every page needs. What only Material's script does is kept
by keeping that script; what is not known to do without it counts as needing it.
"""

from __future__ import annotations

import gzip
import re
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from mkdocs.config.defaults import MkDocsConfig

LIGHT_SCRIPT = "assets/theme.js"
# Templates in place of those that write parts of Material's script into each page.
LIGHT_TEMPLATES = Path(__file__).parent / "light_theme"
# What the theme's templates and styles do by themselves.
_FEATURES_WITHOUT_SCRIPT = frozenset(
    "content.action.edit content.action.view navigation.expand navigation.footer "
    "navigation.indexes navigation.path navigation.prune navigation.sections navigation.tabs "
    "navigation.tabs.sticky toc.integrate".split()
)
_EXTRA_WITH_SCRIPT = ("alternate", "analytics", "annotate", "consent", "scope", "version")
# The names under which Material's script offers what it watches, and what pages offer for it.
_OFFERED = re.compile(
    r"\b(?:alert|component|document|keyboard|location|print|progress|screen|tablet|target|viewport)\$"
    r"|\b__md_"
)
# Classes by which a note may ask Material's script for more.
_CLASSES = ("annotate", "select", "mermaid")
_CLASS = re.compile(
    r"""\{[^{}\n]*\.(annotate|select)\b[^{}\n]*\}"""
    r"""|\bclass=["'][^"'\n]*\b(annotate|select|mermaid)\b"""
)


def list_script_uses(config: MkDocsConfig) -> list[str]:
    """Return the settings for which Material's script is kept, as `mkdocs.yml` names them."""
    theme = config.theme.name
    return [
        *([f"theme.name: {theme}"] if theme != "material" else []),
        *(
            f"hooks: {name}" if name in config.hooks else f"plugins: {name}"
            for name in config.plugins
            if name != "readinglog"
        ),
        *(
            f"theme.features: {feature}"
            for feature in config.theme.get("features") or ()
            if feature not in _FEATURES_WITHOUT_SCRIPT
        ),
        *(f"extra.{name}" for name in _EXTRA_WITH_SCRIPT if config.extra.get(name)),
        *_list_scripts(config),
        *_list_templates(config),
    ]


def _list_scripts(config: MkDocsConfig) -> Iterator[str]:
    """Yield the scripts that use Material's, or cannot be read."""
    folders = [Path(folder) for folder in (config.docs_dir, *config.theme.dirs)]
    for script in map(str, config.extra_javascript):
        file = next((file for folder in folders if (file := folder / script).is_file()), None)
        if file is None or _OFFERED.search(file.read_text(encoding="utf-8", errors="replace")):
            yield f"extra_javascript: {script}"


def _list_templates(config: MkDocsConfig) -> Iterator[str]:
    """Yield the templates that a user has changed, which may need any of it."""
    if config.theme.custom_dir:
        folder = Path(config.theme.custom_dir)
        for file in sorted(folder.rglob("*.html")):
            yield f"theme.custom_dir: {file.relative_to(folder).as_posix()}"


def measure_script(folders: Iterable[str]) -> int:
    """Return how many bytes Material's script is over the wire; `folders` are the theme's."""
    scripts = (
        script
        for folder in folders
        for script in Path(folder).glob("assets/javascripts/bundle.*.min.js")
    )
    return sum(len(gzip.compress(script.read_bytes())) for script in scripts)


def find_script_classes(text: str) -> list[str]:
    """Return the classes in the text of a note that do nothing without Material's script."""
    if not any(name in text for name in _CLASSES):  # hardly a text has one
        return []
    return sorted({found[1] or found[2] for found in _CLASS.finditer(text)})
