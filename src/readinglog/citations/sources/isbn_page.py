"""The page of a book at Open Library, by its ISBN: what it tells programs that read pages."""

from __future__ import annotations

from readinglog.citations.errors import WorkLookupError
from readinglog.citations.http.client import HttpClient
from readinglog.citations.http.errors import FetchError
from readinglog.citations.sources.source import KeyField, LookupKey
from readinglog.citations.sources.web_page import parse_response
from readinglog.citations.work import LookupResult

NAME = "ISBN page"
ADDRESS = "https://openlibrary.org/isbn"
KEYS: tuple[KeyField, ...] = ("isbn",)


def look_up(key: LookupKey, client: HttpClient, address: str) -> LookupResult:
    try:
        page = client.get_untrusted(f"{address}/{key.value}")
    except FetchError as error:
        if not error.status or error.unreachable:
            raise
        message = f"no page tells of a book with the ISBN {key.value}"
        raise WorkLookupError(message, "check it, or give the title") from None
    work = parse_response(page, page.url)
    return LookupResult(work._replace(kind="book", isbn=key.value))
