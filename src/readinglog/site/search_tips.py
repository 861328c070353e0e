"""Examples of queries, made of the words, tags and authors of a log, that find something."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import pairwise, permutations

from readinglog.model.note import Note
from readinglog.notebook.notebook import Notebook
from readinglog.search.language import COMMON_WORDS
from readinglog.search.query import Filter
from readinglog.search.words import split_words
from readinglog.site.shared_search import find_notes

_MOST_WORDS = 8  # usual words of the log that are used in examples
_MOST_TRIED = 40
_LARGEST_SHARE = 1 / 4  # of the notes that a telling word finds
_SHORTEST_WORD = 4  # letters
_YEARS = 3


@dataclass(frozen=True, slots=True)
class Example:
    """A query, and what it means."""

    query: str
    meaning: str


def make_examples(notebook: Notebook) -> tuple[Example, ...]:
    """Return an example of each kind of query that finds something in `notebook`."""
    words = _list_words(notebook)
    kinds = (
        (_list_questions(notebook, words), "a question, in plain words"),
        (words, "a word, in all its forms"),
        (_list_phrases(notebook), "exact phrase"),
        (_list_exclusions(notebook, words), "exclude a word"),
        (_list_alternatives(words), "either of the two, and the third"),
        (_list_tags(notebook), "a tag, with those below it"),
        (_list_authors(notebook), "an author; likewise venue: and title:"),
        (
            _list_kinds(notebook),
            "a kind, a state; also has:code, has:math, has:claim, is:disputed, is:orphan",
        ),
        (_list_ranges(notebook), "ranges; also date: (the day the note was added)"),
        (_list_links(notebook), "notes that link to one; linked-from: for the other way"),
        (
            (f"{word} sort:published" for word in words),
            "another order: relevance, published, date, rating",
        ),
    )
    found = ((_find_answered(queries, notebook), meaning) for queries, meaning in kinds)
    return tuple(Example(query, meaning) for query, meaning in found if query)


def _find_answered(queries: Iterable[str], notebook: Notebook) -> str:
    """Return the first of `queries` that finds something, or ''."""
    return next((query for query in queries if find_notes(query, notebook)), "")


def _list_words(notebook: Notebook) -> list[str]:
    """Return words of titles, the most usual first, among equals as they come.

    Those that find a great part of the log come last: they say little.
    """
    titles = [split_words(note.title) for note in notebook.published]
    counts = Counter(word for words in titles for word in dict.fromkeys(words))
    words = [word for word, _ in counts.most_common()]
    plain = [word for word in words if word.isalpha() and word not in COMMON_WORDS]
    long = [word for word in plain if len(word) >= _SHORTEST_WORD]
    tried = (long or plain or words)[:_MOST_TRIED]
    limit = _LARGEST_SHARE * len(notebook.published)
    return sorted(tried, key=lambda word: len(find_notes(word, notebook) or ()) > limit)[
        :_MOST_WORDS
    ]


def _list_questions(notebook: Notebook, words: Iterable[str]) -> Iterator[str]:
    for name in (*_list_tag_names(notebook), *words):
        yield f"what is {name}"


def _list_phrases(notebook: Notebook) -> Iterator[str]:
    titles = [split_words(note.title) for note in notebook.published]
    pairs = Counter(
        pair
        for words in titles
        for pair in dict.fromkeys(pairwise(words))
        if COMMON_WORDS.isdisjoint(pair) and all(map(str.isalpha, pair))
    )
    for pair, _ in pairs.most_common(_MOST_WORDS):
        yield f'"{" ".join(pair)}"'


def _list_exclusions(notebook: Notebook, words: Iterable[str]) -> Iterator[str]:
    """Yield queries that leave out some of what a word finds."""
    for word, other in permutations(words, 2):
        query = f"{word} -{other}"
        if len(find_notes(query, notebook) or ()) < len(find_notes(word, notebook) or ()):
            yield query


def _list_alternatives(words: Iterable[str]) -> Iterator[str]:
    for one, other, third in permutations(words, 3):
        yield f"({one} OR {other}) {third}"


def _count_tags(notebook: Notebook) -> Counter[str]:
    return Counter(tag.key for note in notebook.published for tag in notebook.tags.get_tags(note))


def _list_tag_names(notebook: Notebook) -> Iterator[str]:
    names = {key: tag.name for key, tag in notebook.vocabulary.tags.items()}
    for key, _ in _count_tags(notebook).most_common(_MOST_WORDS):
        yield names.get(key, key)


def _list_tags(notebook: Notebook) -> Iterator[str]:
    for key, _ in _count_tags(notebook).most_common():
        yield _print_filter("tag", key)


def _list_authors(notebook: Notebook) -> Iterator[str]:
    counts = Counter(author for note in notebook.published for author in note.authors)
    for author, _ in counts.most_common(_MOST_WORDS):
        yield _print_filter("author", author)


def _list_kinds(notebook: Notebook) -> Iterator[str]:
    """Yield the kinds of notes with a state, the most usual first."""
    pairs = Counter((note.kind, note.status) for note in notebook.published)
    for (kind, status), _ in pairs.most_common():
        yield f"kind:{kind} is:{status}"


def _list_ranges(notebook: Notebook) -> Iterator[str]:
    """Yield the last years in which works were published, with a rating where some have one."""
    years = sorted({note.published[:4] for note in notebook.published if note.published})
    if not years:
        return
    span = f"year:{years[-_YEARS:][0]}..{years[-1]}"
    ratings = sorted({note.rating for note in notebook.published if note.rating}, reverse=True)
    yield from (f"{span} rating:>={rating}" for rating in ratings)
    yield span


def _list_links(notebook: Notebook) -> Iterator[str]:
    """Yield queries for the notes that link to a note, those with the most links first."""
    backlinks = notebook.graph.backlinks

    def count_links(note: Note) -> int:
        return len(backlinks.get(note, ()))

    for note in sorted(notebook.published, key=count_links, reverse=True)[:_MOST_WORDS]:
        yield _print_filter("links", note.page_name)


def _print_filter(field: str, value: str) -> str:
    return str(Filter(field, value.replace('"', " ")))
