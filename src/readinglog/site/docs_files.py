"""What the settings of MkDocs say about files of the notes folder: which are left out, and which
belong to the site, such as its styles, scripts and logo.
"""

from __future__ import annotations

import posixpath
from collections.abc import Collection, Iterable
from pathlib import Path
from types import SimpleNamespace
from typing import TYPE_CHECKING, cast

from mkdocs.structure.files import File, InclusionLevel, set_exclusions
from pathspec import GitIgnoreSpec

from readinglog.model.note import HOME
from readinglog.workspace import site_files
from readinglog.workspace.settings_tables import SettingsError
from readinglog.workspace.site_settings import SiteSettings

if TYPE_CHECKING:
    from mkdocs.config.defaults import MkDocsConfig

_README = "README.md"  # which MkDocs leaves out beside an index


def find_excluded(paths: Iterable[str], config: MkDocsConfig) -> frozenset[str]:
    """Return which of some paths below the notes folder a build leaves out: by `exclude_docs` and
    `draft_docs`, and by what MkDocs excludes by itself.
    """
    known = set(paths)
    files = [SimpleNamespace(src_uri=path, inclusion=InclusionLevel.UNDEFINED) for path in known]
    set_exclusions(cast("list[File]", files), config)
    excluded = {file.src_uri for file in files if file.inclusion.is_excluded()}
    excluded |= {
        path
        for path in known
        if posixpath.basename(path) == _README
        and posixpath.join(posixpath.dirname(path), HOME) in known - excluded
    }
    return frozenset(excluded)


def find_excluded_by(settings: SiteSettings, paths: Iterable[str]) -> frozenset[str]:
    """Return which of some paths below the notes folder a build with these settings leaves out.

    Raise SettingsError where a pattern cannot be read.
    """
    patterns = {"exclude_docs": settings.exclude_docs, "draft_docs": settings.draft_docs}
    return find_excluded(
        paths,
        cast("MkDocsConfig", {name: _read_pattern(name, text) for name, text in patterns.items()}),
    )


def _read_pattern(name: str, text: str) -> GitIgnoreSpec:
    try:
        return GitIgnoreSpec.from_lines(text.splitlines())
    except ValueError as error:
        message = f"mkdocs.yml: `{name}`: {error}"
        raise SettingsError(message) from error


def list_site_files(config: MkDocsConfig) -> list[str]:
    """Return the files of the notes folder that settings name, and those that their styles and
    scripts load from there.
    """
    named = [*config.extra_css, *map(str, config.extra_javascript), *config.extra_templates]
    named += [config.theme.get(name) or "" for name in ("logo", "favicon")]
    return site_files.list_site_files(Path(config.docs_dir), named)


def open_site_files(config: MkDocsConfig, excluded: Collection[str] = ()) -> list[File]:
    """Return the files of the notes folder that belong to the site, as MkDocs has them."""
    return [
        File(path, config.docs_dir, config.site_dir, config.use_directory_urls)
        for path in list_site_files(config)
        if path not in excluded
    ]
