"""Search: the query language, which `docs/search.md` describes, and its answers from a notebook."""

from __future__ import annotations

from readinglog.search.corpus import Corpus
from readinglog.search.engine import Hit, Result, Search
from readinglog.search.hints import Hint, Hints
from readinglog.search.parser import parse_query
from readinglog.search.query import Query
from readinglog.search.query_errors import QuerySyntaxError

__all__ = [
    "Corpus",
    "Hint",
    "Hints",
    "Hit",
    "Query",
    "QuerySyntaxError",
    "Result",
    "Search",
    "parse_query",
]
