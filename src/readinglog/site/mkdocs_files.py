"""The files that MkDocs has collected for a site: which are published, which are notes, and what is
served of scripts and styles.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from mkdocs.structure.files import File, Files, InclusionLevel

from readinglog.site.assets import read_assets
from readinglog.site.mkdocs_settings import has_light_script
from readinglog.site.theme_script import LIGHT_SCRIPT
from readinglog.site.written_tree import THEME
from readinglog.workspace.folder import make_printable_path

if TYPE_CHECKING:
    from mkdocs.config.defaults import MkDocsConfig

_MATERIAL_SCRIPT = "assets/javascripts/bundle."
_SEARCH_ASSETS = ("assets/javascripts/lunr/", "assets/javascripts/workers/")
_SOURCE_MAPS = (".js.map", ".css.map")


def list_present(files: Files, *, serving: bool) -> Iterator[str]:
    """Yield the paths of the files that MkDocs and its plugins have not excluded."""
    for file in files:
        is_draft = file.inclusion is InclusionLevel.DRAFT
        if file.inclusion is not InclusionLevel.EXCLUDED and (serving or not is_draft):
            yield make_printable_path(file.src_uri)


def drop_note_files(files: Files, notes: Path, site_files: Collection[str]) -> None:
    """Remove what MkDocs found in the folder `notes`, but for files that the site itself uses."""
    for file in list(files):
        if _is_note_file(file, notes) and file.src_uri not in site_files:
            files.remove(file)


def _is_note_file(file: File, notes: Path) -> bool:
    """Return whether MkDocs found the file in the folder of notes."""
    if file.generated_by is not None or not file.abs_src_path:
        return False
    return Path(file.abs_src_path).is_relative_to(notes)


def minify_assets(files: Files, config: MkDocsConfig, language: str, cache: Path | None) -> None:
    """Replace the package's scripts and styles by what is served of them.

    A user's file of the same name stays as it is.
    """
    served = read_assets(language, cache)
    if not has_light_script(config):
        del served[THEME / LIGHT_SCRIPT]
    for file in list(files):
        if file.abs_src_path and (path := Path(file.abs_src_path)).is_relative_to(THEME / "assets"):
            files.remove(file)
            if path in served:
                files.append(File.generated(config, file.src_uri, content=served[path]))


def drop_unused_assets(files: Files, config: MkDocsConfig) -> None:
    """Remove source maps of the theme, its script, and what it has for its own search, where those
    are not used.

    What a user has added stays.
    """
    has_search = any(name.rpartition("/")[2] == "search" for name in config.plugins)
    unused = () if has_search else _SEARCH_ASSETS
    if has_light_script(config):
        unused = (*unused, _MATERIAL_SCRIPT)
    for file in list(files):
        is_unused = file.src_uri.startswith(unused) or file.src_uri.endswith(_SOURCE_MAPS)
        if is_unused and file.generated_by is None and file.src_dir != config.theme.custom_dir:
            files.remove(file)
