"""What the settings of MkDocs say about files of the notes folder: which are left out, and which
belong to the site, such as its styles, scripts and logo.
"""

from __future__ import annotations

import posixpath
import re
from collections.abc import Collection, Iterable, Iterator
from pathlib import Path
from types import SimpleNamespace
from typing import TYPE_CHECKING, cast

from mkdocs.structure.files import File, InclusionLevel, set_exclusions

from readinglog.model.note import HOME

if TYPE_CHECKING:
    from mkdocs.config.defaults import MkDocsConfig

_README = "README.md"  # which MkDocs leaves out beside an index
_STYLE_REFERENCE = re.compile(
    r"""url\(\s*["']?([^"')\s]+)|@import\s+["']([^"']+)["']""", re.IGNORECASE
)
_SCRIPT_REFERENCE = re.compile(r"""\b(?:from|import)\s*+(?:\(\s*+)?["'](\.[^"']+)["']""")
_REFERENCES = {
    ".css": _STYLE_REFERENCE,
    ".js": _SCRIPT_REFERENCE,
    ".mjs": _SCRIPT_REFERENCE,
}


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


def list_site_files(config: MkDocsConfig) -> list[str]:
    """Return the files of the notes folder that settings name, and those that their styles and
    scripts load from there.
    """
    folder = Path(config.docs_dir)
    named = [*config.extra_css, *map(str, config.extra_javascript), *config.extra_templates]
    named += [config.theme.get(name) or "" for name in ("logo", "favicon")]
    waiting, found = [path.partition("?")[0] for path in named], dict[str, None]()
    while waiting:
        path = posixpath.normpath(waiting.pop(0))
        if path in found or path.startswith(("../", "/")) or not (folder / path).is_file():
            continue
        found[path] = None
        waiting += _list_references(folder, path)
    return list(found)


def _list_references(folder: Path, path: str) -> Iterator[str]:
    """Yield the paths that a style or script loads, relative to the notes folder."""
    if pattern := _REFERENCES.get(posixpath.splitext(path)[1].lower()):
        text = (folder / path).read_text(encoding="utf-8", errors="replace")
        for groups in pattern.findall(text):
            address = groups if isinstance(groups, str) else next(filter(None, groups))
            if ":" not in address and not address.startswith(("/", "#")):
                yield posixpath.join(posixpath.dirname(path), re.split("[?#]", address)[0])


def open_site_files(config: MkDocsConfig, excluded: Collection[str] = ()) -> list[File]:
    """Return the files of the notes folder that belong to the site, as MkDocs has them."""
    return [
        File(path, config.docs_dir, config.site_dir, config.use_directory_urls)
        for path in list_site_files(config)
        if path not in excluded
    ]
