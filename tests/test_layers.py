"""A layer imports only from itself and from those above it, and only the last one touches the world."""

from __future__ import annotations

import ast
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

import readinglog

PACKAGE = Path(readinglog.__file__).parent

# What each layer holds: modules, and packages (with a `/` behind) with all that is in them.
LAYERS = (
    ("text", "naming", "identifiers", "suggest", "graph", "html_policy"),
    ("diagnostic", "sayings"),
    ("formats", "schema", "vocabulary", "work"),
    ("note",),
    ("parse/", "citations/", "attachments"),
    (
        "index",
        "order",
        "notebook",
        "related",
        "mentions",
        "reading",
        "census",
        "sections",
        "layout",
        "query/",
        "draft",
        "tagging",
        "json_schema",
    ),
    ("rules/", "pages/"),
    ("check", "report/", "record", "answers", "changes/", "renaming/"),
    ("rendering", "sanitising", "markdown_ext", "adapters/"),
)
WORLD = len(LAYERS) - 1
NEVER_EACH_OTHER = ("rules", "pages")

# Standard-library parts that reach out of the program; everything third-party counts as reaching out, but for PARTS.
REACHING_OUT = frozenset(
    "asyncio ctypes fileinput ftplib getpass glob http io locale logging multiprocessing os pathlib platform random secrets shutil signal "
    "smtplib socket socketserver ssl subprocess sys tempfile threading time uuid webbrowser".split()
)
PARTS = {
    "yaml": 4,
    "frontmatter": 4,
    "bibtexparser": 4,
    "math_core": 4,
    "snowballstemmer": 5,
    "networkx": 5,
    "markupsafe": 6,
}  # pure third-party parts, by the first layer that may use them
CALLS = frozenset({"open", "print", "input", "exec", "eval", "today", "now", "utcnow"})


def dotted(file: Path) -> str:
    """The module's name below the package: `text`, `parse.links`; a package's own module by the package's name."""
    parts = file.relative_to(PACKAGE).with_suffix("").parts
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


def layer(module: str) -> int:
    """The number of the layer that a module stands in."""
    top = module.partition(".")[0]
    found = [number for number, names in enumerate(LAYERS) if top in names or f"{top}/" in names]
    assert len(found) == 1, f"`{module}` has no layer: give it one in DESIGN section 2 and here"
    return found[0]


def imports(file: Path) -> Iterator[str]:
    """Every module that `file` imports anywhere in it, those for type checking too."""
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
    found = (name.partition("readinglog.")[2] for name in imports(file) if name.startswith("readinglog."))
    return sorted(set(found))


INNER = [file for file in sorted(PACKAGE.rglob("*.py")) if dotted(file)]


@pytest.mark.parametrize("file", INNER, ids=dotted)
def test_imports_point_only_upwards(file: Path) -> None:
    own = layer(dotted(file))
    downwards = [other for other in own_imports(file) if layer(other) > own]
    assert not downwards, f"`{dotted(file)}` is of layer {own} and imports what stands below it"


@pytest.mark.parametrize("file", INNER, ids=dotted)
def test_only_the_last_layer_touches_the_world(file: Path) -> None:
    own = layer(dotted(file))
    if own == WORLD:
        return
    for name in imports(file):
        top = name.partition(".")[0]
        if top in sys.stdlib_module_names:
            assert top not in REACHING_OUT, f"`{top}` is for layer {WORLD} alone"
        elif top != "readinglog":
            assert own >= PARTS.get(top, WORLD), f"`{top}` is not for layer {own}"


@pytest.mark.parametrize("file", INNER, ids=dotted)
def test_no_layer_but_the_last_asks_the_clock_or_opens_a_file(file: Path) -> None:
    if layer(dotted(file)) == WORLD:
        return
    for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Call):
            called = node.func.id if isinstance(node.func, ast.Name) else node.func.attr if isinstance(node.func, ast.Attribute) else ""
            assert called not in CALLS, f"line {node.lineno} calls `{called}`"


def test_rules_and_pages_do_not_know_each_other() -> None:
    for one, other in (NEVER_EACH_OTHER, NEVER_EACH_OTHER[::-1]):
        for file in (PACKAGE / one).rglob("*.py"):
            assert not [name for name in own_imports(file) if name.split(".")[0] == other], dotted(file)


def test_no_module_imports_itself_by_way_of_others() -> None:
    """`parse.links` may import `parse.prose`, but no circle closes; a package's own module counts for itself."""
    graph = {dotted(file): set(own_imports(file)) for file in INNER}
    while graph:
        free = {name for name, needs in graph.items() if not needs & graph.keys() - {name}}
        assert free, f"these import each other: {', '.join(sorted(graph))}"
        graph = {name: needs for name, needs in graph.items() if name not in free}


def test_every_layer_holds_what_the_table_says() -> None:
    files = [path for path in PACKAGE.iterdir() if path.suffix == ".py" or (path / "__init__.py").is_file()]
    there = {path.name + "/" if path.is_dir() else path.stem for path in files}
    assert {name for names in LAYERS for name in names} == there - {"__init__"}
