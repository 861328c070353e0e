r"""LaTeX as authors write it, in what math-core sets.

What math-core does not know is written in what it does: `split` as `aligned`, `\substack` as
`subarray`, `\text{if $k$}` as text and formula in turn. Numbers of equations, references and
colours are put in when it is done: here each is a mark, which `apply_marks` replaces.
"""

from __future__ import annotations

import html
import re
from bisect import bisect_right
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from readinglog.model.diagnostic import InvalidContentError
from readinglog.model.html_policy import ID_PREFIX
from readinglog.parsing.latex import names
from readinglog.parsing.latex.tokens import (
    Environment,
    Group,
    Node,
    Token,
    flatten,
    make_error,
    skip_space,
    write_source,
)

_TAG_MARK = re.compile(r"<mtext>RLTAG(\d+)</mtext>")
_LABEL_MARK = re.compile(r' id="rl:RLTAG(\d+)"')
_REFERENCE_MARK = re.compile("<mtext>\ue000(\\d+)\ue001</mtext>")
_COLOUR = re.compile(r"color:(#[0-9A-F]{6})")
_SIZE = re.compile(r"\[\s*[-+]?[\d.]+\s*(?:[a-z]{2}|\\[a-z]+)\s*\]")
_WORD = re.compile(r"(?:[A-Za-z0-9\s-]|\\[,;:! ])+")
_HEX = re.compile(r"#?([0-9A-Fa-f]{6}|[0-9A-Fa-f]{3})")
_COLUMN_LIMIT = 50
_OPTION_LIMIT = 60  # tokens in brackets
_STARS = re.compile(r"\*\s*\{\s*(\d{1,2})\s*\}\s*\{([^{}]*)\}")
_BETWEEN = re.compile(r"[@!><]\s*\{(?:[^{}]|\{[^{}]*\})*\}")
_WIDTH = re.compile(r"[pmb]\s*\{[^{}]*\}")
_ALIGNED = re.compile(r"(?:r@l)+")
LABEL_PREFIX = ID_PREFIX


class Equation(NamedTuple):
    """A row with a number or tag: what is shown, and its label or ''."""

    tag: str
    label: str


@dataclass
class Translation:
    """LaTeX for math-core, where its parts are in the source, and what its marks stand for."""

    text: str
    equations: list[Equation]
    references: list[tuple[str, bool, Token]]  # label, whether in parentheses, where
    colours: dict[str, str]  # of math-core: CSS
    number: int  # of the last equation
    _ends: list[int]
    _tokens: list[Token]

    def find_source(self, offset: int) -> tuple[int, int]:
        """Return the start and end in the source of what is at `offset` in `text`."""
        at = bisect_right(self._ends, offset)
        if at >= len(self._tokens):
            end = self._tokens[-1].end if self._tokens else 0
            return end, end + 1
        return self._tokens[at].start, self._tokens[at].end


def translate(nodes: list[Node], number: int, *, display: bool) -> Translation:
    """Return LaTeX for math-core; the first equation gets the number after `number`.

    Raise InvalidContentError for what can be set in no way.
    """
    writer = _Writer(number, display=display)
    writer.write_formula(nodes)
    ends, end = [], 0
    for part, _ in writer.parts:
        end += len(part)
        ends.append(end)
    return Translation(
        "".join(part for part, _ in writer.parts),
        writer.equations,
        writer.references,
        {code: css for css, (_, code) in writer.colours.items()},
        writer.number,
        ends,
        [token for _, token in writer.parts],
    )


def apply_marks(mathml: str, translation: Translation, tags: Mapping[str, str]) -> str:
    """Return MathML with numbers, references and colours; `tags` are those of labels."""
    equations = translation.equations

    def write_tag(found: re.Match[str]) -> str:
        return f"<mtext>{html.escape(equations[int(found[1])].tag)}</mtext>"

    def write_label(found: re.Match[str]) -> str:
        return f' id="{LABEL_PREFIX}{html.escape(equations[int(found[1])].label)}"'

    def write_reference(found: re.Match[str]) -> str:
        label, in_parentheses, _ = translation.references[int(found[1])]
        tag = tags[label]
        shown = tag if in_parentheses else tag.removeprefix("(").removesuffix(")")
        href = f"#{LABEL_PREFIX}{html.escape(label)}"
        return f'<mtext><a href="{href}">{html.escape(shown)}</a></mtext>'

    if equations:
        mathml = _LABEL_MARK.sub(write_label, _TAG_MARK.sub(write_tag, mathml))
    if translation.references:
        mathml = _REFERENCE_MARK.sub(write_reference, mathml)
    if translation.colours:
        mathml = _COLOUR.sub(lambda found: translation.colours.get(found[1], found[0]), mathml)
    return mathml


@dataclass
class _Row:
    """A row of an environment with numbers, without what says so."""

    items: list[Node]
    tag: str = ""
    label: str = ""
    is_unnumbered: bool = False
    sign: Token | None = None  # of its tag or label


class _Writer:
    def __init__(self, number: int, *, display: bool) -> None:
        self.parts: list[tuple[str, Token]] = []
        self.equations: list[Equation] = []
        self.references: list[tuple[str, bool, Token]] = []
        self.colours: dict[str, tuple[str, str]] = {}  # CSS: a name of math-core, its code
        self.number = number
        self._display = display
        self._handlers = {
            r"\text": self._write_text_command,
            r"\operatorname": self._write_operator,
            r"\mathop": self._write_mathop,
            r"\substack": self._write_substack,
            r"\color": self._write_colour_switch,
            r"\textcolor": self._write_coloured,
            r"\colorbox": self._write_coloured,
            r"\fcolorbox": self._write_coloured,
            r"\eqref": self._write_reference,
            r"\ref": self._write_reference,
            r"\pmb": self._write_bold,
            r"\hspace": self._write_space,
            r"\smash": self._write_content,
            r"\vspace": self._skip_argument,
            r"\rule": self._write_rule,
            r"\notag": self._skip,
            r"\nonumber": self._skip,
            "\\\\": self._write_line_break,
        }
        self._handlers |= dict.fromkeys(names.TEXT, self._write_text_command)
        self._handlers |= dict.fromkeys(names.DELIMITED, self._write_delimiter)
        self._handlers |= dict.fromkeys(names.CONTENT_ALONE, self._write_content)

    # What is written

    def _put(self, text: str, token: Token) -> None:
        if text[:1].isalpha() and self.parts and _ends_in_name(self.parts[-1][0]):
            self.parts.append((" ", token))
        self.parts.append((text, token))

    def write_formula(self, nodes: list[Node]) -> None:
        """Write a whole formula, in an `equation` of its own where it has a tag or a label."""
        row = _take_marks(nodes)
        if not row.sign:
            self._write_lines(nodes, _find_first_token(nodes))
            return
        row.items = [_make_inner(node) for node in row.items]
        if row.tag and not self._display:
            help_ = "write a formula with a number between `$$` and `$$`"
            raise make_error(
                row.sign.start, row.sign.end, "it is within a line, and has a tag", help_
            )
        if not self._display:
            self._write_lines(row.items, row.sign)
            return
        self._put(r"\begin{equation}", row.sign)
        self._write_lines(row.items, row.sign)
        self._write_marks(row)
        self._put(r"\end{equation}", row.sign)

    def _write_lines(self, nodes: list[Node], first: Token) -> None:
        """Write a formula; one of several lines stands in a table."""
        nodes = _strip_breaks(nodes)
        is_broken = any(map(_is_break, nodes))
        if not is_broken or any(map(_is_numbered, nodes)):
            self.write(nodes)
            return
        self._put(r"\begin{gathered}", first)
        self.write(nodes)
        self._put(r"\end{gathered}", first)

    def write(self, nodes: Sequence[Node]) -> None:
        at = 0
        while at < len(nodes):
            node = nodes[at]
            at += 1
            match node:
                case Group(opening, items, closing):
                    self._put("{", opening)
                    self.write(items)
                    self._put("}", closing or opening)
                case Environment():
                    self._write_environment(node)
                case Token(text) if handler := self._handlers.get(text):
                    at = handler(node, nodes, at)
                case Token(text):
                    self._put(names.ALIASES.get(text, text), node)

    # Arguments: each method returns the index behind what it has read

    def _read_argument(
        self, command: Token, nodes: Sequence[Node], at: int
    ) -> tuple[list[Node], int]:
        """Return what is in the next group, or the next node."""
        at = skip_space(nodes, at)
        if at >= len(nodes):
            raise _make_missing_argument(command)
        node = nodes[at]
        return (node.items if isinstance(node, Group) else [node]), at + 1

    def _read_optional(self, nodes: Sequence[Node], at: int) -> tuple[str | None, int]:
        """Return what is in the next brackets, or None where there are none."""
        start = skip_space(nodes, at)
        if start >= len(nodes) or not _is_token(nodes[start], "["):
            return None, at
        for end in range(start + 1, min(start + _OPTION_LIMIT, len(nodes))):
            if _is_token(nodes[end], "]"):
                return write_source(nodes[start + 1 : end]), end + 1
        return None, at

    def _skip(self, _: Token, __: Sequence[Node], at: int) -> int:
        return at

    def _skip_argument(self, command: Token, nodes: Sequence[Node], at: int) -> int:
        return self._read_argument(command, nodes, _skip_star(nodes, at))[1]

    def _write_content(self, command: Token, nodes: Sequence[Node], at: int) -> int:
        """Write the argument alone, as a group."""
        _, at = self._read_optional(nodes, at)
        content, at = self._read_argument(command, nodes, at)
        self._write_group(content, command)
        return at

    def _write_group(self, content: Sequence[Node], command: Token) -> None:
        self._put("{", command)
        self.write(content)
        self._put("}", command)

    # Commands

    def _write_bold(self, command: Token, nodes: Sequence[Node], at: int) -> int:
        content, at = self._read_argument(command, nodes, at)
        self._put(r"\boldsymbol", command)
        self._write_group(content, command)
        return at

    def _write_space(self, command: Token, nodes: Sequence[Node], at: int) -> int:
        content, at = self._read_argument(command, nodes, _skip_star(nodes, at))
        self._put(f"\\hspace{{{write_source(content).strip()}}}", command)
        return at

    def _write_rule(self, command: Token, nodes: Sequence[Node], at: int) -> int:
        """Write a rule without breadth or height, a strut, as nothing."""
        _, at = self._read_optional(nodes, at)
        sizes = []
        for _ in range(2):
            content, at = self._read_argument(command, nodes, at)
            sizes.append(write_source(content).strip())
        if all(re.match(r"[-+]?[\d.]*[1-9]", size) for size in sizes):
            help_ = r"write `\underline{…}`, or an `array` with `\hline`"
            raise make_error(command.start, command.end, r"`\rule` draws no line here", help_)
        return at

    def _write_line_break(self, command: Token, nodes: Sequence[Node], at: int) -> int:
        """Write a line break without its star and the height behind it."""
        self._put("\\\\", command)
        if at < len(nodes) and _is_token(nodes[at], "*"):
            at += 1
        if at < len(nodes) and _is_token(nodes[at], "["):
            height, end = self._read_optional(nodes, at)
            if height is not None and _SIZE.fullmatch(f"[{height}]"):
                at = end
        if at < len(nodes) and _is_token(nodes[at], "["):
            self._put("{}", command)
        return at

    def _write_delimiter(self, command: Token, nodes: Sequence[Node], at: int) -> int:
        self._put(command.text, command)
        following = skip_space(nodes, at)
        if following < len(nodes):
            node = nodes[following]
            if isinstance(node, Token) and node.text in names.ANGLES:
                self._put(names.ANGLES[node.text], node)
                return following + 1
        return at

    def _write_substack(self, command: Token, nodes: Sequence[Node], at: int) -> int:
        content, at = self._read_argument(command, nodes, at)
        self._put(r"\begin{subarray}{c}", command)
        self.write(content)
        self._put(r"\end{subarray}", command)
        return at

    def _write_reference(self, command: Token, nodes: Sequence[Node], at: int) -> int:
        content, at = self._read_argument(command, nodes, at)
        label = write_source(content).strip()
        self._put(f"\\text{{\ue000{len(self.references)}\ue001}}", command)
        self.references.append((label, command.text == r"\eqref", command))
        return at

    # Operators

    def _write_operator(self, command: Token, nodes: Sequence[Node], at: int) -> int:
        starred = _skip_star(nodes, at)
        content, end = self._read_argument(command, nodes, starred)
        content = _unwrap_words(content)
        if _WORD.fullmatch(write_source(content)):
            self._put(command.text + ("*" if starred > at else ""), command)
            self._write_group(content, command)
            return end
        return self._write_symbol(content, command, nodes, end, limits=starred > at)

    def _write_mathop(self, command: Token, nodes: Sequence[Node], at: int) -> int:
        content, at = self._read_argument(command, nodes, at)
        content = _unwrap_words(content)
        if _WORD.fullmatch(write_source(content)):
            self._put(r"\operatorname*", command)
            self._write_group(content, command)
            return at
        return self._write_symbol(content, command, nodes, at, limits=True)

    def _write_symbol(
        self, content: list[Node], command: Token, nodes: Sequence[Node], at: int, *, limits: bool
    ) -> int:
        """Write an operator of symbols, with what is above and below it."""
        following = skip_space(nodes, at)
        has_limits = limits and self._display
        if following < len(nodes) and isinstance(nodes[following], Token):
            word = nodes[following]
            if _is_token(word, r"\limits") or _is_token(word, r"\nolimits"):
                has_limits = _is_token(word, r"\limits")
                at = following + 1
        scripts: dict[str, list[Node]] = {}
        while has_limits and len(scripts) < 2:
            following = skip_space(nodes, at)
            sign = next((sign for sign in "_^" if _is_at(nodes, following, sign)), "")
            if not sign or sign in scripts:
                break
            scripts[sign], at = self._read_argument(command, nodes, following + 1)
        for sign, wrapper in (("_", r"\underset"), ("^", r"\overset")):
            if sign in scripts:
                self._put(wrapper, command)
                self._write_group(scripts[sign], command)
                self._put("{", command)
        self._put(r"\mathop", command)
        self._write_group(content, command)
        for _ in scripts:
            self._put("}", command)
        return at

    # Text

    def _write_text_command(self, command: Token, nodes: Sequence[Node], at: int) -> int:
        content, at = self._read_argument(command, nodes, at)
        name = names.TEXT.get(command.text, command.text)
        pieces = list(_split_text(content))
        if len(pieces) == 1 and not pieces[0][1]:
            self._write_words(name, pieces[0][0], command)
            return at
        self._put("{", command)
        for piece, is_formula in pieces:
            if is_formula:
                self.write(piece)
            else:
                self._write_words(name, piece, command)
        self._put("}", command)
        return at

    def _write_words(self, name: str, piece: Sequence[Node], command: Token) -> None:
        self._put(name, command)
        self._put("{", command)
        for token in flatten(piece):
            self._put(names.LITERAL.get(token.text, token.text), token)
        self._put("}", command)

    # Colours

    def _write_colour_switch(self, command: Token, nodes: Sequence[Node], at: int) -> int:
        colour, at = self._read_colour(command, nodes, at)
        self._put(f"\\color{{{self._choose_name(colour, 'color')}}}", command)
        return at

    def _write_coloured(self, command: Token, nodes: Sequence[Node], at: int) -> int:
        if command.text == r"\fcolorbox":
            _, at = self._read_colour(command, nodes, at)
            self._put(r"\boxed", command)
            self._put("{", command)
        colour, at = self._read_colour(command, nodes, at)
        content, at = self._read_argument(command, nodes, at)
        what = "color" if command.text == r"\textcolor" else "background-color"
        self._put(f"\\textcolor{{{self._choose_name(colour, what)}}}", command)
        if what == "color":
            self._write_group(content, command)
        else:
            self._put("{", command)
            self._write_text_command(
                Token(r"\text", command.start, command.end), [Group(command, content)], 0
            )
            self._put("}", command)
        if command.text == r"\fcolorbox":
            self._put("}", command)
        return at

    def _read_colour(self, command: Token, nodes: Sequence[Node], at: int) -> tuple[str, int]:
        """Return a colour as CSS has it, or by a name that math-core knows."""
        model, at = self._read_optional(nodes, at)
        content, at = self._read_argument(command, nodes, at)
        written = write_source(content).strip()
        colour = _make_colour(model, written)
        if colour is None:
            reason = f"there is no colour `{written}`"
            raise make_error(
                command.start, command.end, reason, "write a name of CSS, or `#a02040`"
            )
        return colour, at

    def _choose_name(self, colour: str, what: str) -> str:
        """Return the name by which math-core is told a colour; it knows some that CSS does not."""
        if colour not in names.COLOURS and not colour.startswith("#"):
            return colour
        css = f"{what}:{colour}"
        if css not in self.colours and len(self.colours) < len(names.PLACEHOLDERS):
            self.colours[css] = names.PLACEHOLDERS[len(self.colours)]
        return self.colours[css][0] if css in self.colours else "black"

    # Environments

    def _write_environment(self, environment: Environment) -> None:
        name, opening, items = environment.name, environment.opening, environment.items
        if name in names.WITH_COLUMN_COUNT:
            _, at = self._read_argument(opening, items, 0)
            items = items[at:]
        if name in names.NUMBERED:
            self._write_numbered(name, opening, items)
        elif name in names.ARRAYS:
            self._write_array(name, opening, items)
        elif name in names.STARRED_MATRICES:
            self._write_matrix(name, opening, items)
        elif name == "smallmatrix":
            self._write_as(
                f"{{subarray}}{{{'c' * _count_columns(items)}}}", "{subarray}", items, opening
            )
        else:
            if name in names.PLACED:
                _, at = self._read_optional(items, 0)
                items = items[at:]
            name = names.ENVIRONMENTS.get(name, name)
            self._write_as(f"{{{name}}}", f"{{{name}}}", _drop_line_marks(items), opening)

    def _write_as(self, begin: str, end: str, items: Sequence[Node], opening: Token) -> None:
        self._put(rf"\begin{begin}", opening)
        self.write(items)
        self._put(rf"\end{end}", opening)

    def _write_array(self, name: str, opening: Token, items: Sequence[Node]) -> None:
        _, at = self._read_optional(items, 0)
        columns, at = self._read_argument(opening, items, at)
        spec = _simplify_columns(write_source(columns))
        inside = items[at:]
        if _ALIGNED.fullmatch(spec):
            self._write_as("{aligned}", "{aligned}", inside, opening)
            return
        name = "array" if name == "tabular" else name
        plain = spec.replace("@", "") or "c"
        self._write_as(f"{{{name}}}{{{plain}}}", f"{{{name}}}", inside, opening)

    def _write_matrix(self, name: str, opening: Token, items: Sequence[Node]) -> None:
        column, at = self._read_optional(items, 0)
        left, right = names.STARRED_MATRICES[name]
        letter = column if column in ("l", "c", "r") else "c"
        spec = letter * _count_columns(items[at:])
        if left:
            self._put(rf"\left{left}", opening)
        self._write_as(f"{{array}}{{{spec}}}", "{array}", items[at:], opening)
        if right:
            self._put(rf"\right{right}", opening)

    def _write_numbered(self, name: str, opening: Token, items: Sequence[Node]) -> None:
        base = name.removesuffix("*")
        is_numbered = name == base
        rows = _split_rows(items) if base in names.WITH_ROWS else [list(items)]
        marked = [_take_marks(row) for row in rows]
        if base == "multline":
            is_numbered = is_numbered and not any(row.is_unnumbered for row in marked)
            for row in marked[:-1]:
                last = marked[-1]
                last.tag, last.label = last.tag or row.tag, last.label or row.label
                row.tag, row.label, row.is_unnumbered = "", "", True
        if base == "eqnarray":
            for row in marked:
                row.items = _join_relation(row.items)
        for row in marked:
            row.is_unnumbered = not (row.tag or (is_numbered and not row.is_unnumbered))
        shown = names.ENVIRONMENTS.get(base, base)
        if all(row.is_unnumbered for row in marked):
            shown += "*"
        self._put(rf"\begin{{{shown}}}", opening)
        for position, row in enumerate(marked):
            if position:
                self._put(r"\\", opening)
            self._write_row(row, opening, alone=base == "equation")
            if not shown.endswith("*"):
                self._write_marks(row)
        self._put(rf"\end{{{shown}}}", opening)

    def _write_row(self, row: _Row, opening: Token, *, alone: bool) -> None:
        """Write a row; `alone` is whether it may have lines."""
        row.sign = row.sign or opening
        if alone:
            self._write_lines(row.items, opening)
        else:
            self.write(row.items)

    def _write_marks(self, row: _Row) -> None:
        """Write the marks of a row: its number, or that it has none."""
        sign = row.sign or Token("", 0, 0)
        if row.is_unnumbered:
            if not sign.text.startswith(r"\begin{multline"):
                self._put(r"\nonumber ", sign)
            return
        if not row.tag:
            self.number += 1
            row.tag = f"({self.number})"
        mark = f"RLTAG{len(self.equations)}"
        label = rf"\label{{{mark}}}" if row.label else ""
        self._put(rf"\tag*{{{mark}}}{label}", sign)
        self.equations.append(Equation(row.tag, row.label))


def _make_missing_argument(command: Token) -> InvalidContentError:
    reason = f"`{command.text}` has no argument"
    return make_error(command.start, command.end, reason, f"write `{command.text}{{…}}`")


def _ends_in_name(text: str) -> bool:
    return len(text) > 1 and text[0] == "\\" and text[-1].isalpha()


def _is_token(node: Node, text: str) -> bool:
    return isinstance(node, Token) and node.text == text


def _is_break(node: Node) -> bool:
    return isinstance(node, Token) and node.text in names.LINE_BREAKS


def _strip_breaks(nodes: list[Node]) -> list[Node]:
    """Return nodes without the line breaks and white space around them."""
    start, end = 0, len(nodes)
    while start < end and _is_empty(nodes[start]):
        start += 1
    while end > start and _is_empty(nodes[end - 1]):
        end -= 1
    return nodes[start:end]


def _is_empty(node: Node) -> bool:
    return _is_break(node) or (isinstance(node, Token) and node.text.isspace())


def _is_at(nodes: Sequence[Node], at: int, text: str) -> bool:
    return at < len(nodes) and _is_token(nodes[at], text)


def _skip_star(nodes: Sequence[Node], at: int) -> int:
    return at + 1 if _is_at(nodes, at, "*") else at


def _find_first_token(nodes: Sequence[Node]) -> Token:
    return next(flatten(nodes), Token("", 0, 0))


def _is_numbered(node: Node) -> bool:
    return isinstance(node, Environment) and node.name in names.NUMBERED


def _make_inner(node: Node) -> Node:
    """Return an environment with numbers as one within a formula, which has a number itself."""
    if not _is_numbered(node) or not isinstance(node, Environment):
        return node
    name = names.INNER[node.name.removesuffix("*")]
    items = _take_marks(node.items).items
    if name:
        return Environment(name, node.opening, items)
    return Group(node.opening, items)


def _take_marks(nodes: Sequence[Node]) -> _Row:
    """Return nodes without tags and labels, which environments within may hold, and these."""
    row = _Row([])
    row.items = _collect(nodes, row)
    return row


def _collect(nodes: Sequence[Node], row: _Row) -> list[Node]:
    kept: list[Node] = []
    at = 0
    while at < len(nodes):
        node = nodes[at]
        at += 1
        if isinstance(node, Environment) and node.name not in names.NUMBERED:
            kept.append(Environment(node.name, node.opening, _collect(node.items, row)))
        elif isinstance(node, Token) and node.text in (r"\notag", r"\nonumber"):
            row.is_unnumbered = True
        elif isinstance(node, Token) and node.text in (r"\tag", r"\label"):
            starred = _skip_star(nodes, at)
            following = skip_space(nodes, starred)
            if following >= len(nodes):
                raise _make_missing_argument(node)
            inside = nodes[following]
            words = inside.items if isinstance(inside, Group) else [inside]
            written = _write_plain(words)
            if node.text == r"\label":
                row.label = row.label or write_source(words).strip()
            else:
                row.tag = written if starred > at else f"({written})"
            row.sign = node
            at = following + 1
        else:
            kept.append(node)
    return kept


def _write_plain(nodes: Sequence[Node]) -> str:
    r"""Return the words of a tag: `$*$` is `*`, `\text{a}` is `a`."""
    words = [names.PLAIN.get(token.text, token.text) for token in flatten(nodes)]
    return "".join(word for word in words if word not in ("$", "{", "}")).strip()


def _split_rows(items: Sequence[Node]) -> list[list[Node]]:
    r"""Return the rows between `\\`, without what such a mark takes; an empty last one is none."""
    rows: list[list[Node]] = [[]]
    at = 0
    while at < len(items):
        node = items[at]
        at += 1
        if not (_is_token(node, "\\\\") or _is_token(node, r"\cr")):
            rows[-1].append(node)
            continue
        at = _skip_star(items, at)
        if _is_at(items, at, "["):
            ends = [
                end for end in range(at, min(at + 12, len(items))) if _is_token(items[end], "]")
            ]
            if ends and _SIZE.fullmatch(write_source(items[at : ends[0] + 1])):
                at = ends[0] + 1
        rows.append([])
    if len(rows) > 1 and skip_space(rows[-1], 0) == len(rows[-1]):
        rows.pop()
    return rows


def _join_relation(items: list[Node]) -> list[Node]:
    """Return a row of `eqnarray`, whose relation stands between two marks, with the first alone."""
    marks = [at for at, node in enumerate(items) if _is_token(node, "&")]
    if len(marks) < 2:
        return items
    return [
        *items[: marks[1]],
        Token("{}", *_find_first_token(items[marks[1] :])[1:]),
        *items[marks[1] + 1 :],
    ]


def _drop_line_marks(items: list[Node]) -> list[Node]:
    """Return the items of an environment that has no numbers, without what numbers them."""
    return [
        node
        for node in items
        if not (isinstance(node, Token) and node.text in (r"\notag", r"\nonumber"))
    ]


def _count_columns(items: Sequence[Node]) -> int:
    most = count = 1
    for node in items:
        if _is_token(node, "&"):
            count += 1
            most = max(most, count)
        elif _is_token(node, "\\\\"):
            count = 1
    return min(most, _COLUMN_LIMIT)


def _simplify_columns(spec: str) -> str:
    """Return the columns of an array as letters and lines, and `@` where nothing parts them."""
    spec = _STARS.sub(lambda found: found[2] * min(int(found[1]), _COLUMN_LIMIT), spec)
    spec = _BETWEEN.sub(lambda found: "@" if re.match(r"@\s*\{\s*\}", found[0]) else "", spec)
    spec = _WIDTH.sub("l", spec)
    letters = re.sub(r"[^lcr|:@]", "", spec.replace("X", "l"))
    return letters[: 4 * _COLUMN_LIMIT]


def _unwrap_words(content: list[Node]) -> list[Node]:
    r"""Return the words of an operator: those of `{\rm max}` and `\mathrm{max}` are `max`."""
    nodes = [node for node in content if not (isinstance(node, Token) and node.text.isspace())]
    if len(nodes) == 1 and isinstance(nodes[0], Group):
        return _unwrap_words(nodes[0].items)
    first = nodes[0].text if nodes and isinstance(nodes[0], Token) else ""
    if len(nodes) == 2 and first in names.UPRIGHT and isinstance(nodes[1], Group):
        return _unwrap_words(nodes[1].items)
    if first in (r"\rm", r"\sf"):
        return content[content.index(nodes[0]) + 1 :]
    return content


def _split_text(content: Sequence[Node]) -> list[tuple[list[Node], bool]]:
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
    sign = _find_first_token([command])
    words = arguments[1] if isinstance(arguments[1], Group) else Group(sign, [arguments[1]])
    return [arguments[0], Group(sign, [Token(r"\text", sign.start, sign.end), words])]


def _is_foreign(text: str) -> bool:
    """Return whether a command is none that text may hold."""
    return len(text) > 1 and text[1].isalpha() and text not in names.IN_TEXT


def _make_colour(model: str | None, written: str) -> str | None:
    """Return a colour as CSS has it, or None where there is no such colour."""
    if model in ("rgb", "RGB"):
        try:
            parts = [float(part) for part in written.split(",")]
        except ValueError:
            return None
        scale = 255 if model == "rgb" else 1
        whole = [round(min(max(part * scale, 0), 255)) for part in parts]
        return "#" + "".join(f"{part:02x}" for part in whole) if len(whole) == 3 else None
    if model == "gray":
        return _make_colour("rgb", ",".join([written] * 3))
    if model == "HTML" or written.startswith("#"):
        found = _HEX.fullmatch(written)
        return f"#{found[1].lower()}" if found else None
    if written.lower() in names.COLOURS:
        return written.lower()
    return written if re.fullmatch("[A-Za-z]+", written) else None
