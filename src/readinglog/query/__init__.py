"""The search language: read, and answered from a notebook. What it says is in `docs/search.md`."""

from __future__ import annotations

from readinglog.query.corpus import Corpus
from readinglog.query.grammar import parse
from readinglog.query.hints import Hint, Hints
from readinglog.query.malformed import Malformed
from readinglog.query.search import FACETS, Hit, Result, Search
from readinglog.query.tree import Query

__all__ = ["FACETS", "Corpus", "Hint", "Hints", "Hit", "Malformed", "Query", "Result", "Search", "parse"]
