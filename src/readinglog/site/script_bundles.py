"""The scripts of the theme as they are served: each that a page loads, in one file with all that it
imports, so that a page does not wait for dozens of files.

The scripts import and export by name alone. Each imported module becomes a function of its own, so
that the names in one do not meet those in another.
"""

from __future__ import annotations

import os
import re
from functools import cache
from pathlib import Path

_IMPORT = re.compile(
    r'^import (?:\{(?P<names>[^}]*)\} from )?"(?P<address>\.[^"]+)";$', re.MULTILINE
)
_EXPORT = re.compile(
    r"^export (?=(?:async function|function|class|const) (?P<name>\w+))", re.MULTILINE
)
_OTHER_FORM = re.compile(r"^(?:import|export)\b.*", re.MULTILINE)
_COMMENT = re.compile(r"/\*.*?\*/", re.DOTALL)
_LOADED_LATER = re.compile(r'\bimport\("(?P<address>\.[^"]+)"\)')


def bundle_script(script: Path) -> str:
    """Return a script with all modules that it imports, as one module.

    Raise ValueError where modules import each other in a circle, or in another form than by name.
    """
    *modules, entry = _order_modules(script, {}, ())
    names = {module: f"${number}" for number, module in enumerate(modules)}
    linked = [
        _wrap_module(name, _link_module(module, script.parent, names))
        for module, name in names.items()
    ]
    return "".join((*linked, _link_module(entry, script.parent, names)))


@cache
def list_bundled_modules(folder: Path) -> frozenset[Path]:
    """Return the scripts below `folder` that are served only within those that import them: not
    those that a script loads when it needs them.
    """
    scripts = [*folder.rglob("*.js")]
    imported = {module for script in scripts for module in _find_imports(script)}
    return frozenset(imported.difference(*map(_find_loaded_later, scripts)))


def _order_modules(
    script: Path, ordered: dict[Path, None], importers: tuple[Path, ...]
) -> dict[Path, None]:
    """Add a script to `ordered` behind all modules that it imports, and return that."""
    if script in importers:
        circle = " → ".join(path.name for path in (*importers, script))
        message = f"scripts import each other: {circle}"
        raise ValueError(message)
    for module in _find_imports(script):
        if module not in ordered:
            _order_modules(module, ordered, (*importers, script))
    ordered[script] = None
    return ordered


def _find_imports(script: Path) -> list[Path]:
    imports = _IMPORT.finditer(script.read_text(encoding="utf-8"))
    return [_resolve(script, found["address"]) for found in imports]


def _find_loaded_later(script: Path) -> list[Path]:
    code = _COMMENT.sub("", script.read_text(encoding="utf-8"))  # where types are imported, too
    loaded = _LOADED_LATER.finditer(code)
    return [_resolve(script, found["address"]) for found in loaded]


def _resolve(script: Path, address: str) -> Path:
    return Path(os.path.normpath(script.parent / address))


def _link_module(module: Path, folder: Path, names: dict[Path, str]) -> str:
    """Return the code of a module that takes what it imports from the functions called `names`.

    `folder` is where the bundle is served from; addresses in the code are made to lead from there.
    """

    def take_names(found: re.Match[str]) -> str:
        taken = (found["names"] or "").replace(" as ", ": ")
        return f"const {{{taken}}} = {names[_resolve(module, found['address'])]};"

    def lead_from_folder(found: re.Match[str]) -> str:
        return f'import("{_make_address(_resolve(module, found["address"]), folder)}")'

    code = _LOADED_LATER.sub(lead_from_folder, _IMPORT.sub(take_names, module.read_text("utf-8")))
    if module.parent != folder:
        address = _make_address(module, folder)
        code = code.replace("import.meta.url", f'new URL("{address}", import.meta.url).href')
    if other := _OTHER_FORM.search(_EXPORT.sub("", code)):
        message = f"`{module.name}` imports or exports otherwise than by name: {other[0]}"
        raise ValueError(message)
    return code


def _wrap_module(name: str, code: str) -> str:
    """Return a module as a function that is called once and gives what the module exports."""
    exports = ", ".join(found["name"] for found in _EXPORT.finditer(code))
    return f"const {name} = (() => {{\n{_EXPORT.sub('', code)}\nreturn {{ {exports} }};\n}})();\n"


def _make_address(path: Path, folder: Path) -> str:
    address = Path(os.path.relpath(path, folder)).as_posix()
    return address if address.startswith(".") else f"./{address}"
