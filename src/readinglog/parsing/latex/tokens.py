"""LaTeX as tokens, and these as a tree of groups and environments."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from readinglog.model.diagnostic import Diagnostic, InvalidContentError
from readinglog.model.text import Span

# math-core calls itself for each level: deeper ones would exhaust the stack of a thread.
NESTING_LIMIT = 100
_TOKEN = re.compile(r"\\(?:[A-Za-z]+|[\s\S]|\Z)|%[^\n]*\n?|\s+|[^\\%\s]")
# What makes math-core call itself, and what ends that.
_NESTING = re.compile(
    r"(?P<cell>&|\\\\)|(?P<escape>\\[{}&])|(?P<open>\{|\\(?:left|begin)(?![A-Za-z]))"
    r"|(?P<close>\}|\\(?:right|end)(?![A-Za-z]))"
    r"|(?P<switch>\\(?:displaystyle|textstyle|scriptstyle|scriptscriptstyle|color"
    r"|over|atop|choose|brack|brace)(?![A-Za-z]))"
)
# math-core looks for what closes a bracket in a time that doubles with each that nothing closes.
_OPEN_LIMIT = 12
_NAMED = "angle|brace|brack|ceil|floor|group|moustache|paren|vert|Vert|Brace|Brack|Angle"
_BRACKET = re.compile(
    r"(?P<sized>\\(?:left|right|middle|[bB]igg?[lmr]?)(?![A-Za-z])\s*(?:\\(?:[A-Za-z]+|[\s\S])|[^\\]))"
    rf"|(?P<open>[(\[⟨⟪⟦⟮⌈⌊⎰⦃⦅⦇⦉（［｛【〈《「]|\\\{{|\\(?:l(?:{_NAMED})|ulcorner|llcorner|llbracket"
    r"|lAngle|llangle|llparenthesis)(?![A-Za-z]))"
    rf"|(?P<close>[)\]⟩⟫⟧⟯⌉⌋⎱⦄⦆⦈⦊）］｝】〉》」]|\\\}}|\\(?:r(?:{_NAMED})|urcorner|lrcorner|rrbracket"
    r"|rAngle|rrangle|rrparenthesis)(?![A-Za-z]))"
    r"|(?P<cell>&|\\\\)|\\[\s\S]"
)


class Token(NamedTuple):
    """A command, a character or white space, and where in the source it is.

    What a macro is replaced by is where its call is.
    """

    text: str
    start: int
    end: int


@dataclass
class Group:
    """What is between braces."""

    opening: Token
    items: list[Node] = field(default_factory=list)
    closing: Token | None = None


@dataclass
class Environment:
    r"""What is between `\begin` and `\end`."""

    name: str
    opening: Token
    items: list[Node] = field(default_factory=list)


Node = Token | Group | Environment


class UnbalancedError(Exception):
    """Braces or environments that do not match: math-core says what is wrong with them."""


def tokenize(source: str) -> Iterator[Token]:
    """Yield the tokens of LaTeX without comments."""
    for found in _TOKEN.finditer(source):
        if found[0][0] != "%":
            yield Token(found[0], *found.span())


def check_nesting(source: str) -> None:
    """Raise InvalidContentError where LaTeX is nested deeper than can be set."""
    if source.count("{") + source.count("\\") <= NESTING_LIMIT:
        return
    depth, levels = 0, [0]  # the switches on each level, which nest what follows them
    for found in _NESTING.finditer(source):
        match found.lastgroup:
            case "open":
                levels.append(0)
                depth += 1
            case "switch":
                levels[-1] += 1
                depth += 1
            case "close" if len(levels) > 1:
                depth -= 1 + levels.pop()
            case "cell":
                depth -= levels[-1]
                levels[-1] = 0
        if depth > NESTING_LIMIT:
            raise make_error(
                found.start(), found.end(), "it is nested too deep", "split it into several"
            )


def check_brackets(source: str) -> None:
    """Raise InvalidContentError where more brackets of LaTeX are open than can be set."""
    if source.isascii() and sum(map(source.count, ("(", "[", "\\l", "\\u", "\\{"))) <= _OPEN_LIMIT:
        return
    depth = 0
    for found in _BRACKET.finditer(source):
        match found.lastgroup:
            case "open":
                depth += 1
            case "close":
                depth = max(depth - 1, 0)
            case "cell":
                depth = 0
        if depth > _OPEN_LIMIT:
            reason = "too many brackets are open"
            raise make_error(found.start(), found.end(), reason, "close them, or split the formula")


def make_error(start: int, end: int, reason: str, help_: str) -> InvalidContentError:
    """Return the error for a formula that cannot be set for `reason`."""
    message = f"this formula cannot be rendered: {reason}"
    return InvalidContentError(Diagnostic(Span(start, end), message, help_))


def build_tree(tokens: Iterable[Token]) -> list[Node]:
    """Return the nodes of LaTeX.

    Raise UnbalancedError where braces or environments do not match.
    """
    root: list[Node] = []
    stack: list[tuple[Group | Environment | None, list[Node]]] = [(None, root)]
    queue = list(tokens)
    at = 0
    while at < len(queue):
        token = queue[at]
        at += 1
        holder, items = stack[-1]
        match token.text:
            case "{":
                group = Group(token)
                items.append(group)
                stack.append((group, group.items))
            case "}":
                if not isinstance(holder, Group):
                    raise UnbalancedError
                holder.closing = token
                stack.pop()
            case "\\begin":
                name, at = _read_name(queue, at)
                environment = Environment(name, token)
                items.append(environment)
                stack.append((environment, environment.items))
            case "\\end":
                name, at = _read_name(queue, at)
                if not isinstance(holder, Environment) or holder.name != name:
                    raise UnbalancedError
                stack.pop()
            case _:
                items.append(token)
        if len(stack) > NESTING_LIMIT:
            raise make_error(token.start, token.end, "it is nested too deep", "split it")
    if len(stack) > 1:
        raise UnbalancedError
    return root


def _read_name(tokens: Sequence[Token], at: int) -> tuple[str, int]:
    """Return the name in braces at `at`, and where the tokens behind it begin."""
    at = skip_space(tokens, at)
    end = at + 1
    while end < len(tokens) and tokens[end].text != "}":
        end += 1
    if end >= len(tokens) or tokens[at].text != "{":
        raise UnbalancedError
    return "".join(token.text for token in tokens[at + 1 : end]).strip(), end + 1


def skip_space(tokens: Sequence[Node], at: int) -> int:
    """Return the index of the next of `tokens` that is not white space."""
    while at < len(tokens):
        node = tokens[at]
        if not isinstance(node, Token) or not node.text.isspace():
            break
        at += 1
    return at


def write_source(nodes: Iterable[Node]) -> str:
    """Return nodes as LaTeX."""
    parts: list[str] = []
    for token in flatten(nodes):
        if parts and token.text[:1].isalpha() and _ends_in_name(parts[-1]):
            parts.append(" ")
        parts.append(token.text)
    return "".join(parts)


def _ends_in_name(text: str) -> bool:
    return text[:1] == "\\" and text[-1].isalpha()


def flatten(nodes: Iterable[Node]) -> Iterator[Token]:
    """Yield the tokens of nodes; the name of an environment is one token."""
    for node in nodes:
        match node:
            case Token():
                yield node
            case Group(opening, items, closing):
                yield opening
                yield from flatten(items)
                if closing:
                    yield closing
            case Environment(name, opening, items):
                yield Token(f"\\begin{{{name}}}", *opening[1:])
                yield from flatten(items)
                yield Token(f"\\end{{{name}}}", *opening[1:])
