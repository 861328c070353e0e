"""Hints for queries that find nothing or name something unknown."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cached_property
from heapq import nsmallest
from typing import NamedTuple

from readinglog.model.fuzzy_index import FuzzyIndex
from readinglog.model.text import pluralize
from readinglog.notebook.sort_keys import newest_first
from readinglog.search.engine import Hit, Search, is_common, is_question
from readinglog.search.language import Name, get_search_fields, get_searched_field, list_word_fields
from readinglog.search.parser import parse_query
from readinglog.search.query import (
    And,
    Filter,
    Not,
    Or,
    Phrase,
    Query,
    Tree,
    Word,
    list_clauses,
    list_leaves,
    list_scored_terms,
)
from readinglog.search.query_errors import QuerySyntaxError
from readinglog.search.words import split_words

_CLOSEST = 10


class Hint(NamedTuple):
    """A suggestion in words, and the changed query ('' where there is none)."""

    message: str
    query: str = ""


class Hints:
    """Finds what a query may have meant. The names that it compares with are collected once."""

    def __init__(self, search: Search) -> None:
        self.search = search
        self.corpus = search.corpus

    def of(self, query: Query, *, found: bool) -> Iterator[Hint]:
        """Yield hints at a tag of that name and at unknown names.

        Where nothing was `found`, also at other spellings and at terms to remove.
        """
        yield from self._suggest_tag(query)
        yield from self._suggest_known_names(query)
        yield from self._suggest_operators(query)
        if not found:
            yield from self._suggest_spellings(query)
            yield from self._suggest_removals(query)

    def closest(self, query: Query) -> tuple[Hit, ...]:
        """Return the notes that best match a query's words, among those that match its filters."""
        clauses = list_clauses(query.tree)
        terms = [item for item in clauses if isinstance(item, (Word, Phrase))]
        others = tuple(item for item in clauses if not isinstance(item, (Word, Phrase)))
        terms = [term for term in terms if not is_common(term)] or terms
        notes = self.search.match(And(others)) if others else self.corpus.everything
        hits = (Hit(note, score) for note, score in self.search.score(terms, notes).items())
        return tuple(
            nsmallest(_CLOSEST, hits, key=lambda hit: (-hit.score, newest_first(hit.note)))
        )

    def _suggest_tag(self, query: Query) -> Iterator[Hint]:
        words: list[str] = []
        for term in list_clauses(query.tree):
            if not isinstance(term, (Word, Phrase)) or term.in_title:
                return
            words.append(term.text)
        tag = self.corpus.notebook.vocabulary.find(" ".join(words))
        if tag and (notes := self.corpus.notebook.tags.notes.get(tag.key)):
            changed = str(Query(Filter("tag", tag.key), query.sort))
            yield Hint(f"`{tag.name}` is a tag of {pluralize(notes, 'note')}", changed)

    def _suggest_known_names(self, query: Query) -> Iterator[Hint]:
        fields = get_search_fields()
        for leaf in list_leaves(query.tree):
            if not isinstance(leaf, Filter):
                continue
            kind = fields[leaf.field]
            if not isinstance(kind, Name) or self._is_known(kind.of, leaf):
                continue
            message, changed = f"there is no {kind.of} `{leaf.value}`", ""
            if near := self._known_names[kind.of].find_nearest(leaf.value):
                message += f"; did you mean `{near}`?"
                changed = _replace_term(query, leaf, Filter(leaf.field, near))
            yield Hint(message, changed)

    def _suggest_operators(self, query: Query) -> Iterator[Hint]:
        """Hint at operators in lower case, which are words, unless the query is a question."""
        if is_question(query.tree):
            return
        for term in list_clauses(query.tree)[:-1]:
            if not isinstance(term, Word) or term.in_title or term.text not in ("or", "not"):
                continue
            operator = rf"(?<!\S){term.text}(?=\s)"
            changed = re.sub(operator, term.text.upper(), str(query), count=1)
            if _is_query(changed):
                message = f"`{term.text}` in lower case is a word; in capitals it is an operator"
                yield Hint(message, changed)
                return

    def _is_known(self, kind: str, leaf: Filter) -> bool:
        """Whether the tag, author, venue or note of a filter exists, even if no note matches it."""
        match kind:
            case "tag":
                return self.corpus.notebook.vocabulary.find(leaf.value) is not None
            case "note":
                return bool(self.corpus.find_named(leaf.value))
        return bool(self.corpus.filter_notes(leaf))

    @cached_property
    def _known_names(self) -> dict[str, FuzzyIndex]:
        notes, vocabulary = self.corpus.notes, self.corpus.notebook.vocabulary
        return {
            "tag": FuzzyIndex(vocabulary.by_fold),
            **{field: self._index_texts(field) for field in list_word_fields()},
            "note": FuzzyIndex(note.name for note in notes),
            "word": FuzzyIndex(sorted(self.corpus.vocabulary)),
        }

    def _index_texts(self, field: str) -> FuzzyIndex:
        """Return an index of the texts that a query field searches, such as all authors."""
        name = get_searched_field(field).name
        return FuzzyIndex(text for note in self.corpus.notes for text in note.list_texts(name))

    def _suggest_spellings(self, query: Query) -> Iterator[Hint]:
        for term in list_scored_terms(query.tree):
            words = split_words(term.text)
            if not isinstance(term, Word) or len(words) != 1:
                continue
            if words[0] in self.corpus.vocabulary or self.search.weigh(term):
                continue
            if near := self._known_names["word"].find_nearest(words[0]):
                message = f"no note has the word `{term.text}`; did you mean `{near}`?"
                yield Hint(message, _replace_term(query, term, Word(near, term.in_title)))

    def _suggest_removals(self, query: Query) -> Iterator[Hint]:
        terms = list_clauses(query.tree)
        if len(terms) < 2:
            return
        for index, term in enumerate(terms):
            rest = And((*terms[:index], *terms[index + 1 :]))
            if number := len(self.search.match(rest)):
                changed = str(Query(_simplify(rest), query.sort))
                yield Hint(f"drop `{term}` ({pluralize(number, 'result')})", changed)


def _is_query(text: str) -> bool:
    try:
        parse_query(text)
    except QuerySyntaxError:
        return False
    return True


def _replace_term(query: Query, old: Tree, new: Tree) -> str:
    """Return `query` with the term `old` replaced by `new`."""
    return str(Query(_replace_in_tree(query.tree, old, new), query.sort))


def _replace_in_tree(tree: Tree | None, old: Tree, new: Tree) -> Tree | None:
    match tree:
        case And(items) | Or(items):
            replaced = (_replace_in_tree(item, old, new) for item in items)
            return type(tree)(tuple(filter(None, replaced)))
        case Not(item):
            return Not(_replace_in_tree(item, old, new) or item)
    return new if tree is old else tree


def _simplify(tree: And) -> Tree:
    return tree.items[0] if len(tree.items) == 1 else tree
