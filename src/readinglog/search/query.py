"""The syntax tree of a query; `str()` of a tree is a query with the same tree."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from dataclasses import field as attribute

from readinglog.model.text import Span
from readinglog.search.language import GAPS

NOWHERE = Span(0, 0)
_PLAIN = re.compile(rf'[^{GAPS}"()]+\Z')


@dataclass(frozen=True, slots=True)
class Word:
    """A term, found in all its forms; only there where `field` is one of `TEXT_FIELDS`."""

    text: str
    field: str = ""
    span: Span = attribute(default=NOWHERE, compare=False)

    def __str__(self) -> str:
        return f"{self.field}:{self.text}" if self.field else self.text


@dataclass(frozen=True, slots=True)
class Phrase:
    """Words in quotes, found only as written; `field` as for words."""

    text: str
    field: str = ""
    span: Span = attribute(default=NOWHERE, compare=False)

    def __str__(self) -> str:
        return f'{f"{self.field}:" if self.field else ""}"{self.text}"'


@dataclass(frozen=True, slots=True)
class Filter:
    """A field and the value that it must have."""

    field: str
    value: str
    span: Span = attribute(default=NOWHERE, compare=False)

    def __str__(self) -> str:
        value = self.value if _PLAIN.match(self.value) else f'"{self.value}"'
        return f"{self.field}:{value}"


@dataclass(frozen=True, slots=True)
class Not:
    """A negated term or group."""

    item: Tree
    span: Span = attribute(default=NOWHERE, compare=False)

    def __str__(self) -> str:
        return f"-({self.item})" if isinstance(self.item, (And, Or, Not)) else f"-{self.item}"


@dataclass(frozen=True, slots=True)
class And:
    """Adjacent terms, all of which must hold."""

    items: tuple[Tree, ...]
    span: Span = attribute(default=NOWHERE, compare=False)

    def __str__(self) -> str:
        return " ".join(
            f"({item})" if isinstance(item, (And, Or)) else str(item) for item in self.items
        )


@dataclass(frozen=True, slots=True)
class Or:
    """Terms of which at least one must hold."""

    items: tuple[Tree, ...]
    span: Span = attribute(default=NOWHERE, compare=False)

    def __str__(self) -> str:
        return " OR ".join(
            f"({item})" if isinstance(item, Or) else str(item) for item in self.items
        )


Tree = Word | Phrase | Filter | Not | And | Or


@dataclass(frozen=True, slots=True)
class Query:
    """A parsed query: its tree (None for every note) and its order ('' for the default)."""

    tree: Tree | None = None
    sort: str = ""

    def __str__(self) -> str:
        tree = str(self.tree) if self.tree else ""
        sort = f"sort:{self.sort}" if self.sort else ""
        return " ".join(filter(None, (tree, sort)))


def list_clauses(tree: Tree | None) -> tuple[Tree, ...]:
    """Return the terms that must all hold, each of which can be removed from the query."""
    if isinstance(tree, And):
        return tree.items
    return (tree,) if tree else ()


def list_leaves(tree: Tree | None) -> Iterator[Word | Phrase | Filter]:
    """Yield every term, negated ones too."""
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


def list_negated_leaves(tree: Tree | None) -> Iterator[Word | Phrase | Filter]:
    """Yield the terms that are negated."""
    match tree:
        case Not(item):
            yield from list_leaves(item)
        case And(items) | Or(items):
            for item in items:
                yield from list_negated_leaves(item)


def list_scored_terms(tree: Tree | None) -> Iterator[Word | Phrase]:
    """Yield the words and phrases by which notes are ranked: those that are not negated."""
    match tree:
        case Word() | Phrase():
            yield tree
        case And(items) | Or(items):
            for item in items:
                yield from list_scored_terms(item)


def replace_in_tree(tree: Tree | None, old: Tree, new: Tree) -> Tree | None:
    """Return `tree` with the term `old`, the very object, replaced by `new`."""
    match tree:
        case And(items) | Or(items):
            replaced = (replace_in_tree(item, old, new) for item in items)
            return type(tree)(tuple(filter(None, replaced)), tree.span)
        case Not(item):
            return Not(replace_in_tree(item, old, new) or item, tree.span)
    return new if tree is old else tree
