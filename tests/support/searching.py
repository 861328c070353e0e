"""A search of a world in memory, without files."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from readinglog.notebook.notebook import Notebook
from readinglog.search.engine import Hit, Search
from readinglog.search.index_reader import SearchIndex
from readinglog.search.index_writer import make_index
from support.worlds import notebook


def make_search(log: Notebook) -> Search:
    """A search of a notebook."""
    return Search(SearchIndex(make_index(log).__getitem__))


def list_found(search: Search, hits: Iterable[Hit]) -> list[str]:
    """The names of the notes of some hits."""
    return [search.index.note_names[hit.note] for hit in hits]


def find(search: Search, text: str) -> list[str]:
    """The names of the notes that a query finds, in order."""
    return list_found(search, search.ask(text).hits)


def ask(files: Mapping[str, str], text: str) -> list[str]:
    """The names of the notes of a world that a query finds, in order."""
    return find(make_search(notebook(files)), text)
