"""Commands that math-core does not know, or reads otherwise, in what it sets."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from readinglog.parsing.latex import names
from readinglog.parsing.latex.colours import make_colour
from readinglog.parsing.latex.nodes import is_at, is_token, skip_star
from readinglog.parsing.latex.rows import SIZE_PATTERN
from readinglog.parsing.latex.text_pieces import split_text, unwrap_words
from readinglog.parsing.latex.tokens import (
    Group,
    Node,
    Token,
    flatten,
    make_error,
    skip_space,
    write_source,
)
from readinglog.parsing.latex.writer import Handler, Writer

_WORD = re.compile(r"(?:[A-Za-z0-9\s-]|\\[,;:! ])+")


def _skip(_: Writer, __: Token, ___: Sequence[Node], at: int) -> int:
    return at


def _skip_argument(writer: Writer, command: Token, nodes: Sequence[Node], at: int) -> int:
    return writer.read_argument(command, nodes, skip_star(nodes, at))[1]


def _write_content(writer: Writer, command: Token, nodes: Sequence[Node], at: int) -> int:
    """Write the argument alone, as a group."""
    _, at = writer.read_optional(nodes, at)
    content, at = writer.read_argument(command, nodes, at)
    writer.write_group(content, command)
    return at


def _write_bold(writer: Writer, command: Token, nodes: Sequence[Node], at: int) -> int:
    content, at = writer.read_argument(command, nodes, at)
    writer.put(r"\boldsymbol", command)
    writer.write_group(content, command)
    return at


def _write_space(writer: Writer, command: Token, nodes: Sequence[Node], at: int) -> int:
    content, at = writer.read_argument(command, nodes, skip_star(nodes, at))
    writer.put(f"\\hspace{{{write_source(content).strip()}}}", command)
    return at


def _write_rule(writer: Writer, command: Token, nodes: Sequence[Node], at: int) -> int:
    """Write a rule without breadth or height, a strut, as nothing."""
    _, at = writer.read_optional(nodes, at)
    sizes = []
    for _ in range(2):
        content, at = writer.read_argument(command, nodes, at)
        sizes.append(write_source(content).strip())
    if all(re.match(r"[-+]?[\d.]*[1-9]", size) for size in sizes):
        help_ = r"write `\underline{…}`, or an `array` with `\hline`"
        raise make_error(command.start, command.end, r"`\rule` draws no line here", help_)
    return at


def _write_line_break(writer: Writer, command: Token, nodes: Sequence[Node], at: int) -> int:
    """Write a line break without its star and the height behind it."""
    writer.put("\\\\", command)
    if at < len(nodes) and is_token(nodes[at], "*"):
        at += 1
    if at < len(nodes) and is_token(nodes[at], "["):
        height, end = writer.read_optional(nodes, at)
        if height is not None and SIZE_PATTERN.fullmatch(f"[{height}]"):
            at = end
    if at < len(nodes) and is_token(nodes[at], "["):
        writer.put("{}", command)
    return at


def _write_delimiter(writer: Writer, command: Token, nodes: Sequence[Node], at: int) -> int:
    writer.put(command.text, command)
    following = skip_space(nodes, at)
    if following < len(nodes):
        node = nodes[following]
        if isinstance(node, Token) and node.text in names.ANGLES:
            writer.put(names.ANGLES[node.text], node)
            return following + 1
    return at


def _write_substack(writer: Writer, command: Token, nodes: Sequence[Node], at: int) -> int:
    content, at = writer.read_argument(command, nodes, at)
    writer.put(r"\begin{subarray}{c}", command)
    writer.write(content)
    writer.put(r"\end{subarray}", command)
    return at


def _write_reference(writer: Writer, command: Token, nodes: Sequence[Node], at: int) -> int:
    content, at = writer.read_argument(command, nodes, at)
    label = write_source(content).strip()
    writer.put(f"\\text{{\ue000{len(writer.references)}\ue001}}", command)
    writer.references.append((label, command.text == r"\eqref", command))
    return at


def _write_operator(writer: Writer, command: Token, nodes: Sequence[Node], at: int) -> int:
    starred = skip_star(nodes, at)
    content, end = writer.read_argument(command, nodes, starred)
    content = unwrap_words(content)
    if _WORD.fullmatch(write_source(content)):
        writer.put(command.text + ("*" if starred > at else ""), command)
        writer.write_group(content, command)
        return end
    return _write_symbol(writer, content, command, nodes, end, limits=starred > at)


def _write_mathop(writer: Writer, command: Token, nodes: Sequence[Node], at: int) -> int:
    content, at = writer.read_argument(command, nodes, at)
    content = unwrap_words(content)
    if _WORD.fullmatch(write_source(content)):
        writer.put(r"\operatorname*", command)
        writer.write_group(content, command)
        return at
    return _write_symbol(writer, content, command, nodes, at, limits=True)


def _write_symbol(
    writer: Writer,
    content: list[Node],
    command: Token,
    nodes: Sequence[Node],
    at: int,
    *,
    limits: bool,
) -> int:
    """Write an operator of symbols, with what is above and below it."""
    following = skip_space(nodes, at)
    has_limits = limits and writer.display
    if following < len(nodes) and isinstance(nodes[following], Token):
        word = nodes[following]
        if is_token(word, r"\limits") or is_token(word, r"\nolimits"):
            has_limits = is_token(word, r"\limits")
            at = following + 1
    scripts: dict[str, list[Node]] = {}
    while has_limits and len(scripts) < 2:
        following = skip_space(nodes, at)
        sign = next((sign for sign in "_^" if is_at(nodes, following, sign)), "")
        if not sign or sign in scripts:
            break
        scripts[sign], at = writer.read_argument(command, nodes, following + 1)
    for sign, wrapper in (("_", r"\underset"), ("^", r"\overset")):
        if sign in scripts:
            writer.put(wrapper, command)
            writer.write_group(scripts[sign], command)
            writer.put("{", command)
    writer.put(r"\mathop", command)
    writer.write_group(content, command)
    for _ in scripts:
        writer.put("}", command)
    return at


def _write_text_command(writer: Writer, command: Token, nodes: Sequence[Node], at: int) -> int:
    content, at = writer.read_argument(command, nodes, at)
    name = names.TEXT.get(command.text, command.text)
    pieces = list(split_text(content))
    if len(pieces) == 1 and not pieces[0][1]:
        _write_words(writer, name, pieces[0][0], command)
        return at
    writer.put("{", command)
    for piece, is_formula in pieces:
        if is_formula:
            writer.write(piece)
        else:
            _write_words(writer, name, piece, command)
    writer.put("}", command)
    return at


def _write_words(writer: Writer, name: str, piece: Sequence[Node], command: Token) -> None:
    writer.put(name, command)
    writer.put("{", command)
    for token in flatten(piece):
        writer.put(names.LITERAL.get(token.text, token.text), token)
    writer.put("}", command)


def _write_colour_switch(writer: Writer, command: Token, nodes: Sequence[Node], at: int) -> int:
    colour, at = _read_colour(writer, command, nodes, at)
    writer.put(f"\\color{{{_choose_name(writer, colour, 'color')}}}", command)
    return at


def _write_coloured(writer: Writer, command: Token, nodes: Sequence[Node], at: int) -> int:
    if command.text == r"\fcolorbox":
        _, at = _read_colour(writer, command, nodes, at)
        writer.put(r"\boxed", command)
        writer.put("{", command)
    colour, at = _read_colour(writer, command, nodes, at)
    content, at = writer.read_argument(command, nodes, at)
    what = "color" if command.text == r"\textcolor" else "background-color"
    writer.put(f"\\textcolor{{{_choose_name(writer, colour, what)}}}", command)
    if what == "color":
        writer.write_group(content, command)
    else:
        writer.put("{", command)
        _write_text_command(
            writer, Token(r"\text", command.start, command.end), [Group(command, content)], 0
        )
        writer.put("}", command)
    if command.text == r"\fcolorbox":
        writer.put("}", command)
    return at


def _read_colour(writer: Writer, command: Token, nodes: Sequence[Node], at: int) -> tuple[str, int]:
    """Return a colour as CSS has it, or by a name that math-core knows."""
    model, at = writer.read_optional(nodes, at)
    content, at = writer.read_argument(command, nodes, at)
    written = write_source(content).strip()
    colour = make_colour(model, written)
    if colour is None:
        reason = f"there is no colour `{written}`"
        raise make_error(command.start, command.end, reason, "write a name of CSS, or `#a02040`")
    return colour, at


def _choose_name(writer: Writer, colour: str, what: str) -> str:
    """Return the name by which math-core is told a colour; it knows some that CSS does not."""
    if colour not in names.COLOURS and not colour.startswith("#"):
        return colour
    css = f"{what}:{colour}"
    if css not in writer.colours and len(writer.colours) < len(names.PLACEHOLDERS):
        writer.colours[css] = names.PLACEHOLDERS[len(writer.colours)]
    return writer.colours[css][0] if css in writer.colours else "black"


HANDLERS: Mapping[str, Handler] = {
    r"\text": _write_text_command,
    r"\operatorname": _write_operator,
    r"\mathop": _write_mathop,
    r"\substack": _write_substack,
    r"\color": _write_colour_switch,
    r"\textcolor": _write_coloured,
    r"\colorbox": _write_coloured,
    r"\fcolorbox": _write_coloured,
    r"\eqref": _write_reference,
    r"\ref": _write_reference,
    r"\pmb": _write_bold,
    r"\hspace": _write_space,
    r"\smash": _write_content,
    r"\vspace": _skip_argument,
    r"\rule": _write_rule,
    r"\notag": _skip,
    r"\nonumber": _skip,
    "\\\\": _write_line_break,
    r"\cr": _write_line_break,
    **dict.fromkeys(names.TEXT, _write_text_command),
    **dict.fromkeys(names.DELIMITED, _write_delimiter),
    **dict.fromkeys(names.CONTENT_ALONE, _write_content),
}
