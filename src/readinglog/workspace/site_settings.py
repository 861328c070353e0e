"""What the settings of the site, `mkdocs.yml`, say about files.

They are read without MkDocs, whose import takes longer than a check.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import NamedTuple, cast

import yaml

_FILES = ("mkdocs.yml", "mkdocs.yaml")
_DEPTH = 8  # files that inherit from each other
# Tags such as `!ENV` and `!!python/name`, which MkDocs knows, are read as nothing.
_LOADER = cast(
    "type[yaml.SafeLoader]", type("_Loader", (getattr(yaml, "CSafeLoader", yaml.SafeLoader),), {})
)
_LOADER.add_multi_constructor("", lambda loader, suffix, node: None)  # noqa: ARG005
_EXCLUDED_BY_ITSELF = ("templates/", "README.md")


class SiteSettings(NamedTuple):
    """The address of the repository, the files that pages load or are made of, and the patterns of
    files that are not published, as they are written.
    """

    repo_url: str = ""
    named_files: tuple[str, ...] = ()
    exclude_docs: str = ""
    draft_docs: str = ""

    def may_exclude(self, paths: Iterable[str]) -> bool:
        """Return whether one of some paths below the notes folder may not be published."""
        if self.exclude_docs or self.draft_docs:
            return True
        return any(
            path.startswith(_EXCLUDED_BY_ITSELF) or path.endswith("/README.md") for path in paths
        )


def find_site_settings(notes: Path, root: Path) -> SiteSettings | None:
    """Return the settings of the site of a folder of notes, or None where there are none.

    They are among the notes, or in the nearest folder above them, below or at `root`.
    """
    folders = (notes, *notes.parents)
    for folder in (folder for folder in folders if folder.is_relative_to(root)):
        for name in _FILES:
            if (folder / name).is_file():
                return _parse(_read(folder / name))
    return None


def find_site_folder(config: Path) -> Path:
    """Return the folder that MkDocs writes the site to, by a file of its settings."""
    name = _read(config).get("site_dir")
    return config.parent / (name if isinstance(name, str) and name else "site")


def _parse(settings: Mapping[str, object]) -> SiteSettings:
    theme = settings.get("theme")
    theme = theme if isinstance(theme, dict) else {}
    names = [
        *_list_names(settings.get("extra_css")),
        *_list_names(settings.get("extra_javascript")),
        *_list_names(settings.get("extra_templates")),
        *_list_names([theme.get("logo"), theme.get("favicon")]),
    ]
    texts = (settings.get(name) for name in ("repo_url", "exclude_docs", "draft_docs"))
    repo_url, exclude, drafts = (text if isinstance(text, str) else "" for text in texts)
    return SiteSettings(repo_url, tuple(names), exclude, drafts)


def _list_names(value: object) -> Iterable[str]:
    """Yield the paths in a list of files, of which scripts may be mappings."""
    for item in value if isinstance(value, list) else ():
        path = item.get("path") if isinstance(item, dict) else item
        if isinstance(path, str):
            yield path


def _read(file: Path, depth: int = _DEPTH) -> dict[str, object]:
    """Return the settings in a file with those that it inherits, as MkDocs merges them.

    What cannot be read is left to MkDocs, which tells it.
    """
    try:
        found = yaml.load(file.read_text(encoding="utf-8-sig"), _LOADER)  # noqa: S506 - a safe one
    except (OSError, ValueError, yaml.YAMLError):
        return {}
    if not isinstance(found, dict):
        return {}
    parent = found.pop("INHERIT", None)
    if not isinstance(parent, str) or not depth:
        return found
    return _merge(_read(file.parent / parent, depth - 1), found)


def _merge(base: dict[str, object], over: dict[str, object]) -> dict[str, object]:
    """Return two mappings in one: where both have a key, mappings are merged, others replaced."""
    merged = base | over
    for key in base.keys() & over.keys():
        if isinstance(base[key], dict) and isinstance(over[key], dict):
            parts = (cast("dict[str, object]", mapping[key]) for mapping in (base, over))
            merged[key] = _merge(*parts)
    return merged
