"""Environments of LaTeX in those that math-core sets, and the numbers of their rows."""

from __future__ import annotations

import re
from collections.abc import Sequence

from readinglog.parsing.latex import names
from readinglog.parsing.latex.rows import (
    Row,
    count_columns,
    drop_line_marks,
    join_relation,
    simplify_columns,
    split_rows,
    take_marks,
)
from readinglog.parsing.latex.tokens import Environment, Node, Token, write_source
from readinglog.parsing.latex.writer import Writer

_ALIGNED = re.compile(r"(?:r@l)+")


def write_environment(writer: Writer, environment: Environment) -> None:
    name, opening, items = environment.name, environment.opening, environment.items
    if name in names.WITH_COLUMN_COUNT:
        _, at = writer.read_argument(opening, items, 0)
        items = items[at:]
    if name in names.NUMBERED:
        _write_numbered(writer, name, opening, items)
    elif name in names.ARRAYS:
        _write_array(writer, name, opening, items)
    elif name in names.STARRED_MATRICES:
        _write_matrix(writer, name, opening, items)
    elif name == "smallmatrix":
        _write_as(
            writer, f"{{subarray}}{{{'c' * count_columns(items)}}}", "{subarray}", items, opening
        )
    else:
        if name in names.PLACED:
            _, at = writer.read_optional(items, 0)
            items = items[at:]
        name = names.ENVIRONMENTS.get(name, name)
        _write_as(writer, f"{{{name}}}", f"{{{name}}}", drop_line_marks(items), opening)


def _write_as(writer: Writer, begin: str, end: str, items: Sequence[Node], opening: Token) -> None:
    writer.put(rf"\begin{begin}", opening)
    writer.write(items)
    writer.put(rf"\end{end}", opening)


def _write_array(writer: Writer, name: str, opening: Token, items: Sequence[Node]) -> None:
    _, at = writer.read_optional(items, 0)
    columns, at = writer.read_argument(opening, items, at)
    spec = simplify_columns(write_source(columns))
    inside = items[at:]
    if _ALIGNED.fullmatch(spec):
        _write_as(writer, "{aligned}", "{aligned}", inside, opening)
        return
    name = "array" if name == "tabular" else name
    plain = spec.replace("@", "") or "c"
    _write_as(writer, f"{{{name}}}{{{plain}}}", f"{{{name}}}", inside, opening)


def _write_matrix(writer: Writer, name: str, opening: Token, items: Sequence[Node]) -> None:
    column, at = writer.read_optional(items, 0)
    left, right = names.STARRED_MATRICES[name]
    letter = column if column in ("l", "c", "r") else "c"
    spec = letter * count_columns(items[at:])
    if left:
        writer.put(rf"\left{left}", opening)
    _write_as(writer, f"{{array}}{{{spec}}}", "{array}", items[at:], opening)
    if right:
        writer.put(rf"\right{right}", opening)


def _write_numbered(writer: Writer, name: str, opening: Token, items: Sequence[Node]) -> None:
    base = name.removesuffix("*")
    is_numbered = name == base
    rows = split_rows(items) if base in names.WITH_ROWS else [list(items)]
    marked = [take_marks(row) for row in rows]
    if base == "multline":
        is_numbered = is_numbered and not any(row.is_unnumbered for row in marked)
        for row in marked[:-1]:
            last = marked[-1]
            last.tag, last.label = last.tag or row.tag, last.label or row.label
            row.tag, row.label, row.is_unnumbered = "", "", True
    if base == "eqnarray":
        for row in marked:
            row.items = join_relation(row.items)
    for row in marked:
        row.is_unnumbered = not (row.tag or (is_numbered and not row.is_unnumbered))
    shown = names.ENVIRONMENTS.get(base, base)
    if all(row.is_unnumbered for row in marked):
        shown += "*"
    writer.put(rf"\begin{{{shown}}}", opening)
    for position, row in enumerate(marked):
        if position:
            writer.put(r"\\", opening)
        _write_row(writer, row, opening, alone=base == "equation")
        if not shown.endswith("*"):
            writer.write_marks(row)
    writer.put(rf"\end{{{shown}}}", opening)


def _write_row(writer: Writer, row: Row, opening: Token, *, alone: bool) -> None:
    """Write a row; `alone` is whether it may have lines."""
    row.sign = row.sign or opening
    if alone:
        writer.write_lines(row.items, opening)
    else:
        writer.write(row.items)
