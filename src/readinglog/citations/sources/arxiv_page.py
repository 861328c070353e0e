"""The page of a paper on arXiv, by its `citation_*` elements."""

from __future__ import annotations

from functools import partial

from readinglog.citations.errors import WorkLookupError
from readinglog.citations.http.client import HttpClient
from readinglog.citations.http.errors import TRY_LATER, FetchError
from readinglog.citations.sources.arxiv_feed import ARXIV
from readinglog.citations.sources.source import KeyField, LookupKey
from readinglog.citations.sources.web_page import parse_citation
from readinglog.citations.work import LookupResult, Work
from readinglog.model import identifiers

NAME = "arXiv page"
ADDRESS = "https://arxiv.org/abs"
KEYS: tuple[KeyField, ...] = ("arxiv",)


def look_up(key: LookupKey, client: HttpClient, address: str) -> LookupResult:
    parse = partial(parse_arxiv_page, arxiv=key.value)
    try:
        return LookupResult(client.read_trusted(f"{address}/{key.value}", parse))
    except FetchError as error:
        if not error.status or error.unreachable:
            raise
        message = f"{ARXIV} has no paper `{key.value}`"
        raise WorkLookupError(message, "check the id") from None


def parse_arxiv_page(html: str, arxiv: str) -> Work:
    """Return the paper with the id `arxiv`, whose version is kept. Raises WorkLookupError."""
    work = parse_citation(html)
    if not work.title or work.arxiv != identifiers.parse_arxiv_id(arxiv):
        message = f"the page of {ARXIV} does not describe the paper"
        raise WorkLookupError(message, TRY_LATER, unreachable=True)
    return work._replace(arxiv=arxiv)
