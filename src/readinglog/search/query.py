"""What a query says, as a tree; `str()` of a tree is a query that says the same."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from dataclasses import field as attribute

from readinglog.model.text import Span

NOWHERE = Span(0, 0)
GAPS = "\t\n\v\f\r\x85 \xa0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000"  # what stands between terms, for a class of a pattern
_PLAIN = re.compile(rf'[^{GAPS}"()]+\Z')


@dataclass(frozen=True, slots=True)
class Word:
    """A bare term, found in its forms; only in titles where it stands behind `title:`."""

    text: str
    in_title: bool = False
    span: Span = attribute(default=NOWHERE, compare=False)

    def __str__(self) -> str:
        return f"title:{self.text}" if self.in_title else self.text


@dataclass(frozen=True, slots=True)
class Phrase:
    """Words in quotes, found as they are."""

    text: str
    in_title: bool = False
    span: Span = attribute(default=NOWHERE, compare=False)

    def __str__(self) -> str:
        return f'{"title:" if self.in_title else ""}"{self.text}"'


@dataclass(frozen=True, slots=True)
class Filter:
    """A field and the value it is to have."""

    field: str
    value: str
    span: Span = attribute(default=NOWHERE, compare=False)

    def __str__(self) -> str:
        value = self.value if _PLAIN.match(self.value) else f'"{self.value}"'
        return f"{self.field}:{value}"


@dataclass(frozen=True, slots=True)
class Not:
    """What must not hold."""

    item: Tree
    span: Span = attribute(default=NOWHERE, compare=False)

    def __str__(self) -> str:
        return f"-({self.item})" if isinstance(self.item, (And, Or, Not)) else f"-{self.item}"


@dataclass(frozen=True, slots=True)
class And:
    """Terms side by side: all hold."""

    items: tuple[Tree, ...]
    span: Span = attribute(default=NOWHERE, compare=False)

    def __str__(self) -> str:
        return " ".join(
            f"({item})" if isinstance(item, (And, Or)) else str(item) for item in self.items
        )


@dataclass(frozen=True, slots=True)
class Or:
    """Terms of which at least one holds."""

    items: tuple[Tree, ...]
    span: Span = attribute(default=NOWHERE, compare=False)

    def __str__(self) -> str:
        return " OR ".join(
            f"({item})" if isinstance(item, Or) else str(item) for item in self.items
        )


Tree = Word | Phrase | Filter | Not | And | Or


@dataclass(frozen=True, slots=True)
class Query:
    """A query as read: its tree (None: everything) and its order ('' where it names none)."""

    tree: Tree | None = None
    sort: str = ""

    def __str__(self) -> str:
        return " ".join(
            filter(
                None,
                (str(self.tree) if self.tree else "", f"sort:{self.sort}" if self.sort else ""),
            )
        )


def list_clauses(tree: Tree | None) -> tuple[Tree, ...]:
    """The terms that all hold: what can be taken out of a query one by one."""
    if isinstance(tree, And):
        return tree.items
    return (tree,) if tree else ()


def list_leaves(tree: Tree | None) -> Iterator[Word | Phrase | Filter]:
    """Every term, also those that must not hold."""
    match tree:
        case Not(item):
            yield from list_leaves(item)
        case And(items) | Or(items):
            for item in items:
                yield from list_leaves(item)
        case None:
            pass
        case _:
            yield tree


def list_sought(tree: Tree | None) -> Iterator[Word | Phrase]:
    """The words and phrases that give a note its weight: not those that must not hold."""
    match tree:
        case Word() | Phrase():
            yield tree
        case And(items) | Or(items):
            for item in items:
                yield from list_sought(item)
