"""The search of a notebook, which all views of a build share: its index is made once."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import partial
from typing import TYPE_CHECKING
from weakref import WeakKeyDictionary

from readinglog.model.errors import ReadinglogError
from readinglog.model.note import Note
from readinglog.notebook.notebook import Notebook
from readinglog.search.engine import Search
from readinglog.search.examples import make_log_language
from readinglog.search.index_reader import SearchIndex
from readinglog.search.language import MARKED
from readinglog.search.parser import parse_query
from readinglog.workspace.kept_index import make_kept_index
from readinglog.workspace.notebook_cache import find_cache

if TYPE_CHECKING:
    from readinglog.search.index_writer import IndexFiles

_FILES: WeakKeyDictionary[Notebook, IndexFiles] = WeakKeyDictionary()
_SEARCHES: WeakKeyDictionary[Notebook, Search] = WeakKeyDictionary()


def get_index_files(notebook: Notebook) -> IndexFiles:
    """Return the files of the index of a notebook, which nothing changes once it is made."""
    if notebook not in _FILES:
        _FILES[notebook] = _make_files(notebook)
    return _FILES[notebook]


def _make_files(notebook: Notebook) -> IndexFiles:
    cache = find_cache(notebook)
    if cache:
        return make_kept_index(notebook, cache)
    from readinglog.search import index_writer  # noqa: PLC0415 - takes a tenth of a second

    return index_writer.make_index(notebook)


def find_notes(query: str, notebook: Notebook) -> tuple[Note, ...] | None:
    """Return the published notes that a query finds, in order, or None where it has no answer."""
    if notebook not in _SEARCHES:
        _SEARCHES[notebook] = Search(SearchIndex(get_index_files(notebook).__getitem__))
    try:
        result = _SEARCHES[notebook].ask(query)
    except ReadinglogError:  # which the rule `invalid-query` reports
        return None
    notes = notebook.published[::-1]
    return tuple(notes[hit.note] for hit in result.hits)


def list_query_hubs(notebook: Notebook) -> Iterator[tuple[Note, Callable[[], tuple[Note, ...]]]]:
    """Yield the hubs with a query that has an answer, each with what finds its notes."""
    for hub in notebook.published:
        if has_answer(hub.query, notebook):
            yield hub, partial(_find_answer, hub.query, notebook)


def _find_answer(query: str, notebook: Notebook) -> tuple[Note, ...]:
    return find_notes(query, notebook) or ()


def has_answer(query: str, notebook: Notebook) -> bool:
    """Return whether a query can be answered; the index is made only where that takes it."""
    if not query:
        return False
    try:
        parse_query(query, make_log_language(notebook))
    except ReadinglogError:  # which may still name a note
        return find_notes(query, notebook) is not None
    # Only the browser knows what is marked.
    return MARKED not in query.lower() or find_notes(query, notebook) is not None
