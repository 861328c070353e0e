"""The page to which a DOI resolves; it has works of all agencies, not of Crossref alone."""

from __future__ import annotations

from urllib.parse import quote

from readinglog.citations.errors import WorkLookupError
from readinglog.citations.http.client import HttpClient
from readinglog.citations.http.errors import FetchError
from readinglog.citations.sources.source import KeyField, LookupKey
from readinglog.citations.sources.web_page import parse_response
from readinglog.citations.work import LookupResult

NAME = "DOI"
ADDRESS = "https://doi.org"
KEYS: tuple[KeyField, ...] = ("doi",)


def look_up(key: LookupKey, client: HttpClient, address: str) -> LookupResult:
    try:
        page = client.get_untrusted(f"{address}/{quote(key.value, safe='/')}")
    except FetchError as error:
        if not error.status or error.unreachable:
            raise
        message = f"no work has the DOI `{key.value}`"
        raise WorkLookupError(message, "check it") from None
    return LookupResult(parse_response(page, page.url)._replace(doi=key.value, url=""))
