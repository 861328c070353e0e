"""The site's scripts and styles as they are served: minified, so that comments and types cost
readers nothing.
"""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path

from rcssmin import cssmin
from rjsmin import jsmin

from readinglog.site.script_bundles import bundle_script, list_bundled_modules

_ASSETS = Path(__file__).parent / "theme/assets"
_STYLE = _ASSETS / "readinglog.css"
_STYLE_IMPORT = re.compile(r'^@import "([^"]+)";$', re.MULTILINE)


def read_asset(path: Path) -> bytes:
    """Return what is served of a file: scripts and styles minified, with those that they import;
    others as they are.
    """
    match path.suffix:
        case ".js":
            return str(jsmin(bundle_script(path))).encode()
        case ".css":
            style = _STYLE_IMPORT.sub(
                lambda found: _read_text(path.parent / found[1]), _read_text(path)
            )
            return str(cssmin(style)).encode()
    return path.read_bytes()


def _read_text(path: Path) -> str:
    return path.read_text(encoding="utf-8")


@cache
def list_parts() -> frozenset[Path]:
    """Return the scripts and styles that are served within others, and not by themselves."""
    styles = (_STYLE.parent / part for part in _STYLE_IMPORT.findall(_read_text(_STYLE)))
    return list_bundled_modules(_ASSETS).union(styles)


def copy_asset(source: str, target: str) -> None:
    """Write what is served of the file `source` to `target`."""
    Path(target).write_bytes(read_asset(Path(source)))
