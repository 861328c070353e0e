"""Rows of environments: what numbers them, and their columns."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from readinglog.parsing.latex import names
from readinglog.parsing.latex.nodes import (
    find_first_token,
    is_at,
    is_token,
    make_missing_argument,
    skip_star,
)
from readinglog.parsing.latex.tokens import (
    Environment,
    Group,
    Node,
    Token,
    flatten,
    skip_space,
    write_source,
)

SIZE_PATTERN = re.compile(r"\[\s*[-+]?[\d.]+\s*(?:[a-z]{2}|\\[a-z]+)\s*\]")
_COLUMN_LIMIT = 50
_STARS = re.compile(r"\*\s*\{\s*(\d{1,2})\s*\}\s*\{([^{}]*)\}")
_BETWEEN = re.compile(r"[@!><]\s*\{(?:[^{}]|\{[^{}]*\})*\}")
_WIDTH = re.compile(r"[pmb]\s*\{[^{}]*\}")


@dataclass
class Row:
    """A row of an environment with numbers, without what says so."""

    items: list[Node]
    tag: str = ""
    label: str = ""
    is_unnumbered: bool = False
    sign: Token | None = None  # of its tag or label


def is_numbered(node: Node) -> bool:
    return isinstance(node, Environment) and node.name in names.NUMBERED


def make_inner(node: Node) -> Node:
    """Return an environment with numbers as one within a formula, which has a number itself."""
    if not is_numbered(node) or not isinstance(node, Environment):
        return node
    name = names.INNER[node.name.removesuffix("*")]
    items = take_marks(node.items).items
    if name:
        return Environment(name, node.opening, items)
    return Group(node.opening, items)


def take_marks(nodes: Sequence[Node]) -> Row:
    """Return nodes without tags and labels, which environments within may hold, and these."""
    row = Row([])
    row.items = _collect(nodes, row)
    return row


def _collect(nodes: Sequence[Node], row: Row) -> list[Node]:
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
            starred = skip_star(nodes, at)
            following = skip_space(nodes, starred)
            if following >= len(nodes):
                raise make_missing_argument(node)
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


def split_rows(items: Sequence[Node]) -> list[list[Node]]:
    r"""Return the rows between `\\`, without what such a mark takes; an empty last one is none."""
    rows: list[list[Node]] = [[]]
    at = 0
    while at < len(items):
        node = items[at]
        at += 1
        if not (is_token(node, "\\\\") or is_token(node, r"\cr")):
            rows[-1].append(node)
            continue
        at = skip_star(items, at)
        if is_at(items, at, "["):
            ends = [end for end in range(at, min(at + 12, len(items))) if is_token(items[end], "]")]
            if ends and SIZE_PATTERN.fullmatch(write_source(items[at : ends[0] + 1])):
                at = ends[0] + 1
        rows.append([])
    if len(rows) > 1 and skip_space(rows[-1], 0) == len(rows[-1]):
        rows.pop()
    return rows


def join_relation(items: list[Node]) -> list[Node]:
    """Return a row of `eqnarray`, whose relation stands between two marks, with the first alone."""
    marks = [at for at, node in enumerate(items) if is_token(node, "&")]
    if len(marks) < 2:
        return items
    return [
        *items[: marks[1]],
        Token("{}", *find_first_token(items[marks[1] :])[1:]),
        *items[marks[1] + 1 :],
    ]


def drop_line_marks(items: list[Node]) -> list[Node]:
    """Return the items of an environment that has no numbers, without what numbers them."""
    return [
        node
        for node in items
        if not (isinstance(node, Token) and node.text in (r"\notag", r"\nonumber"))
    ]


def count_columns(items: Sequence[Node]) -> int:
    most = count = 1
    for node in items:
        if is_token(node, "&"):
            count += 1
            most = max(most, count)
        elif is_token(node, "\\\\"):
            count = 1
    return min(most, _COLUMN_LIMIT)


def simplify_columns(spec: str) -> str:
    """Return the columns of an array as letters and lines, and `@` where nothing parts them."""
    spec = _STARS.sub(lambda found: found[2] * min(int(found[1]), _COLUMN_LIMIT), spec)
    spec = _BETWEEN.sub(lambda found: "@" if re.match(r"@\s*\{\s*\}", found[0]) else "", spec)
    spec = _WIDTH.sub("l", spec)
    letters = re.sub(r"[^lcr|:@]", "", spec.replace("X", "l"))
    return letters[: 4 * _COLUMN_LIMIT]
