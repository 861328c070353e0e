"""YAML as written: composed, never constructed, so that each scalar keeps its text and its span."""

from __future__ import annotations

import re
from typing import NoReturn

import yaml

from readinglog.model.diagnostic import Diagnostic, InvalidContentError
from readinglog.model.text import Span
from readinglog.model.yaml_values import Compound, Entry, Scalar, Value

_MAX_DEPTH = 6
_MAX_VALUES = 1_000  # where aliases are allowed
_TOO_DEEP = f"lists are nested more than {_MAX_DEPTH} deep"
_PREFIX = "tag:yaml.org,2002:"
_NULL = _PREFIX + "null"
_NULL_WORDS = frozenset({"", "~", "null", "Null", "NULL"})  # plain scalars that are null in YAML
_TAGS = frozenset(
    _PREFIX + name for name in "str int float bool null timestamp seq map merge value".split()
)
_OPENING = (yaml.FlowSequenceStartToken, yaml.FlowMappingStartToken)
_CLOSING = (yaml.FlowSequenceEndToken, yaml.FlowMappingEndToken)
_COMMENT = re.compile(r"[ \t]+#.*")
_WRITE_FIELD = "write `key: value`"
_WRITE_TEXT = "write it out as a text or a list of texts"


def _choose_tag(_: object, kind: type[yaml.Node], value: str | None, implicit: object) -> str:
    """Return the tag of a node that has none written.

    Of all that a plain scalar could be, only null differs from text.
    """
    if kind is yaml.SequenceNode:
        return f"{_PREFIX}seq"
    if kind is not yaml.ScalarNode:
        return f"{_PREFIX}map"
    is_plain = isinstance(implicit, tuple) and implicit[0]
    return _NULL if is_plain and value in _NULL_WORDS else f"{_PREFIX}str"


_LOADER = type(
    "_Loader", (getattr(yaml, "CSafeLoader", yaml.SafeLoader),), {"resolve": _choose_tag}
)


class _Composed:
    """The nodes that have become values, of which aliases may make many."""

    def __init__(self, *, allows_aliases: bool) -> None:
        self._allows_aliases = allows_aliases
        self._ids: set[int] = set()
        self._count = 0

    def add(self, node: yaml.Node, start: int) -> None:
        """Add a node at `start` of the file. Raise InvalidContentError where it may not be one."""
        self._count += 1
        if self._allows_aliases and self._count > _MAX_VALUES:
            _refuse("aliases (`*name`) make too many values", start, _WRITE_TEXT)
        if not self._allows_aliases and id(node) in self._ids:
            _refuse("aliases (`*name`) are not read in front matter", start, _WRITE_TEXT)
        self._ids.add(id(node))


def compose_fields(text: str, base: int, *, allows_aliases: bool = False) -> list[Entry]:
    """Return the fields of the YAML mapping `text`, which is at offset `base` of its file.

    Duplicates are kept. Raise InvalidContentError where `text` is not YAML, or holds more than
    front matter may: aliases too, unless they are allowed.
    """
    if (offset := _find_excess_depth(text)) is not None:
        _refuse(_TOO_DEEP, base + offset)
    node = _compose(text, base)
    if node is None:
        return []
    if not isinstance(node, yaml.MappingNode):
        what = "a list" if isinstance(node, yaml.SequenceNode) else "a text"
        _refuse(f"this is {what}, not `key: value` lines", base + node.start_mark.index)
    composed = _Composed(allows_aliases=allows_aliases)
    return [
        Entry(_to_name(key, base), _to_span(key, base), _to_value(value, base, composed, 1))
        for key, value in node.value
    ]


def _refuse(message: str, offset: int, help_: str = _WRITE_FIELD) -> NoReturn:
    raise InvalidContentError(Diagnostic(Span(offset, offset + 1), message, help_))


def _compose(text: str, base: int) -> yaml.Node | None:
    try:
        node: yaml.Node | None = yaml.compose(text, Loader=_LOADER)
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        offset = mark.index if mark else 0
        _refuse(f"this is not YAML: {error.problem or error}", base + offset)
    except yaml.reader.ReaderError as error:
        code_point = _to_code_point(error)
        # `error.position` counts bytes or characters, by the loader.
        offset = max(0, text.find(chr(code_point)))
        message = f"the character U+{code_point:04X} is not allowed here"
        _refuse(message, base + offset, "remove it")
    except (yaml.YAMLError, ValueError, RecursionError) as error:
        _refuse(f"this is not YAML: {str(error).splitlines()[0]}", base)
    return node


def find_truncating_comment(text: str, scalar: Scalar) -> Span | None:
    """Return what YAML takes for a comment right behind a plain scalar, or None.

    `text` is the whole file.
    """
    if not scalar.is_plain:
        return None
    comment = _COMMENT.match(text, scalar.span.end)
    return Span(scalar.span.end, comment.end()) if comment else None


def _find_excess_depth(text: str) -> int | None:
    """Return where brackets nest too deep, or None: composing them could overflow the stack."""
    if text.count("[") + text.count("{") <= _MAX_DEPTH:
        return None
    depth = 0
    try:
        for token in yaml.scan(text, Loader=_LOADER):
            if isinstance(token, _OPENING):
                depth += 1
            elif isinstance(token, _CLOSING):
                depth -= 1
            if depth > _MAX_DEPTH:
                return int(token.start_mark.index)
    except (yaml.YAMLError, ValueError):
        return None  # composing says what is wrong, before it comes to any bracket behind that
    return None


def _to_name(key: yaml.Node, base: int) -> str:
    if not isinstance(key, yaml.ScalarNode):
        _refuse("the key of a field must be a word", base + key.start_mark.index)
    return str(key.value)


def _to_span(node: yaml.Node, base: int) -> Span:
    return Span(base + node.start_mark.index, base + node.end_mark.index)


def _to_value(node: yaml.Node, base: int, composed: _Composed, depth: int) -> Value:
    """Return `node` as a value.

    Aliases, foreign tags and too much depth are refused: no note needs them, and they can hurt.
    """
    span = _to_span(node, base)
    composed.add(node, span.start)
    if node.tag not in _TAGS:
        tag = node.tag.replace(_PREFIX, "!!")
        _refuse(f"the YAML tag `{tag}` is not read in front matter", span.start, _WRITE_TEXT)
    if depth > _MAX_DEPTH:
        _refuse(_TOO_DEEP, span.start, _WRITE_TEXT)
    if isinstance(node, yaml.ScalarNode):
        is_plain = not node.style
        return Scalar(node.value, span, is_plain=is_plain, is_null=is_plain and node.tag == _NULL)
    if isinstance(node, yaml.SequenceNode):
        items = tuple([_to_value(item, base, composed, depth + 1) for item in node.value])
        return Compound("list", items, span)
    parts = tuple(
        [_to_value(part, base, composed, depth + 1) for pair in node.value for part in pair]
    )
    return Compound("mapping", parts, span)


def _to_code_point(error: yaml.reader.ReaderError) -> int:
    character = error.character
    return character if isinstance(character, int) else ord(str(character)[:1] or "\0")
