r"""Macros: `\newcommand` and its kin, and what a formula is once they are replaced."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import NamedTuple

from readinglog.parsing.latex.tokens import Token, make_error, tokenize

EXPANSION_LIMIT = 1_000  # calls in one formula
_TOKEN_LIMIT = 20_000  # that a formula may grow to
DEFINITIONS = frozenset(
    r"\newcommand \renewcommand \providecommand \def \gdef \edef \xdef \let \DeclareMathOperator "
    r"\DeclarePairedDelimiter".split()
)
_NAME = re.compile(r"\\(?:[A-Za-z]+|[^A-Za-z\s])")
_BOUNDARY = re.compile(r"\\(?:[A-Za-z]+|[\s\S])")


class Macro(NamedTuple):
    """What a command is replaced by: `#1` … in `body` stand for its arguments.

    With a `default`, the first argument is optional, in brackets.
    """

    name: str
    body: str
    parameters: int = 0
    default: str | None = None


Macros = Mapping[str, Macro]


class Expansion(NamedTuple):
    """The tokens of a formula without macros, and the macros that it defines."""

    tokens: list[Token]
    defined: tuple[Macro, ...]


def find_commands(source: str) -> set[str]:
    """Return the commands in LaTeX."""
    return set(_BOUNDARY.findall(source))


def make_macro(name: str, body: str) -> Macro:
    """Return the macro `name` that stands for `body`, with as many arguments as `body` names.

    Raise ValueError, with `name`, where that is no command or `body` is no whole LaTeX.
    """
    name = name if name.startswith("\\") else f"\\{name}"
    depths = [0]
    for token in tokenize(body):
        depths.append(depths[-1] + {"{": 1, "}": -1}.get(token.text, 0))
    if not _NAME.fullmatch(name) or min(depths) < 0 or depths[-1]:
        raise ValueError(name)
    numbers = re.findall(r"(?<!\\)#([1-9])", body)
    return Macro(name, body, max(map(int, numbers), default=0))


def read_macros(written: Mapping[str, str]) -> dict[str, Macro]:
    r"""Return the macros that settings define, such as `{"\\R": "\\mathbb{R}"}`.

    Raise ValueError, with the name of a macro, where it cannot be read.
    """
    macros = [make_macro(name, body) for name, body in written.items()]
    return {macro.name: macro for macro in macros}


def select_macros(source: str, macros: Macros) -> tuple[Macro, ...]:
    """Return those of `macros` that LaTeX uses, also within each other, by name."""
    if not macros:
        return ()
    used: dict[str, Macro] = {}
    waiting = find_commands(source) & macros.keys()
    while waiting:
        name = waiting.pop()
        used[name] = macros[name]
        waiting |= (find_commands(macros[name].body) & macros.keys()) - used.keys()
    return tuple(used[name] for name in sorted(used))


def expand(source: str, macros: Sequence[Macro]) -> Expansion:
    """Return the tokens of LaTeX with its macros replaced, and the macros it defines.

    Raise InvalidContentError where a definition or a call cannot be read, or has no end.
    """
    return _Expander(source, macros).run()


class _Expander:
    def __init__(self, source: str, macros: Sequence[Macro]) -> None:
        self._known = {macro.name: macro for macro in macros}
        self._defined: dict[str, Macro] = {}
        self._bodies: dict[str, list[Token]] = {}
        self._waiting = list(tokenize(source))[::-1]  # the next token is last
        self._budget = _TOKEN_LIMIT + len(self._waiting)
        self._calls = 0

    def run(self) -> Expansion:
        tokens: list[Token] = []
        while self._waiting:
            token = self._waiting.pop()
            if token.text in DEFINITIONS:
                self._define(token)
            elif macro := self._known.get(token.text):
                self._call(macro, token)
            else:
                tokens.append(token)
        return Expansion(tokens, tuple(self._defined.values()))

    def _call(self, macro: Macro, call: Token) -> None:
        self._calls += 1
        arguments: list[list[Token]] = []
        if macro.default is not None:
            optional = self._read_optional()
            default = [_move(token, call) for token in tokenize(macro.default)]
            arguments.append(default if optional is None else optional)
        while len(arguments) < macro.parameters:
            arguments.append(self._read_argument(call))
        body = self._bodies.setdefault(macro.name, list(tokenize(macro.body)))
        result: list[Token] = []
        at = 0
        while at < len(body):
            token = body[at]
            follower = body[at + 1].text if at + 1 < len(body) else ""
            at += 1
            if token.text == "#" and follower.isdigit() and 0 < int(follower) <= len(arguments):
                result += arguments[int(follower) - 1]
                at += 1
            else:
                result.append(_move(token, call))
        self._budget -= len(result) + 1
        if self._budget < 0 or self._calls > EXPANSION_LIMIT:
            reason = f"the macro `{macro.name}` expands too often"
            raise make_error(
                call.start, call.end, reason, "a macro cannot use itself; define it anew"
            )
        self._waiting += reversed(result)

    def _define(self, command: Token) -> None:
        """Read the definition that `command` begins."""
        match command.text:
            case "\\def" | "\\gdef" | "\\edef" | "\\xdef":
                macro = self._read_def(command)
            case "\\let":
                macro = self._read_let(command)
            case _:
                macro = self._read_newcommand(command)
        if command.text == "\\providecommand" and macro.name in self._known:
            return
        self._known[macro.name] = self._defined[macro.name] = macro
        self._bodies.pop(macro.name, None)

    def _read_newcommand(self, command: Token) -> Macro:
        is_starred = self._take("*")
        name = "".join(token.text for token in self._read_argument(command)).strip()
        if not _NAME.fullmatch(name):
            raise _misread(command)
        if command.text == "\\DeclareMathOperator":
            star = "*" if is_starred else ""
            return Macro(name, f"\\operatorname{star}{{{self._read_text(command)}}}")
        if command.text == "\\DeclarePairedDelimiter":
            left, right = self._read_text(command), self._read_text(command)
            return Macro(name, f"\\left{left} #1\\right{right} ", 1)
        count = self._read_optional()
        default = self._read_optional() if count is not None else None
        digits = "".join(token.text for token in count or ()).strip() or "0"
        if digits not in "0123456789" or len(digits) > 1:
            raise _misread(command)
        shown = None if default is None else join(default)
        return Macro(name, self._read_text(command), int(digits), shown)

    def _read_def(self, command: Token) -> Macro:
        name = self._next(command).text
        count = 0
        self._skip_space()
        while self._waiting and self._waiting[-1].text == "#":
            self._waiting.pop()
            count += 1
            if self._next(command).text != str(count):
                raise _misread(command)
            self._skip_space()
        if not _NAME.fullmatch(name) or not self._waiting or self._waiting[-1].text != "{":
            raise _misread(command)
        return Macro(name, self._read_text(command), count)

    def _read_let(self, command: Token) -> Macro:
        name = self._next(command).text
        self._take("=")
        meaning = self._next(command).text
        if not _NAME.fullmatch(name):
            raise _misread(command)
        known = self._known.get(meaning)
        return known._replace(name=name) if known else Macro(name, meaning)

    def _read_text(self, command: Token) -> str:
        return join(self._read_argument(command))

    def _read_argument(self, command: Token) -> list[Token]:
        """Return the tokens of the next group without its braces, or the next token."""
        first = self._next(command)
        if first.text == "}":
            raise _misread(command)
        if first.text != "{":
            return [first]
        tokens: list[Token] = []
        depth = 1
        while self._waiting:
            token = self._waiting.pop()
            depth += {"{": 1, "}": -1}.get(token.text, 0)
            if depth == 0:
                return tokens
            tokens.append(token)
        raise _misread(command)

    def _read_optional(self) -> list[Token] | None:
        """Return the tokens of the next brackets, or None where there are none."""
        if not self._take("["):
            return None
        tokens: list[Token] = []
        depth = 0
        while self._waiting:
            token = self._waiting.pop()
            depth += {"{": 1, "}": -1}.get(token.text, 0)
            if depth == 0 and token.text == "]":
                break
            tokens.append(token)
        return tokens

    def _next(self, command: Token) -> Token:
        self._skip_space()
        if not self._waiting:
            raise _misread(command)
        return self._waiting.pop()

    def _take(self, sign: str) -> bool:
        """Return whether the next token is `sign`, which is taken."""
        self._skip_space()
        if self._waiting and self._waiting[-1].text == sign:
            self._waiting.pop()
            return True
        return False

    def _skip_space(self) -> None:
        while self._waiting and self._waiting[-1].text.isspace():
            self._waiting.pop()


def _move(token: Token, call: Token) -> Token:
    return Token(token.text, call.start, call.end)


def _misread(command: Token) -> Exception:
    reason = f"`{command.text}` is not followed by what it takes"
    help_ = r"write a definition as `\newcommand{\name}[1]{… #1 …}`, and a call with its arguments"
    return make_error(command.start, command.end, reason, help_)


def join(tokens: Sequence[Token]) -> str:
    """Return tokens as LaTeX."""
    parts: list[str] = []
    for token in tokens:
        if parts and token.text[:1].isalpha() and _is_named(parts[-1]):
            parts.append(" ")
        parts.append(token.text)
    return "".join(parts)


def _is_named(text: str) -> bool:
    return len(text) > 1 and text[0] == "\\" and text[-1].isalpha()
