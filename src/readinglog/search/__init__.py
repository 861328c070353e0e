"""The search language: read, and answered from a notebook. What it says is in `docs/search.md`."""

from __future__ import annotations

from readinglog.search.corpus import Corpus
from readinglog.search.engine import FACETS, Hit, Result, Search
from readinglog.search.hints import Hint, Hints
from readinglog.search.parser import parse_query
from readinglog.search.query import Query
from readinglog.search.query_errors import QuerySyntaxError

__all__ = [
    "FACETS",
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
