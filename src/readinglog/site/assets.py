"""The site's scripts and styles as they are served: minified, so that comments and types cost
readers nothing.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from rcssmin import cssmin
from rjsmin import jsmin

_MINIFIERS: dict[str, Callable[[str], str]] = {".js": jsmin, ".css": cssmin}


def read_asset(path: Path) -> bytes:
    """Return what is served of a file: scripts and styles minified, others as they are."""
    if minify := _MINIFIERS.get(path.suffix):
        return minify(path.read_text(encoding="utf-8")).encode()
    return path.read_bytes()


def copy_asset(source: str, target: str) -> None:
    """Write what is served of the file `source` to `target`."""
    Path(target).write_bytes(read_asset(Path(source)))
