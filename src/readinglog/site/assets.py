"""The site's scripts and styles as they are served: without what is there for those who edit them."""

from __future__ import annotations

import re
from pathlib import Path

_SHORTENED = (".js", ".css")
# Comments that stand on lines of their own, and indentation; no string of ours goes over several lines.
_FOR_EDITORS = re.compile(rb"^[ \t]*(?:(?:/\*(?:[^*]|\*(?!/))*\*/|//[^\n]*)\n)?", re.MULTILINE)


def served(path: Path) -> bytes:
    """Return what is served of a file: of a script or style without comments, which tell its types, and indentation."""
    data = path.read_bytes()
    return _FOR_EDITORS.sub(b"", data) if path.suffix in _SHORTENED else data


def copy_asset(source: str, target: str) -> None:
    """Write what is served of the file `source` to `target`."""
    Path(target).write_bytes(served(Path(source)))
