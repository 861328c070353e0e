r"""What is in `\text{…}` and the names of operators: words, and formulas among them."""

from __future__ import annotations

from collections.abc import Sequence

from readinglog.parsing.latex import names
from readinglog.parsing.latex.nodes import find_first_token
from readinglog.parsing.latex.tokens import Group, Node, Token


def unwrap_words(content: list[Node]) -> list[Node]:
    r"""Return the words of an operator: those of `{\rm max}` and `\mathrm{max}` are `max`."""
    nodes = [node for node in content if not (isinstance(node, Token) and node.text.isspace())]
    if len(nodes) == 1 and isinstance(nodes[0], Group):
        return unwrap_words(nodes[0].items)
    first = nodes[0].text if nodes and isinstance(nodes[0], Token) else ""
    if len(nodes) == 2 and first in names.UPRIGHT and isinstance(nodes[1], Group):
        return unwrap_words(nodes[1].items)
    if first in (r"\rm", r"\sf"):
        return content[content.index(nodes[0]) + 1 :]
    return content


def split_text(content: Sequence[Node]) -> list[tuple[list[Node], bool]]:
    r"""Return the pieces of `\text{…}` in order, and whether each is a formula."""
    splitter = _TextSplitter()
    splitter.split(content)
    return splitter.pieces or [([], False)]


class _TextSplitter:
    def __init__(self) -> None:
        self.pieces: list[tuple[list[Node], bool]] = []
        self._is_formula = False

    def _add(self, nodes: Sequence[Node], *, formula: bool) -> None:
        if not (self.pieces and self.pieces[-1][1] is formula):
            self.pieces.append(([], formula))
        self.pieces[-1][0].extend(nodes)

    def split(self, content: Sequence[Node]) -> None:
        at = 0
        while at < len(content):
            node = content[at]
            at += 1
            text = node.text if isinstance(node, Token) else ""
            if text in ("$", r"\)" if self._is_formula else r"\("):
                self._is_formula = not self._is_formula
            elif self._is_formula:
                self._add([node], formula=True)
            elif isinstance(node, Group):
                self.split(node.items)
            elif text in names.COLOURED:
                self._add([node, *_write_as_text(content[at : at + 2], node)], formula=True)
                at += 2
            else:
                start, at = at, _skip_groups(content, at, text)
                self._add([node, *content[start:at]], formula=_is_foreign(text))


def _skip_groups(content: Sequence[Node], at: int, command: str) -> int:
    """Return where the arguments of a command in text end."""
    while len(command) > 1 and at < len(content) and isinstance(content[at], Group):
        at += 1
    return at


def _write_as_text(arguments: Sequence[Node], command: Node) -> list[Node]:
    """Return the arguments of a colour, the second one as text."""
    if len(arguments) < 2:
        return list(arguments)
    sign = find_first_token([command])
    words = arguments[1] if isinstance(arguments[1], Group) else Group(sign, [arguments[1]])
    return [arguments[0], Group(sign, [Token(r"\text", sign.start, sign.end), words])]


def _is_foreign(text: str) -> bool:
    """Return whether a command is none that text may hold."""
    return len(text) > 1 and text[1].isalpha() and text not in names.IN_TEXT
