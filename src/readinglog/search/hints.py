"""Hints for queries that find nothing or name something unknown."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import cached_property
from heapq import nsmallest
from typing import NamedTuple

from readinglog.model.fuzzy_index import FuzzyIndex
from readinglog.model.text import pluralize
from readinglog.search.corrections import measure_distance
from readinglog.search.engine import Hit, Result, Search, is_bare_word, is_common, is_question
from readinglog.search.filters import filter_notes
from readinglog.search.language import (
    ADDRESS_WORDS,
    COMMON_WORDS,
    FIELD_SYNONYMS,
    Name,
)
from readinglog.search.name_keys import has_identifier
from readinglog.search.parser import parse_query
from readinglog.search.query import (
    And,
    Filter,
    Phrase,
    Query,
    Tree,
    Word,
    list_clauses,
    list_leaves,
    list_negated_leaves,
    replace_in_tree,
)
from readinglog.search.query_errors import QuerySyntaxError
from readinglog.search.words import separate_parts, split_words

_CLOSEST = 10
_SHORTEST_INNER_WORD = 3
_HOST = re.compile(r"^[a-z][a-z0-9+.-]*://[^/]*", re.IGNORECASE)
_FIELD_LIKE = re.compile(r"([A-Za-z][A-Za-z-]*):(.+)\Z", re.DOTALL)


class Hint(NamedTuple):
    """A suggestion in words, and the changed query ('' where there is none)."""

    message: str
    query: str = ""


class Hints:
    """Finds what a query may have meant. The names that it compares with are collected once."""

    def __init__(self, search: Search) -> None:
        self.search = search
        self.index = search.index

    def of(self, result: Result) -> Iterator[Hint]:
        """Yield what was corrected, a tag of that name, unknown names, mistyped operators, and
        words that were left out.

        Where nothing was found, also terms to remove.
        """
        query = result.query
        if result.error:
            message = f"the query names what is shown, but {result.error.args[0]}"
            yield Hint(message, result.error.suggestion)
        for word, meant in result.corrections:
            told = f"these results are for `{meant}`" if result.hits else f"did you mean `{meant}`?"
            yield Hint(f"no note has the word `{word}`; {told}")
        yield from self._suggest_tag(result)
        yield from self._suggest_fields(query)
        yield from self._suggest_known_names(query)
        yield from self._suggest_operators(query)
        if not result.hits:
            yield from self._list_unknown_identifiers(query)
            yield from self._suggest_removals(query)
        elif not result.named:
            yield from self._list_unknown_words(query)

    def find_closest(self, query: Query) -> tuple[Hit, ...]:
        """Return the notes that best match a query's words, among those that match its filters."""
        clauses = list_clauses(query.tree)
        terms = [item for item in clauses if isinstance(item, (Word, Phrase))]
        others = tuple(item for item in clauses if not isinstance(item, (Word, Phrase)))
        terms = [term for term in terms if not is_common(term)] or terms
        notes = self.search.match(And(others)) if others else self.index.notes
        scores = self.search.score(terms, notes)
        scores = scores or self.search.score(_list_inner_words(terms), notes)
        hits = (Hit(note, score) for note, score in scores.items())
        return tuple(nsmallest(_CLOSEST, hits, key=lambda hit: (-hit.score, -hit.note)))

    def _list_unknown_identifiers(self, query: Query) -> Iterator[Hint]:
        for term in list_clauses(query.tree):
            if is_bare_word(term) and has_identifier(str(term)):
                yield Hint(f"no note has the address or identifier `{term}`")

    def _list_unknown_words(self, query: Query) -> Iterator[Hint]:
        for term in list_clauses(query.tree):
            if is_bare_word(term) and not is_common(term) and not self.search.match(term):
                yield Hint(f"no note has the word `{term}`; it was left out")

    def _suggest_tag(self, result: Result) -> Iterator[Hint]:
        """Hint at the tag of which a query is the name, and why its hub stands first."""
        query, words = result.query, list[str]()
        for term in list_clauses(query.tree):
            if not isinstance(term, (Word, Phrase)) or term.field:
                return
            words.append(term.text)
        number = self.index.find_tag(" ".join(words))
        if number is None:
            return
        tag = self.index.tags[number]
        item = Filter("tag", tag.key)
        if notes := filter_notes(self.index, item):
            changed = str(Query(item, query.sort))
            message = f"`{tag.name}` is a tag of {pluralize(len(notes), 'note')}"
            if result.named and self._is_hub(result.hits[0].note, number):
                message += ", whose hub is listed first"
            yield Hint(message, changed)

    def _is_hub(self, note: int, tag: int) -> bool:
        """Whether a note is a hub with the tag."""
        is_hub = self.index.get_values("kind")[note] in self.index.language.hub_kinds
        return is_hub and tag in self.index.tagged[note]

    def _suggest_fields(self, query: Query) -> Iterator[Hint]:
        """Hint at words with a colon that are one letter away from a field, or mean one."""
        for leaf in list_leaves(query.tree):
            if not isinstance(leaf, Word) or not (found := _FIELD_LIKE.match(leaf.text)):
                continue
            name, value = found[1].lower(), found[2]
            if field := self._find_field(name):
                changed = self._repair(_replace_term(query, leaf, Word(f"{field}:{value}")))
                message = f"`{name}` is not a field, so `{leaf.text}` is searched for as words"
                if changed:
                    yield Hint(message, changed)

    def _suggest_known_names(self, query: Query) -> Iterator[Hint]:
        fields = self.index.language.fields
        negated = {id(leaf) for leaf in list_negated_leaves(query.tree)}
        for leaf in list_leaves(query.tree):
            if not isinstance(leaf, Filter):
                continue
            kind = fields[leaf.field]
            if not isinstance(kind, Name) or self._is_known(kind.of, leaf):
                continue
            message, changed = f"there is no {kind.noun or kind.of} `{leaf.value}`", ""
            if id(leaf) in negated:
                message += ", so this excludes nothing"
            meant = Filter(FIELD_SYNONYMS.get(leaf.field, leaf.field), leaf.value)
            if meant != leaf and self._is_known(meant.field, meant):
                message += f"; did you mean `{meant}`?"
                changed = _replace_term(query, leaf, meant)
            elif near := self._known_names[kind.of].find_nearest(leaf.value):
                message += f"; did you mean `{near}`?"
                changed = _replace_term(query, leaf, Filter(leaf.field, near))
            yield Hint(message, changed)

    def _suggest_operators(self, query: Query) -> Iterator[Hint]:
        """Hint at operators in lower case, which are words, unless the query is a question."""
        if is_question(query.tree):
            return
        for term in list_clauses(query.tree)[:-1]:
            if not isinstance(term, Word) or term.field or term.text not in ("or", "not"):
                continue
            operator = rf"(?<!\S){term.text}(?=\s)"
            changed = re.sub(operator, term.text.upper(), str(query), count=1)
            if self._repair(changed) == changed:
                message = f"`{term.text}` in lower case is a word; in capitals it is an operator"
                yield Hint(message, changed)
                return

    def _is_known(self, kind: str, leaf: Filter) -> bool:
        """Whether the tag, author, venue or note of a filter exists, even if no note matches it."""
        match kind:
            case "tag":
                return self.index.find_tag(leaf.value) is not None
            case "note":
                return bool(self.index.find_called(leaf.value))
        return bool(filter_notes(self.index, leaf))

    @cached_property
    def _known_names(self) -> dict[str, FuzzyIndex]:
        return {
            "tag": FuzzyIndex(self.index.tag_names),
            **{
                field: FuzzyIndex(self.index.get_names(field).names)
                for field in self.index.language.word_fields
            },
            "note": FuzzyIndex(self.index.note_names),
        }

    def _suggest_removals(self, query: Query) -> Iterator[Hint]:
        terms = list_clauses(query.tree)
        if len(terms) < 2:
            return
        for index, term in enumerate(terms):
            rest = And((*terms[:index], *terms[index + 1 :]))
            if number := len(self.search.match(rest)):
                changed = str(Query(_simplify(rest), query.sort))
                yield Hint(f"drop `{term}` ({pluralize(number, 'result')})", changed)

    def _find_field(self, name: str) -> str:
        """Return the field that is one letter away from a name, or that the name means, or ''."""
        fields = self.index.language.fields
        near = (field for field in fields if measure_distance(name, field, 1) == 1)
        return next(near, FIELD_SYNONYMS.get(name, ""))

    def _repair(self, text: str) -> str:
        """Return `text` if it is a query, else the query that is suggested for it, or ''."""
        try:
            parse_query(text, self.index.language)
        except QuerySyntaxError as error:
            return error.suggestion
        return text


def _list_inner_words(terms: Iterable[Word | Phrase]) -> list[Word]:
    """Return the words within terms that no note has as they are, such as an address."""
    texts = [
        _HOST.sub("", term.text)
        for term in terms
        if _HOST.match(term.text) or not has_identifier(term.text)
    ]
    words = (word for text in texts for word in split_words(f"{text} {separate_parts(text)}"))
    return [
        Word(word)
        for word in dict.fromkeys(words)
        if len(word) >= _SHORTEST_INNER_WORD
        and word.isalpha()
        and word not in ADDRESS_WORDS
        and word not in COMMON_WORDS
    ]


def _replace_term(query: Query, old: Tree, new: Tree) -> str:
    """Return `query` with the term `old` replaced by `new`."""
    return str(Query(replace_in_tree(query.tree, old, new), query.sort))


def _simplify(tree: And) -> Tree:
    return tree.items[0] if len(tree.items) == 1 else tree
