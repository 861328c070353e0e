"""Open Library, by the ISBN of a book."""

from __future__ import annotations

import json
from functools import partial
from urllib.parse import urlencode

from readinglog.citations.cleaning import clean_names, clean_text, clean_url, parse_date
from readinglog.citations.errors import WorkLookupError
from readinglog.citations.http.client import HttpClient
from readinglog.citations.http.errors import TRY_LATER
from readinglog.citations.sources.source import KeyField, LookupKey
from readinglog.citations.work import LookupResult, Work

NAME = "Open Library"
ADDRESS = "https://openlibrary.org/api/books"
KEYS: tuple[KeyField, ...] = ("isbn",)


def look_up(key: LookupKey, client: HttpClient, address: str) -> LookupResult:
    query = urlencode({"bibkeys": f"ISBN:{key.value}", "format": "json", "jscmd": "data"})
    parse = partial(parse_book, isbn=key.value)
    return LookupResult(client.read_trusted(f"{address}?{query}", parse))


def parse_book(answer: str, isbn: str) -> Work:
    """Return the book with this ISBN. Raises WorkLookupError."""
    try:
        value = json.loads(answer)
    except (ValueError, RecursionError):
        value = None
    if not isinstance(value, dict):
        message = f"the answer of {NAME} is broken or incomplete"
        raise WorkLookupError(message, TRY_LATER, unreachable=True)
    book = value.get(f"ISBN:{isbn}")
    title = clean_text(book.get("title")) if isinstance(book, dict) else ""
    if not isinstance(book, dict) or not title:
        message = f"{NAME} has no book with the ISBN {isbn}"
        raise WorkLookupError(message, "check it, or give the title")
    subtitle = clean_text(book.get("subtitle"))
    return Work(
        title=f"{title}: {subtitle}" if subtitle else title,
        authors=clean_names(_list_names(book.get("authors"))),
        kind="book",
        published=parse_date(book.get("publish_date")),
        url=clean_url(book.get("url")),
        venue=next(iter(_list_names(book.get("publishers"))), ""),
        isbn=isbn,
    )


def _list_names(value: object) -> list[str]:
    items = value if isinstance(value, list) else []
    names = (clean_text(item.get("name")) for item in items if isinstance(item, dict))
    return list(filter(None, names))
