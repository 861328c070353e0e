"""The writing of nodes for math-core, as far as commands and environments share it."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from readinglog.parsing.latex import names
from readinglog.parsing.latex.nodes import (
    find_first_token,
    is_break,
    is_token,
    make_missing_argument,
    strip_breaks,
)
from readinglog.parsing.latex.rows import Row, is_numbered, make_inner, take_marks
from readinglog.parsing.latex.tokens import (
    Environment,
    Group,
    Node,
    Token,
    make_error,
    skip_space,
    write_source,
)
from readinglog.parsing.latex.translation import Equation

# Writes a command with its arguments among nodes; returns the index behind them.
Handler = Callable[["Writer", Token, Sequence[Node], int], int]
_OPTION_LIMIT = 60  # tokens in brackets


class Writer:
    """Writes nodes for math-core; `handlers` write commands, each from its name on."""

    def __init__(
        self,
        number: int,
        handlers: Mapping[str, Handler],
        write_environment: Callable[[Writer, Environment], None],
        *,
        display: bool,
    ) -> None:
        self.parts: list[tuple[str, Token]] = []
        self.equations: list[Equation] = []
        self.references: list[tuple[str, bool, Token]] = []
        self.colours: dict[str, tuple[str, str]] = {}  # CSS: a name of math-core, its code
        self.number = number
        self.display = display
        self._handlers = handlers
        self._write_environment = write_environment

    def put(self, text: str, token: Token) -> None:
        """Write LaTeX for a token, apart from a command before it, also a star that is a sign."""
        if (text[:1].isalpha() or text == "*") and self.parts and _ends_in_name(self.parts[-1][0]):
            self.parts.append((" ", token))
        self.parts.append((text, token))

    def write_formula(self, nodes: list[Node]) -> None:
        """Write a whole formula, in an `equation` of its own where it has a tag or a label."""
        row = take_marks(nodes)
        if not row.sign:
            self.write_lines(nodes, find_first_token(nodes))
            return
        row.items = [make_inner(node) for node in row.items]
        if row.tag and not self.display:
            help_ = "write a formula with a number between `$$` and `$$`"
            raise make_error(
                row.sign.start, row.sign.end, "it is within a line, and has a tag", help_
            )
        if not self.display:
            self.write_lines(row.items, row.sign)
            return
        self.put(r"\begin{equation}", row.sign)
        self.write_lines(row.items, row.sign)
        self.write_marks(row)
        self.put(r"\end{equation}", row.sign)

    def write_lines(self, nodes: list[Node], first: Token) -> None:
        """Write a formula; one of several lines stands in a table."""
        nodes = strip_breaks(nodes)
        is_broken = any(map(is_break, nodes))
        if not is_broken or any(map(is_numbered, nodes)):
            self.write(nodes)
            return
        self.put(r"\begin{gathered}", first)
        self.write(nodes)
        self.put(r"\end{gathered}", first)

    def write(self, nodes: Sequence[Node]) -> None:
        """Write nodes one after the other."""
        at = 0
        while at < len(nodes):
            node = nodes[at]
            at += 1
            match node:
                case Group(opening, items, closing):
                    self.put("{", opening)
                    self.write(items)
                    self.put("}", closing or opening)
                case Environment():
                    self._write_environment(self, node)
                case Token(text) if handler := self._handlers.get(text):
                    at = handler(self, node, nodes, at)
                case Token(text):
                    self.put(names.ALIASES.get(text, text), node)

    def read_argument(
        self, command: Token, nodes: Sequence[Node], at: int
    ) -> tuple[list[Node], int]:
        """Return what is in the next group, or the next node."""
        at = skip_space(nodes, at)
        if at >= len(nodes):
            raise make_missing_argument(command)
        node = nodes[at]
        return (node.items if isinstance(node, Group) else [node]), at + 1

    def read_optional(self, nodes: Sequence[Node], at: int) -> tuple[str | None, int]:
        """Return what is in the next brackets, or None where there are none."""
        start = skip_space(nodes, at)
        if start >= len(nodes) or not is_token(nodes[start], "["):
            return None, at
        for end in range(start + 1, min(start + _OPTION_LIMIT, len(nodes))):
            if is_token(nodes[end], "]"):
                return write_source(nodes[start + 1 : end]), end + 1
        return None, at

    def write_group(self, content: Sequence[Node], command: Token) -> None:
        self.put("{", command)
        self.write(content)
        self.put("}", command)

    def write_marks(self, row: Row) -> None:
        """Write the marks of a row: its number, or that it has none."""
        sign = row.sign or Token("", 0, 0)
        if row.is_unnumbered:
            if not sign.text.startswith(r"\begin{multline"):
                self.put(r"\nonumber ", sign)
            return
        if not row.tag:
            self.number += 1
            row.tag = f"({self.number})"
        mark = f"RLTAG{len(self.equations)}"
        label = rf"\label{{{mark}}}" if row.label else ""
        self.put(rf"\tag*{{{mark}}}{label}", sign)
        self.equations.append(Equation(row.tag, row.label))


def _ends_in_name(text: str) -> bool:
    return len(text) > 1 and text[0] == "\\" and text[-1].isalpha()
