"""The API of arXiv, by id. It is often busy, so that the other sources of arXiv come before it."""

from __future__ import annotations

from functools import partial
from urllib.parse import urlencode

from readinglog.citations.http.client import HttpClient
from readinglog.citations.sources.arxiv_feed import parse_arxiv_feed
from readinglog.citations.sources.source import KeyField, LookupKey
from readinglog.citations.work import LookupResult

NAME = "arXiv"
ADDRESS = "https://export.arxiv.org/api/query"
KEYS: tuple[KeyField, ...] = ("arxiv",)


def look_up(key: LookupKey, client: HttpClient, address: str) -> LookupResult:
    query = urlencode({"id_list": key.value, "max_results": 1})
    parse = partial(parse_arxiv_feed, arxiv=key.value)
    return LookupResult(client.read_trusted(f"{address}?{query}", parse))
