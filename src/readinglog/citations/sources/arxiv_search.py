"""The API of arXiv, by title."""

from __future__ import annotations

import re
from functools import partial
from urllib.parse import urlencode

from readinglog.citations.http.client import HttpClient
from readinglog.citations.sources.arxiv_feed import find_arxiv_title
from readinglog.citations.sources.source import KeyField, LookupKey
from readinglog.citations.work import LookupResult

NAME = "arXiv"
ADDRESS = "https://export.arxiv.org/api/query"
KEYS: tuple[KeyField, ...] = ("title",)

_RESULTS = 5
_WORDS = 20  # of a title


def look_up(key: LookupKey, client: HttpClient, address: str) -> LookupResult:
    words = " ".join(re.findall(r"\w+", key.value)[:_WORDS])
    query = urlencode({"search_query": f'ti:"{words}"', "max_results": _RESULTS})
    parse = partial(find_arxiv_title, title=key.value)
    return LookupResult(client.read_trusted(f"{address}?{query}", parse))
