"""The files of the notes folder that belong to the site itself, such as its styles and its logo."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterable, Iterator
from pathlib import Path

_STYLE_REFERENCE = re.compile(
    r"""url\(\s*["']?([^"')\s]+)|@import\s+["']([^"']+)["']""", re.IGNORECASE
)
_SCRIPT_REFERENCE = re.compile(r"""\b(?:from|import)\s*+(?:\(\s*+)?["'](\.[^"']+)["']""")
_REFERENCES = {
    ".css": _STYLE_REFERENCE,
    ".js": _SCRIPT_REFERENCE,
    ".mjs": _SCRIPT_REFERENCE,
}


def list_site_files(folder: Path, named: Iterable[str]) -> list[str]:
    """Return which of the `named` files are in a folder, and those that their styles and scripts
    load from there.
    """
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
