"""The rooms of the package: each imports only from itself and from those above it, and few modules
touch the world.
"""

from __future__ import annotations

import ast
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

import readinglog

PACKAGE = Path(readinglog.__file__).parent

# The rooms in order: a room imports only from itself and from rooms before it.
ROOMS = (
    "model",
    "parsing",
    "notebook",
    "search",
    "lint",
    "workspace",
    "refactor",
    "citations",
    "interchange",
    "site",
    "servers",
    "cli",
)
# What may touch files, the clock, the network or other programs; a package ends in a `.` and stands
# for all that is in it.
MAY_TOUCH_THE_WORLD = (
    "workspace.",
    "citations.http.",
    "citations.identify_work",
    "site.assets",
    "site.build",
    "site.diagnostics_log",
    "site.docs_files",
    "site.messages",
    "site.mkdocs_build",
    "site.mkdocs_files",
    "site.mkdocs_frames",
    "site.mkdocs_plugin",
    "site.mkdocs_session",
    "site.mkdocs_settings",
    "site.notes_at_top",
    "site.output_files",
    "site.page_cache",
    "site.script_bundles",
    "site.social_cards.",
    "site.template_cache",
    "site.theme_script",
    "site.unrendered",
    "site.tree_sources",
    "site.written_tree",
    "servers.",
    "cli.",
)
# Parts of the standard library that reach out of the program.
REACHING_OUT = frozenset(
    "asyncio ctypes fileinput ftplib getpass glob http io locale logging multiprocessing os pathlib platform random secrets shutil signal "
    "smtplib socket socketserver ssl subprocess sys tempfile threading time uuid webbrowser".split()
)
# Third-party packages that compute and nothing else, by the room that uses them first.
PURE_PACKAGES = {
    "frontmatter": "parsing",
    "markdown": "parsing",
    "markupsafe": "parsing",
    "math_core": "parsing",
    "nh3": "parsing",
    "pygments": "parsing",
    "yaml": "parsing",
    "numpy": "search",
    "Stemmer": "search",
    "pylatexenc": "citations",
    "markdownify": "interchange",
    "jinja2": "site",
}
WORLDLY_CALLS = frozenset({"open", "print", "input", "exec", "eval", "today", "now", "utcnow"})


def dotted(file: Path) -> str:
    """Return the module's name below the package: `model.text`; a package's own module has the
    package's name.
    """
    parts = file.relative_to(PACKAGE).with_suffix("").parts
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


def room_number(module: str) -> int:
    """Return the place of a module's room in the order of rooms."""
    room = module.partition(".")[0]
    assert room in ROOMS, (
        f"`{module}` stands in no room: see docs/guide/architecture.md, and ROOMS here"
    )
    return ROOMS.index(room)


def may_touch_the_world(module: str) -> bool:
    return any(
        f"{module}.".startswith(name) if name.endswith(".") else module == name
        for name in MAY_TOUCH_THE_WORLD
    )


def imports(file: Path) -> Iterator[str]:
    """Yield every module that `file` imports anywhere in it, those for type checking too."""
    for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, "imports are written out"
            yield from _modules(node)


def _modules(node: ast.ImportFrom) -> Iterator[str]:
    for alias in node.names:
        whole = f"{node.module}.{alias.name}"
        path = PACKAGE.parent.joinpath(*whole.split("."))
        yield whole if path.is_dir() or path.with_suffix(".py").is_file() else str(node.module)


def own_imports(file: Path) -> list[str]:
    found = (
        name.partition("readinglog.")[2] for name in imports(file) if name.startswith("readinglog.")
    )
    return sorted(set(found))


MODULES = [file for file in sorted(PACKAGE.rglob("*.py")) if dotted(file) not in ("", "__main__")]


@pytest.mark.parametrize("file", MODULES, ids=dotted)
def test_imports_point_up(file: Path) -> None:
    own = room_number(dotted(file))
    down = [other for other in own_imports(file) if room_number(other) > own]
    assert not down, f"`{dotted(file)}` imports from rooms below its own"


@pytest.mark.parametrize(
    "file", [file for file in MODULES if not may_touch_the_world(dotted(file))], ids=dotted
)
def test_few_modules_touch_the_world(file: Path) -> None:
    own = room_number(dotted(file))
    for name in imports(file):
        top = name.partition(".")[0]
        if top in sys.stdlib_module_names:
            assert top not in REACHING_OUT, f"`{top}` is for the modules in MAY_TOUCH_THE_WORLD"
        elif top != "readinglog":
            first = PURE_PACKAGES.get(top)
            assert first, f"`{top}` is for the modules in MAY_TOUCH_THE_WORLD"
            assert own >= ROOMS.index(first), f"`{top}` is for `{first}` and the rooms below it"
    for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Call):
            called = getattr(node.func, "id", "") or getattr(node.func, "attr", "")
            assert called not in WORLDLY_CALLS, f"line {node.lineno} calls `{called}`"


def test_no_module_imports_itself_by_way_of_others() -> None:
    """`parsing.links` may import `parsing.prose`, but no circle closes; a package's own module
    counts for itself.
    """
    graph = {dotted(file): set(own_imports(file)) for file in MODULES}
    while graph:
        free = {name for name, needs in graph.items() if not needs & graph.keys() - {name}}
        assert free, f"these import each other: {', '.join(sorted(graph))}"
        graph = {name: needs for name, needs in graph.items() if name not in free}


def test_the_package_holds_its_rooms_and_nothing_else() -> None:
    there = {path.name for path in PACKAGE.iterdir() if path.name != "__pycache__"}
    assert there - {"__init__.py", "__main__.py", "py.typed"} == set(ROOMS)
    assert all((PACKAGE / room / "__init__.py").is_file() for room in ROOMS)


def test_what_may_touch_the_world_is_there() -> None:
    modules = {dotted(file) for file in MODULES}
    for name in MAY_TOUCH_THE_WORLD:
        assert name.removesuffix(".") in modules, name
