"""The site's scripts and styles as they are served: minified, so that comments and types cost
readers nothing.
"""

from __future__ import annotations

import posixpath
import re
from collections.abc import Callable
from functools import cache
from pathlib import Path

from rcssmin import cssmin
from rjsmin import jsmin

_MINIFIERS: dict[str, Callable[[str], str]] = {".js": jsmin, ".css": cssmin}


_THEME = Path(__file__).parent / "theme"
_STYLE = _THEME / "assets/readinglog.css"
_STYLE_IMPORT = re.compile(r'^@import "([^"]+)";$', re.MULTILINE)
_IMPORT = re.compile(r"""^(?:import|export)\b[^;"']*["'](\.[^"']+)["']""", re.MULTILINE)


@cache
def list_imports(script: str) -> tuple[str, ...]:
    """Return the addresses of the modules that a script of the theme imports, and those that they
    do, sorted. A browser that is told of them fetches all at once.
    """
    found: set[str] = set()
    rest = [script]
    while rest:
        address = rest.pop()
        text = (_THEME / address).read_text(encoding="utf-8")
        folder = posixpath.dirname(address)
        modules = {posixpath.normpath(f"{folder}/{path}") for path in _IMPORT.findall(text)}
        rest += modules - found
        found |= modules
    return tuple(sorted(found - {script}))


def read_asset(path: Path) -> bytes:
    """Return what is served of a file: scripts and styles minified, a style with those that it
    imports; others as they are.
    """
    if minify := _MINIFIERS.get(path.suffix):
        text = _read_text(path)
        if path.suffix == ".css":
            text = _STYLE_IMPORT.sub(lambda found: _read_text(path.parent / found[1]), text)
        return minify(text).encode()
    return path.read_bytes()


def _read_text(path: Path) -> str:
    return path.read_text(encoding="utf-8")


@cache
def list_style_parts() -> frozenset[Path]:
    """Return the files that are served within the style of every page, and not by themselves."""
    return frozenset(_STYLE.parent / part for part in _STYLE_IMPORT.findall(_read_text(_STYLE)))


def copy_asset(source: str, target: str) -> None:
    """Write what is served of the file `source` to `target`."""
    Path(target).write_bytes(read_asset(Path(source)))
