"""The regular expressions of the package and of the site's scripts, read from their sources."""

from __future__ import annotations

import ast
import importlib
import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import cache
from typing import NamedTuple

from support.paths import ROOT

PACKAGE = ROOT / "src" / "readinglog"
_METHODS = frozenset("match fullmatch search sub subn split findall finditer".split())
_AT_START = frozenset({"match", "fullmatch"})  # all others try each start in turn
# What stands for the values that patterns are made of while the program runs.
_LOCALS = {
    "label": "eq:one",
    "name": "div",
    "indent": "  ",
    "end_tag": "</script>",
    "lead": "> >",
    "operator": r"\bOR\b",
    "either": "at|result",
}


class Pattern(NamedTuple):
    """A pattern, where it stands, and how it is tried: `match`, `fullmatch` or `search`."""

    place: str
    text: str
    flags: int
    methods: frozenset[str]


def list_python_patterns() -> dict[str, list[Pattern]]:
    """Return every pattern that the package compiles, by file, also those within a call."""
    sources = {file: file.read_text("utf-8") for file in sorted(PACKAGE.rglob("*.py"))}
    everything = "\n".join(sources.values())
    found: dict[str, list[Pattern]] = {}
    for file, text in sources.items():
        if "import re" not in text:
            continue
        dotted = ".".join(file.relative_to(PACKAGE.parent).with_suffix("").parts)
        module = importlib.import_module(dotted.removesuffix(".__init__"))
        if patterns := _merge(_find_patterns(text, vars(module), file.name, everything)):
            found[file.relative_to(PACKAGE).as_posix()] = patterns
    return found


def _merge(patterns: Iterable[Pattern]) -> list[Pattern]:
    """Return patterns, each once, with all methods by which it is tried."""
    merged: dict[tuple[str, int], Pattern] = {}
    for pattern in patterns:
        key = pattern.text, pattern.flags
        known = merged.setdefault(key, pattern)
        merged[key] = known._replace(methods=known.methods | pattern.methods)
    return list(merged.values())


def _find_patterns(
    text: str, names: dict[str, object], file: str, everything: str
) -> Iterator[Pattern]:
    """Yield the patterns in the `text` of a module; `everything` is the text of all modules."""
    nodes = list(ast.walk(ast.parse(text)))
    assigned = _list_assigned(nodes)
    called = {id(node.value): node.attr for node in nodes if isinstance(node, ast.Attribute)}
    for node in nodes:
        if not (isinstance(node, ast.Call) and ast.unparse(node.func).startswith("re.")):
            continue
        method = ast.unparse(node.func).removeprefix("re.")
        if method == "compile":
            users = (text if name.startswith("_") else everything for name in assigned[id(node)])
            methods = {called.get(id(node), "")}.union(
                *(
                    _list_methods(used).get(name, ())
                    for name, used in zip(assigned[id(node)], users, strict=True)
                )
            )
        elif method in _METHODS:
            methods = {method}
        else:
            continue
        kinds = {method if method in _AT_START else "search" for method in methods & _METHODS}
        for pattern, flags in _evaluate(node, names):
            place = f"{file}:{node.lineno}"
            yield Pattern(place, pattern, flags, frozenset(kinds or {"search"}))


@cache
def _list_methods(text: str) -> dict[str, set[str]]:
    """Return what is called of each name, and of an item of it, in the text of modules."""
    found: defaultdict[str, set[str]] = defaultdict(set)
    for name, attribute in re.findall(r"\b(\w+)(?:\[[^\]]*\])?\.(?=(\w+))", text):
        found[name].add(attribute)
    return found


def _list_assigned(nodes: list[ast.AST]) -> defaultdict[int, list[str]]:
    """Return the names that each part of an assigned value is reached by."""
    assigned: defaultdict[int, list[str]] = defaultdict(list)
    for node in nodes:
        if isinstance(node, ast.Assign):
            targets = [each for target in node.targets for each in ast.walk(target)]
            names = [target.id for target in targets if isinstance(target, ast.Name)]
            assigned |= {id(value): names for value in ast.walk(node.value)}
    return assigned


def _evaluate(call: ast.Call, names: dict[str, object]) -> Iterator[tuple[str, int]]:
    """Yield what the pattern of a call is, or all it may be, and its flags."""
    flags = 0
    for node in (part for arg in (*call.args[1:], *call.keywords) for part in ast.walk(arg)):
        if isinstance(node, ast.Attribute) and ast.unparse(node.value) == "re":
            flags |= int(getattr(re, node.attr, 0))
    source = ast.unparse(call.args[0])
    if source in _ELSEWHERE:
        values: Iterable[object] = _ELSEWHERE[source](names)
    else:
        values = [eval(source, {**names, **_LOCALS})]  # noqa: S307 - the package's own source
    for value in values:
        if isinstance(value, re.Pattern):
            yield value.pattern, value.flags & ~re.UNICODE
        elif isinstance(value, bytes):
            yield value.decode("latin-1"), flags | re.ASCII
        else:
            yield str(value), flags


def _list_field_patterns(_: dict[str, object]) -> list[str]:
    from readinglog.model.fields import FIELDS  # noqa: PLC0415

    types = [field.type for field in FIELDS.values()]
    mistakes = [mistake.pattern for type_ in types for mistake in type_.common_mistakes]
    return [*(type_.pattern for type_ in types if type_.pattern), *mistakes]


def _list_kind_patterns(_: dict[str, object]) -> list[str]:
    from readinglog.model.kinds import KINDS  # noqa: PLC0415

    return [kind.address_pattern for kind in KINDS.values() if kind.address_pattern]


def _list_forms(_: dict[str, object]) -> list[str]:
    from readinglog.search import language, ranges  # noqa: PLC0415

    values = [*vars(language).values(), *vars(ranges).values()]
    kinds = [each for value in values for each in (value if isinstance(value, tuple) else (value,))]
    return [form for kind in kinds if isinstance(form := getattr(kind, "form", None), str)]


def _list_named(names: dict[str, object]) -> list[str]:
    patterns = names["PATTERNS"]
    return list(patterns.values()) if isinstance(patterns, dict) else []


def _list_listed(names: dict[str, object]) -> list[str]:
    """Return the patterns of a table of the module; those of settings are analysed when they are
    read.
    """
    listed = names.get("_MONTHS") or names.get("IDENTIFIERS") or ()
    if isinstance(listed, Mapping):
        return [str(pattern) for pattern in listed.values()]
    return list(listed) if isinstance(listed, (list, tuple)) else []


# Where a pattern is not known from the module alone, or is each of several in turn.
_ELSEWHERE: dict[str, Callable[[dict[str, object]], list[str]]] = {
    "pattern": _list_listed,
    "self.pattern": _list_field_patterns,
    "mistake.pattern": _list_field_patterns,
    "PATTERNS[name]": _list_named,
    "kind.address_pattern": _list_kind_patterns,
    "kind.form": _list_forms,
}


# A regular expression in a script: after what an operand follows.
_JS_LITERAL = re.compile(
    r"(?:^|[=(,:?&|!\[]|\breturn)\s*"
    r"/(?P<text>(?![*/])(?:[^\\/\[\n]|\\.|\[(?:[^\]\\\n]|\\.)*\])+)/(?P<flags>[dgimsuvy]*)",
    re.MULTILINE,
)
_JS_TEMPLATE = re.compile(r"new RegExp\(\s*`(?P<text>(?:[^`\\]|\\.)*)`")
_JS_COMMENT = re.compile(r"^\s*(?://|\*|/\*).*$", re.MULTILINE)
# The same in the language of Python's patterns.
_TO_PYTHON = (
    (r"\p{L}", r"[^\W\d_]"),
    (r"\p{M}", "\u0301"),
    (r"\p{Nd}", r"\d"),
    (r"\p{N}", r"\d"),
    (r"\p{Cc}\p{Cf}\p{Zl}\p{Zp}", r"\x00-\x1f\u200b-\u200f"),
    (r"\p{ASCII}", r"[\x00-\x7f]"),
    (r"(?<=^|[\s()])", r"(?<![^\s()])"),
    ("(?<", "(?P<"),
    ("(?P<=", "(?<="),
    ("(?P<!", "(?<!"),
)


def list_script_patterns() -> dict[str, list[Pattern]]:
    """Return every pattern of the site's scripts, by file, as Python would write it.

    Both engines try one way after another, so that what is slow in one is slow in the other.
    Those that are made of texts, Python makes, and has itself.
    """
    found: dict[str, list[Pattern]] = {}
    for file in sorted(PACKAGE.rglob("*.js")):
        script = _JS_COMMENT.sub("", file.read_text("utf-8"))
        literals = [(each["text"], each["flags"]) for each in _JS_LITERAL.finditer(script)]
        templates = [(_fill_template(each["text"]), "") for each in _JS_TEMPLATE.finditer(script)]
        if written := [*literals, *templates]:
            path = file.relative_to(PACKAGE).as_posix()
            found[path] = _merge(_convert(file.name, text, flags) for text, flags in written)
    return found


def _fill_template(template: str) -> str:
    filled = template.replace("${WHITESPACE}", r"\s").replace(r"\\", "\\")
    filled = re.sub(r"\[\$\{[^}]*\}\]", "[a-z]", filled)
    return re.sub(r"\$\{[^}]*\}", "(?:a[a-z]*)", filled)


def _convert(file: str, text: str, flags: str) -> Pattern:
    for script, python in _TO_PYTHON:
        text = text.replace(script, python)
    text = re.sub(r"\[([^\]]*)\[\^\\W\\d_\]([^\]]*)\]", r"[\1\\w\2]", text)
    text = re.sub(r"\\k<(\w+)>", r"(?P=\1)", text)
    text = re.sub(r"\\u\{([0-9a-fA-F]+)\}", lambda found: re.escape(chr(int(found[1], 16))), text)
    text = re.sub(r"\$$|\$(?=\))", r"\\Z" if "m" not in flags else "$", text)
    text = text.replace(r"\/", "/").replace("[[", r"[\[")
    ours = {"i": re.IGNORECASE, "m": re.MULTILINE, "s": re.DOTALL}
    whole = sum(ours.get(flag, 0) for flag in flags)
    return Pattern(file, text, whole, frozenset({"search"}))
