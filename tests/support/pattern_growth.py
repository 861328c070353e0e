"""Which regular expressions take more than twice as long for twice as much: the patterns of the
package and of the scripts, the inputs that each is slowest at, and how long those take.
"""

from __future__ import annotations

import ast
import importlib
import re
import time
from collections.abc import Iterator
from itertools import product
from pathlib import Path
from re import _constants as codes  # type: ignore[attr-defined]
from re import _parser as parser  # type: ignore[attr-defined]
from typing import Any, NamedTuple

from support.paths import ROOT

PACKAGE = ROOT / "src" / "readinglog"
_METHODS = frozenset(
    {"compile", "sub", "match", "search", "fullmatch", "split", "findall", "finditer"}
)
# What stands for the values that patterns are made of while the program runs.
_LOCALS = {
    "name": "div",
    "indent": "  ",
    "end_tag": "</script>",
    "lead": "> >",
    "operator": r"\bOR\b",
}
_MANY = 16  # a pattern that repeats a part more often may take time by how often
_FIRST, _LAST = 8, 1 << 15  # characters of the shortest and the longest input
_SUSPECT = 0.002  # seconds for 4,096 characters, which take a linear pattern a tenth of that
_BOUND = 0.15  # seconds of the processor for the longest, which take a linear pattern a few ms


class Pattern(NamedTuple):
    """A pattern, where it stands, and the methods by which it is tried."""

    place: str
    text: str
    flags: int
    methods: frozenset[str]


def list_python_patterns() -> list[Pattern]:
    """Return every pattern that the package compiles, also those written within a call."""
    found: list[Pattern] = []
    sources = {file: file.read_text("utf-8") for file in sorted(PACKAGE.rglob("*.py"))}
    everything = "\n".join(sources.values())
    for file, text in sources.items():
        if "re." not in text or "import re" not in text:
            continue
        dotted = ".".join(file.relative_to(PACKAGE.parent).with_suffix("").parts)
        module = importlib.import_module(dotted.removesuffix(".__init__"))
        found += _list_patterns(ast.parse(text), vars(module), file.name, everything)
    return found


def _list_patterns(
    tree: ast.Module, names: dict[str, object], file: str, everything: str
) -> Iterator[Pattern]:
    assigned = {
        id(value): [each.id for each in ast.walk(target) if isinstance(each, ast.Name)]
        for node in ast.walk(tree)
        if isinstance(node, ast.Assign)
        for target in node.targets
        for value in ast.walk(node.value)
    }
    called = {
        id(node.value): node.attr for node in ast.walk(tree) if isinstance(node, ast.Attribute)
    }
    for node in ast.walk(tree):
        if not (isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute)):
            continue
        is_re = isinstance(node.func.value, ast.Name) and node.func.value.id == "re"
        if not is_re or node.func.attr not in _METHODS:
            continue
        flags = _find_flags(node)
        for text in _evaluate(node.args[0], names):
            methods = {node.func.attr, called.get(id(node), "")}
            for name in assigned.get(id(node), []):
                users = ast.unparse(tree) if name.startswith("_") else everything
                methods |= set(re.findall(rf"\b{name}(?:\[[^\]]*\])?\.(\w+)", users))
            methods &= _METHODS - {"compile"}
            yield Pattern(f"{file}:{node.lineno}", text, flags, frozenset(methods or {"search"}))


def _find_flags(call: ast.Call) -> int:
    flags = 0
    for node in (part for arg in (*call.args[1:], *call.keywords) for part in ast.walk(arg)):
        is_flag = isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name)
        if is_flag and node.value.id == "re":
            flags |= int(getattr(re, node.attr, 0))
    return flags


def _evaluate(node: ast.expr, names: dict[str, object]) -> list[str]:
    """Return what an argument is, or all it may be; raise where that cannot be told."""
    source = ast.unparse(node)
    if source in _ELSEWHERE:
        return _ELSEWHERE[source](names)
    value = eval(source, {**names, **_LOCALS})  # noqa: S307 - the package's own source
    return [value.pattern if isinstance(value, re.Pattern) else str(value)]


def _list_field_patterns(_: dict[str, object]) -> list[str]:
    from readinglog.model.fields import FIELDS  # noqa: PLC0415

    types = [field.type for field in FIELDS.values()]
    mistakes = [mistake.pattern for type_ in types for mistake in type_.common_mistakes]
    return list(dict.fromkeys([*(type_.pattern for type_ in types if type_.pattern), *mistakes]))


def _list_name_patterns(names: dict[str, object]) -> list[str]:
    patterns = names["PATTERNS"]
    return list(patterns.values()) if isinstance(patterns, dict) else []


def _list_kind_patterns(_: dict[str, object]) -> list[str]:
    from readinglog.model.kinds import KINDS  # noqa: PLC0415

    return [kind.address_pattern for kind in KINDS.values() if kind.address_pattern]


def _list_forms(_: dict[str, object]) -> list[str]:
    from readinglog.search import language, ranges  # noqa: PLC0415

    values = [*vars(language).values(), *vars(ranges).values()]
    kinds = [each for value in values for each in (value if isinstance(value, tuple) else (value,))]
    return [form for kind in kinds if isinstance(form := getattr(kind, "form", None), str)]


def _list_months(names: dict[str, object]) -> list[str]:
    months = names["_MONTHS"]
    return list(months) if isinstance(months, (list, tuple)) else []


_ELSEWHERE = {
    "pattern": _list_months,
    "self.pattern": _list_field_patterns,
    "mistake.pattern": _list_field_patterns,
    "PATTERNS[name]": _list_name_patterns,
    "kind.address_pattern": _list_kind_patterns,
    "kind.form": _list_forms,
}


# A regular expression in a script: after what an operand follows.
_JS_LITERAL = re.compile(
    r"(?:^|[=(,:?&|!\[]|\breturn)\s*"
    r"/(?P<text>(?![*/])(?:[^\\/\[\n]|\\.|\[(?:[^\]\\\n]|\\.)*\])+)/(?P<flags>[dgimsuvy]*)",
    re.MULTILINE,
)
_JS_BUILT = re.compile(r"new RegExp\(\s*(?P<arg>`(?:[^`\\]|\\.)*`|[\w.]+(?=[,)]))")
# The same in the language of Python's patterns.
_TO_PYTHON = (
    (r"\p{L}", r"[^\W\d_]"),
    (r"\p{M}", "\u0301"),
    (r"\p{Nd}", r"\d"),
    (r"\p{N}", r"\d"),
    (r"\p{ASCII}", r"[\x00-\x7f]"),
    (r"(?<=^|[\s()])", r"(?<![^\s()])"),
)


def list_script_patterns() -> list[Pattern]:
    """Return every pattern of the site's scripts, as Python would write it.

    Both engines try one way after another, so that what is slow in one is slow in the other.
    """
    found: list[Pattern] = []
    for file in sorted(PACKAGE.rglob("*.js")):
        text = re.sub(r"^\s*(?://|\*|/\*).*$", "", file.read_text("utf-8"), flags=re.MULTILINE)
        found += (
            _convert(file, literal["text"], literal["flags"])
            for literal in _JS_LITERAL.finditer(text)
        )
        found += (  # others than templates are texts that Python makes
            _convert(file, _fill_template(built["arg"][1:-1]), "")
            for built in _JS_BUILT.finditer(text)
            if built["arg"].startswith("`")
        )
    return found


def _fill_template(template: str) -> str:
    filled = template.replace("${WHITESPACE}", r"\s").replace(r"\\", "\\")
    filled = re.sub(r"\[\$\{[^}]*\}\]", "[a-z]", filled)
    return re.sub(r"\$\{[^}]*\}", "(?:a[a-z]*)", filled)


def _convert(file: Path, text: str, flags: str) -> Pattern:
    for script, python in (*_TO_PYTHON, ("(?<", "(?P<"), ("(?P<=", "(?<="), ("(?P<!", "(?<!")):
        text = text.replace(script, python)
    text = re.sub(r"\[([^\]]*)\[\^\\W\\d_\]([^\]]*)\]", r"[\1\\w\2]", text)
    text = re.sub(r"\\k<(\w+)>", r"(?P=\1)", text)
    text = re.sub(r"\\u\{([0-9a-fA-F]+)\}", lambda found: re.escape(chr(int(found[1], 16))), text)
    text = re.sub(r"\$$|\$(?=\))", r"\\Z" if "m" not in flags else "$", text)
    text = text.replace(r"\/", "/").replace("[[", r"[\[")
    ours = {"i": re.IGNORECASE, "m": re.MULTILINE, "s": re.DOTALL}
    whole = sum(ours.get(flag, 0) for flag in flags)
    return Pattern(file.name, text, whole, frozenset({"search"}))


def list_attacks(pattern: Pattern) -> list[tuple[str, str, str]]:
    """Return the start, the repeated part and the end of the inputs that may be slow.

    For each part that may be repeated often, that part follows what stands before it in the pattern,
    and then comes what does not match; repeated are also neighbours together.
    """
    tree = parser.parse(pattern.text, pattern.flags)
    starts, pumps = {"", "x"}, set[str]()
    _collect(list(tree), "", starts, pumps)
    pumps.update(start for start in starts if start)
    pieces = sorted(pumps, key=lambda pump: (len(pump), pump))
    ends = ("\0", "\n", "!x")
    chosen = sorted(starts, key=lambda start: (len(start), start))
    return list(product(chosen[:6], pieces[:24], ends))


def _collect(items: list[Any], before: str, starts: set[str], pumps: set[str]) -> str:
    """Add what stands before each repeated part, and examples of it; return an example of all."""
    for code, value in items:
        if code in (codes.MAX_REPEAT, codes.MIN_REPEAT, codes.POSSESSIVE_REPEAT):
            low, high, body = value
            examples = _list_examples(list(body))
            if high > _MANY:
                starts.add(before[-60:])
                pumps.update(example for example in examples if example)
                pumps.update(a + b for a, b in product(examples[:3], examples[:3]) if a != b)
            _collect(list(body), before, starts, pumps)
            before += examples[0] * max(1, min(low, 4))
        elif code is codes.SUBPATTERN:
            before = _collect(list(value[3]), before, starts, pumps)
        elif code is codes.ATOMIC_GROUP:
            before = _collect(list(value), before, starts, pumps)
        elif code is codes.BRANCH:
            examples = [_collect(list(each), before, starts, pumps) for each in value[1]]
            before = examples[0]
        elif code in (codes.ASSERT, codes.ASSERT_NOT):
            _collect(list(value[1]), before, starts, pumps)
        else:
            before += _list_examples([(code, value)])[0]
    return before


def _list_examples(items: list[Any]) -> list[str]:
    """Return a few texts that match a sequence of parts."""
    texts = [""]
    for code, value in items:
        texts = [a + b for a, b in product(texts, _list_examples_of(code, value))][:6]
    return texts


def _list_examples_of(code: Any, value: Any) -> list[str]:  # noqa: ANN401
    if code is codes.LITERAL:
        return [chr(value)]
    if code is codes.NOT_LITERAL:
        return ["a" if chr(value) != "a" else "b", " "]
    if code is codes.ANY:
        return ["a", " ", "<"]
    if code is codes.IN:
        return _list_members(value)
    if code in (codes.MAX_REPEAT, codes.MIN_REPEAT, codes.POSSESSIVE_REPEAT):
        texts = _list_examples(list(value[2]))
        return [text * max(1, value[0]) for text in texts[:3]] + ([""] if not value[0] else [])
    if code is codes.SUBPATTERN:
        return _list_examples(list(value[3]))
    if code is codes.ATOMIC_GROUP:
        return _list_examples(list(value))
    if code is codes.BRANCH:
        return [text for branch in value[1] for text in _list_examples(list(branch))[:2]][:6]
    return [""]


_CANDIDATES = "a A1_ -\n\t.>\"'`*[]()<=/\\:;,!#é中"


def _list_members(items: list[Any]) -> list[str]:
    """Return a few characters of a class, such as differ for other parts of the pattern."""
    as_class = re.compile(_format_class(items))
    found = [character for character in _CANDIDATES if as_class.match(character)]
    own = [chr(value) for code, value in items if code is codes.LITERAL]
    if not (items and items[0][0] is codes.NEGATE):
        found = own[:2] + found
    return list(dict.fromkeys(found))[:4] or own[:1] or ["a"]


def _format_class(items: list[Any]) -> str:
    parts = []
    for code, value in items:
        if code is codes.NEGATE:
            parts.append("^")
        elif code is codes.LITERAL:
            parts.append(re.escape(chr(value)))
        elif code is codes.RANGE:
            parts.append(f"{re.escape(chr(value[0]))}-{re.escape(chr(value[1]))}")
        else:
            parts.append(_CATEGORIES[value])
    return f"[{''.join(parts)}]"


_CATEGORIES = {
    codes.CATEGORY_DIGIT: r"\d",
    codes.CATEGORY_NOT_DIGIT: r"\D",
    codes.CATEGORY_SPACE: r"\s",
    codes.CATEGORY_NOT_SPACE: r"\S",
    codes.CATEGORY_WORD: r"\w",
    codes.CATEGORY_NOT_WORD: r"\W",
}


def find_slow_input(pattern: Pattern) -> str:
    """Return what the pattern takes more than linear time for, or ''."""
    compiled = re.compile(pattern.text, pattern.flags)
    for start, pump, end in list_attacks(pattern):
        if _is_slow(compiled, pattern, start, pump, end):
            return f"{start!r} + {pump!r} * n + {end!r}"
    return ""


def _is_slow(compiled: re.Pattern[str], pattern: Pattern, start: str, pump: str, end: str) -> bool:
    """Return whether an input takes too long, in sizes that grow slowly at first, as what takes
    exponential time would never end.
    """
    size = _FIRST
    while size <= _LAST:
        text = f"{start}{pump * (size // len(pump))}{end}"
        taken = _measure(compiled, text, pattern.methods)
        if taken > _BOUND and _measure(compiled, text, pattern.methods) > _BOUND:
            return True
        if size == 1 << 12 and taken < _SUSPECT:
            return False
        size *= 2 if size >= 64 else 1
        size += 4 if size < 64 else 0
    return False


def _measure(compiled: re.Pattern[str], text: str, methods: frozenset[str]) -> float:
    begin = time.thread_time()
    if "match" in methods:
        compiled.match(text)
    if "fullmatch" in methods:
        compiled.fullmatch(text)
    if not methods <= {"match", "fullmatch"}:
        for _ in compiled.finditer(text):
            pass
    return time.thread_time() - begin
