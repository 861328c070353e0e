"""YAML as written: composed, never constructed, so that every scalar keeps its text and its place."""

from __future__ import annotations

import re
from typing import NamedTuple

import yaml

from readinglog.model.text import Span
from readinglog.model.yaml_values import Compound, Entry, Scalar, Value

_DEPTH = 6
_PREFIX = "tag:yaml.org,2002:"
_NULL = _PREFIX + "null"
_EMPTY = frozenset({"", "~", "null", "Null", "NULL"})  # plain scalars that are null in YAML
_TAGS = frozenset(
    _PREFIX + name for name in "str int float bool null timestamp seq map merge value".split()
)
_CUT = re.compile(r"[ \t]+#.*")


def _tag(_: object, kind: type[yaml.Node], value: str | None, implicit: object) -> str:
    """The tag of a node that has none written: of all that a plain scalar could be, null alone is told from text."""
    if kind is yaml.ScalarNode:
        return (
            _NULL
            if isinstance(implicit, tuple) and implicit[0] and value in _EMPTY
            else f"{_PREFIX}str"
        )
    return f"{_PREFIX}seq" if kind is yaml.SequenceNode else f"{_PREFIX}map"


_LOADER = type("_Loader", (getattr(yaml, "CSafeLoader", yaml.SafeLoader),), {"resolve": _tag})


class YamlTrouble(NamedTuple):
    """Why a text is not the YAML that front matter may hold, at which offset, and what to write."""

    message: str
    offset: int
    help: str = "write `key: value`"


class _OddNodeError(Exception):
    """A node that front matter may not hold."""

    def __init__(
        self,
        message: str,
        node: yaml.Node,
        help_: str = "write it out as a text or a list of texts",
    ) -> None:
        super().__init__(message)
        self.offset: int = node.start_mark.index
        self.help = help_


def compose_fields(text: str, base: int) -> list[Entry] | YamlTrouble:
    """The fields of a mapping in `text`, which stands at offset `base` of its file; duplicates are kept."""
    if (deep := _too_deep(text)) is not None:
        return YamlTrouble(f"lists are nested more than {_DEPTH} deep", base + deep)
    try:
        node = yaml.compose(text, Loader=_LOADER)
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        return YamlTrouble(
            f"this is not YAML: {error.problem or error}", base + (mark.index if mark else 0)
        )
    except yaml.reader.ReaderError as error:
        return YamlTrouble(
            f"the character U+{_code(error):04X} is not allowed here",
            base + (error.position or 0),
            "take it out",
        )
    except (yaml.YAMLError, ValueError, RecursionError) as error:
        return YamlTrouble(f"this is not YAML: {str(error).splitlines()[0]}", base)
    if node is None:
        return []
    if not isinstance(node, yaml.MappingNode):
        what = "a list" if isinstance(node, yaml.SequenceNode) else "a text"
        return YamlTrouble(f"this is {what}, not `key: value` lines", base + node.start_mark.index)
    seen: set[int] = set()
    try:
        return [
            Entry(_name(key), _span(key, base), _value(value, base, seen, 1))
            for key, value in node.value
        ]
    except _OddNodeError as odd:
        return YamlTrouble(str(odd), base + odd.offset, odd.help)


def find_cut_comment(text: str, scalar: Scalar) -> Span | None:
    """What YAML took for a comment behind an unquoted scalar of one line, where it follows right on it."""
    if not scalar.plain:
        return None
    line = _CUT.match(text, scalar.span.end)
    return Span(scalar.span.end, line.end()) if line else None


def _too_deep(text: str) -> int | None:
    """Where brackets nest deeper than front matter needs: composing them would overflow the stack."""
    if text.count("[") + text.count("{") <= _DEPTH:
        return None
    depth = 0
    for found in re.finditer(r"[\[{\]}]", text):
        depth = depth + 1 if found[0] in "[{" else max(0, depth - 1)
        if depth > _DEPTH:
            return found.start()
    return None


def _name(key: yaml.Node) -> str:
    if not isinstance(key, yaml.ScalarNode):
        message = "the key of a field must be a word"
        raise _OddNodeError(message, key, "write `key: value`")
    return str(key.value)


def _span(node: yaml.Node, base: int) -> Span:
    return Span(base + node.start_mark.index, base + node.end_mark.index)


def _value(node: yaml.Node, base: int, seen: set[int], depth: int) -> Value:
    """`node` as a value. Aliases, foreign tags and too much depth are refused: no note needs them, and they can hurt."""
    refused = (
        "aliases (`*name`) are not read in front matter"
        if id(node) in seen
        else f"the YAML tag `{node.tag.replace(_PREFIX, '!!')}` is not read in front matter"
        if node.tag not in _TAGS
        else f"lists are nested more than {_DEPTH} deep"
        if depth > _DEPTH
        else ""
    )
    if refused:
        raise _OddNodeError(refused, node)
    seen.add(id(node))
    if isinstance(node, yaml.ScalarNode):
        return Scalar(
            node.value, _span(node, base), not node.style, node.tag == _NULL and not node.style
        )
    if isinstance(node, yaml.SequenceNode):
        return Compound(
            "list",
            tuple([_value(item, base, seen, depth + 1) for item in node.value]),
            _span(node, base),
        )
    parts = tuple([_value(part, base, seen, depth + 1) for pair in node.value for part in pair])
    return Compound("mapping", parts, _span(node, base))


def _code(error: yaml.reader.ReaderError) -> int:
    return (
        error.character
        if isinstance(error.character, int)
        else ord(str(error.character)[:1] or "\0")
    )
