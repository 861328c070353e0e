"""YAML as written: composed, never constructed, so that every scalar keeps its text and its place."""

from __future__ import annotations

import re
from typing import NamedTuple

import yaml

from readinglog.schema import Compound, Field, Scalar, Value
from readinglog.text import Span

_LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
_DEPTH = 6
_PREFIX = "tag:yaml.org,2002:"
_NULL = _PREFIX + "null"
_TAGS = frozenset(_PREFIX + name for name in "str int float bool null timestamp seq map merge value".split())
_CUT = re.compile(r"[ \t]+#.*")


class YamlTrouble(NamedTuple):
    """Why a text is not the YAML that front matter may hold, and at which offset."""

    message: str
    offset: int


def compose(text: str, base: int) -> list[Field] | YamlTrouble:
    """The fields of a mapping in `text`, which stands at offset `base` of its file; duplicates are kept."""
    if (deep := _too_deep(text)) is not None:
        return YamlTrouble(f"lists are nested more than {_DEPTH} deep", base + deep)
    try:
        node = yaml.compose(text, Loader=_LOADER)
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        return YamlTrouble(error.problem or str(error), base + (mark.index if mark else 0))
    except yaml.reader.ReaderError as error:
        return YamlTrouble(f"the character U+{_code(error):04X} is not allowed here", base + (error.position or 0))
    except (yaml.YAMLError, ValueError, RecursionError) as error:
        return YamlTrouble(str(error).splitlines()[0], base)
    if node is None:
        return []
    if not isinstance(node, yaml.MappingNode):
        what = "a list" if isinstance(node, yaml.SequenceNode) else "a text"
        return YamlTrouble(f"front matter is {what}, not `key: value` lines", base + node.start_mark.index)
    if odd := _odd_node(node, set(), 0):
        return YamlTrouble(odd[0], base + odd[1].start_mark.index)
    return [
        Field(_scalar(key, base).text, _span(key, base), _value(value, base))
        for key, value in node.value
        if isinstance(key, yaml.ScalarNode)
    ]


def cut_comment(text: str, scalar: Scalar) -> Span | None:
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


def _odd_node(node: yaml.Node, seen: set[int], depth: int) -> tuple[str, yaml.Node] | None:
    """An alias, a foreign tag or too much depth below `node`: nothing that a note needs, much that can hurt."""
    if id(node) in seen:
        return "aliases (`*name`) are not read in front matter", node
    seen.add(id(node))
    if node.tag not in _TAGS:
        return f"the YAML tag `{node.tag.replace(_PREFIX, '!!')}` is not read in front matter", node
    if isinstance(node, yaml.ScalarNode):
        return None
    if depth >= _DEPTH:
        return f"lists are nested more than {_DEPTH} deep", node
    inside = [part for pair in node.value for part in pair] if isinstance(node, yaml.MappingNode) else node.value
    return next((odd for child in inside if (odd := _odd_node(child, seen, depth + 1))), None)


def _span(node: yaml.Node, base: int) -> Span:
    return Span(base + node.start_mark.index, base + node.end_mark.index)


def _scalar(node: yaml.ScalarNode, base: int) -> Scalar:
    return Scalar(node.value, _span(node, base), not node.style, node.tag == _NULL and not node.style)


def _value(node: yaml.Node, base: int) -> Value:
    if isinstance(node, yaml.ScalarNode):
        return _scalar(node, base)
    if isinstance(node, yaml.SequenceNode):
        return Compound("list", tuple(_value(item, base) for item in node.value), _span(node, base))
    parts = tuple(_value(part, base) for pair in node.value for part in pair)
    return Compound("mapping", parts, _span(node, base))


def _code(error: yaml.reader.ReaderError) -> int:
    return error.character if isinstance(error.character, int) else ord(str(error.character)[:1] or "\0")
