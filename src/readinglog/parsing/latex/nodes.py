"""What a node of LaTeX is, and where what follows it begins."""

from __future__ import annotations

from collections.abc import Sequence

from readinglog.model.diagnostic import InvalidContentError
from readinglog.parsing.latex import names
from readinglog.parsing.latex.tokens import Node, Token, flatten, make_error


def is_token(node: Node, text: str) -> bool:
    return isinstance(node, Token) and node.text == text


def is_break(node: Node) -> bool:
    return isinstance(node, Token) and node.text in names.LINE_BREAKS


def _is_empty(node: Node) -> bool:
    return is_break(node) or (isinstance(node, Token) and node.text.isspace())


def strip_breaks(nodes: list[Node]) -> list[Node]:
    """Return nodes without the line breaks and white space around them."""
    start, end = 0, len(nodes)
    while start < end and _is_empty(nodes[start]):
        start += 1
    while end > start and _is_empty(nodes[end - 1]):
        end -= 1
    return nodes[start:end]


def is_at(nodes: Sequence[Node], at: int, text: str) -> bool:
    return at < len(nodes) and is_token(nodes[at], text)


def skip_star(nodes: Sequence[Node], at: int) -> int:
    return at + 1 if is_at(nodes, at, "*") else at


def find_first_token(nodes: Sequence[Node]) -> Token:
    return next(flatten(nodes), Token("", 0, 0))


def make_missing_argument(command: Token) -> InvalidContentError:
    reason = f"`{command.text}` has no argument"
    return make_error(command.start, command.end, reason, f"write `{command.text}{{…}}`")
