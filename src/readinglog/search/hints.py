"""What to say of a query that finds nothing, or names what there is not."""

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
from readinglog.search.fields import Name, get_search_fields, get_searched_field, list_word_fields
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
    list_sought,
)
from readinglog.search.query_errors import QuerySyntaxError
from readinglog.search.words import split_words

_CLOSEST = 10


class Hint(NamedTuple):
    """What could be changed: in words, and the query changed so ('' where there is none)."""

    message: str
    query: str = ""


class Hints:
    """Finds what a query may have meant; the names it compares with are read once."""

    def __init__(self, search: Search) -> None:
        self.search = search
        self.corpus = search.corpus

    def of(self, query: Query, *, found: bool) -> Iterator[Hint]:
        """A tag of that name, names that there are not; where nothing was found, also spellings and terms to leave out."""
        yield from self._tag(query)
        yield from self._unknown(query)
        yield from self._small(query)
        if not found:
            yield from self._misspelled(query)
            yield from self._left_out(query)

    def closest(self, query: Query) -> tuple[Hit, ...]:
        """The notes that have most of a query's words, where its other terms hold."""
        terms = [item for item in list_clauses(query.tree) if isinstance(item, (Word, Phrase))]
        others = tuple(
            item for item in list_clauses(query.tree) if not isinstance(item, (Word, Phrase))
        )
        telling = [term for term in terms if not is_common(term)] or terms
        held = self.search.matches(And(others)) if others else self.corpus.everything
        found = (Hit(note, score) for note, score in self.search.scores(telling, held).items())
        return tuple(
            nsmallest(_CLOSEST, found, key=lambda hit: (-hit.score, newest_first(hit.note)))
        )

    def _tag(self, query: Query) -> Iterator[Hint]:
        terms = list_clauses(query.tree)
        if not all(isinstance(term, (Word, Phrase)) and not term.in_title for term in terms):
            return
        tag = self.corpus.notebook.vocabulary.find(
            " ".join(term.text for term in terms if isinstance(term, (Word, Phrase)))
        )
        if tag and (notes := self.corpus.notebook.tags.notes.get(tag.key)):
            yield Hint(
                f"`{tag.name}` is a tag of {pluralize(notes, 'note')}",
                str(Query(Filter("tag", tag.key), query.sort)),
            )

    def _unknown(self, query: Query) -> Iterator[Hint]:
        fields = get_search_fields()
        for leaf in list_leaves(query.tree):
            kind = fields[leaf.field] if isinstance(leaf, Filter) else None
            if not (isinstance(leaf, Filter) and isinstance(kind, Name)) or self._exists(
                kind.of, leaf
            ):
                continue
            near = self._names[kind.of].find_nearest(leaf.value)
            changed = _changed(query, leaf, Filter(leaf.field, near)) if near else ""
            yield Hint(
                f"there is no {kind.of} `{leaf.value}`"
                + (f"; did you mean `{near}`?" if near else ""),
                changed,
            )

    def _small(self, query: Query) -> Iterator[Hint]:
        """Operators in small letters, which are words, in what is no question."""
        for term in () if is_question(query.tree) else list_clauses(query.tree)[:-1]:
            if isinstance(term, Word) and term.text in ("or", "not") and not term.in_title:
                written = re.sub(
                    rf"(?<!\S){term.text}(?=\s)", term.text.upper(), str(query), count=1
                )
                if not isinstance(parse_query(written), QuerySyntaxError):
                    yield Hint(
                        f"`{term.text}` is a word in small letters; in capitals it joins or excludes",
                        written,
                    )
                    return

    def _exists(self, of: str, leaf: Filter) -> bool:
        """Whether the tag, author, venue or note that a filter names is there, be it that no note matches."""
        if of == "tag":
            return self.corpus.notebook.vocabulary.find(leaf.value) is not None
        return (
            bool(self.corpus.named(leaf.value))
            if of == "note"
            else bool(self.corpus.matching(leaf))
        )

    @cached_property
    def _names(self) -> dict[str, FuzzyIndex]:
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

    def _misspelled(self, query: Query) -> Iterator[Hint]:
        for term in list_sought(query.tree):
            run = split_words(term.text)
            if (
                isinstance(term, Word)
                and len(run) == 1
                and run[0] not in self.corpus.vocabulary
                and not self.search.weights(term)
            ):
                near = self._names["word"].find_nearest(run[0])
                if near:
                    changed = _changed(query, term, Word(near, term.in_title))
                    yield Hint(
                        f"no note has the word `{term.text}`; did you mean `{near}`?", changed
                    )

    def _left_out(self, query: Query) -> Iterator[Hint]:
        terms = list_clauses(query.tree)
        for at, term in enumerate(terms if len(terms) > 1 else ()):
            rest = And((*terms[:at], *terms[at + 1 :]))
            if number := len(self.search.matches(rest)):
                yield Hint(
                    f"drop `{term}` ({pluralize(number, 'result')})",
                    str(Query(_alone(rest), query.sort)),
                )


def _changed(query: Query, old: Tree, new: Tree) -> str:
    """`query` with the term `old` changed into `new`."""
    return str(Query(_replaced(query.tree, old, new), query.sort))


def _replaced(tree: Tree | None, old: Tree, new: Tree) -> Tree | None:
    match tree:
        case And(items) | Or(items):
            return type(tree)(tuple(filter(None, (_replaced(item, old, new) for item in items))))
        case Not(item):
            return Not(_replaced(item, old, new) or item)
    return new if tree is old else tree


def _alone(tree: And) -> Tree:
    return tree.items[0] if len(tree.items) == 1 else tree
