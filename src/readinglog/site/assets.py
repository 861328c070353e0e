"""The site's scripts and styles as they are served: minified, so that comments and types cost
readers nothing.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from functools import cache
from importlib import metadata
from pathlib import Path

from rcssmin import cssmin
from rjsmin import jsmin

from readinglog.model.text import compute_digest
from readinglog.site.messages import ENGLISH, translate, use_language
from readinglog.site.script_bundles import bundle_script, list_bundled_modules
from readinglog.workspace.files import compute_package_stamp, list_stamps
from readinglog.workspace.kept_values import KeptValues

_ASSETS = Path(__file__).parent / "theme/assets"
_STYLE = _ASSETS / "readinglog.css"
_DIGEST = "/"  # the key of a digest of all files, among what is kept of them
_MESSAGE = re.compile(r'(\bt\(\s*)("[^"\\\n]*+")')  # as `t("…")` in scripts
_STYLE_IMPORT = re.compile(r'^@import "([^"]+)";$', re.MULTILINE)


def read_asset(path: Path, language: str = ENGLISH) -> bytes:
    """Return what is served of a file: scripts and styles minified, with those that they import,
    scripts with the words of a language; others as they are.
    """
    match path.suffix:
        case ".js":
            with use_language(language):
                script = _MESSAGE.sub(_translate_message, bundle_script(path))
            return str(jsmin(script)).encode()
        case ".css":
            style = _STYLE_IMPORT.sub(
                lambda found: _read_text(path.parent / found[1]), _read_text(path)
            )
            return str(cssmin(style)).encode()
    return path.read_bytes()


def read_assets(language: str, cache: Path | None) -> dict[Path, bytes]:
    """Return what is served of all scripts, styles and other files of the theme, by file.

    It is kept in the folder `cache`, if there is one, as long as none of them changes.
    """
    if cache is None:
        return dict(_read_all(language))
    packages = [f"{name} {metadata.version(name)}" for name in ("rcssmin", "rjsmin")]
    # The stamp of the package is that of the start: a preview follows changes of these files.
    stamps = (language, compute_package_stamp(), packages, *list_stamps(_ASSETS))
    kept = KeptValues(cache / "assets.db", compute_digest(repr(stamps)).hex())
    values = kept.get_all()
    if values.pop(_DIGEST, b"") == _compute_digest(values):
        return {_ASSETS / name: data for name, data in values.items()}
    found = dict(_read_all(language))
    values = {path.relative_to(_ASSETS).as_posix(): data for path, data in found.items()}
    kept.replace([(_DIGEST, _compute_digest(values)), *values.items()])
    return found


def _compute_digest(values: Mapping[str, bytes]) -> bytes:
    names = sorted(values)
    return compute_digest("\n".join(names), b"".join(values[name] for name in names))


def _read_all(language: str) -> Iterator[tuple[Path, bytes]]:
    for path in sorted(_ASSETS.rglob("*")):
        if path.is_file() and path not in list_parts():
            yield path, read_asset(path, language)


def _translate_message(found: re.Match[str]) -> str:
    return f"{found[1]}{json.dumps(translate(json.loads(found[2])), ensure_ascii=False)}"


def _read_text(path: Path) -> str:
    return path.read_text(encoding="utf-8")


@cache
def list_parts() -> frozenset[Path]:
    """Return the scripts and styles that are served within others, and not by themselves."""
    styles = (_STYLE.parent / part for part in _STYLE_IMPORT.findall(_read_text(_STYLE)))
    return list_bundled_modules(_ASSETS).union(styles)


def copy_asset(source: str, target: str, language: str = ENGLISH) -> None:
    """Write what is served of the file `source` to `target`."""
    Path(target).write_bytes(read_asset(Path(source), language))
