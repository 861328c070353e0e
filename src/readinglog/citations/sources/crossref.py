"""Crossref, whose API answers with JSON."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from functools import partial
from urllib.parse import quote, urlencode

from readinglog.citations.cleaning import (
    ABSTRACT_LIMIT,
    clean_names,
    clean_text,
    clean_url,
    format_date,
)
from readinglog.citations.errors import WorkLookupError
from readinglog.citations.http.client import HttpClient
from readinglog.citations.http.errors import TRY_LATER
from readinglog.citations.markup_text import strip_markup
from readinglog.citations.sources.source import KeyField, LookupKey
from readinglog.citations.title_match import match_title
from readinglog.citations.work import LookupResult, Work
from readinglog.model import identifiers

NAME = "Crossref"
ADDRESS = "https://api.crossref.org/works"
KEYS: tuple[KeyField, ...] = ("doi", "title")

_SEARCH_RESULTS = 5
_MARKUP_LIMIT = 2_000  # characters of a text with its markup
_PAPERS = (
    "journal-article proceedings-article posted-content report report-component dissertation "
    "peer-review"
)
_BOOKS = (
    "book monograph edited-book reference-book book-chapter book-part book-section book-track "
    "reference-entry"
)
_KINDS = dict.fromkeys(_PAPERS.split(), "paper") | dict.fromkeys(_BOOKS.split(), "book")
_DATES = ("issued", "published", "published-online", "published-print", "posted")


def look_up(key: LookupKey, client: HttpClient, address: str) -> LookupResult:
    if key.field == "doi":
        url = f"{address}/{quote(key.value, safe='')}"
        return LookupResult(client.read_trusted(url, parse_crossref))
    query = urlencode({"query.bibliographic": key.value, "rows": _SEARCH_RESULTS})
    parse = partial(find_crossref_title, title=key.value)
    return LookupResult(client.read_trusted(f"{address}?{query}", parse))


def parse_crossref(answer: str) -> Work:
    """Return the work that Crossref describes. Raises WorkLookupError."""
    return _parse_item(_parse_message(answer))


def find_crossref_title(answer: str, title: str) -> Work:
    """Return the work with this title from search results. Raises WorkLookupError."""
    items = _list(_parse_message(answer).get("items"))
    return match_title(title, [_parse_item(item) for item in items if isinstance(item, dict)], NAME)


def _parse_message(answer: str) -> dict[str, object]:
    """Return the `message` of an answer, which holds all there is."""
    try:
        value = json.loads(answer)
    except (ValueError, RecursionError):
        value = None
    message = value.get("message") if isinstance(value, dict) else None
    if isinstance(message, dict):
        return message
    error = f"the answer of {NAME} is broken or incomplete"
    raise WorkLookupError(error, TRY_LATER, unreachable=True)


def _parse_item(item: dict[str, object]) -> Work:
    doi = clean_text(item.get("DOI"))
    arxiv = identifiers.parse_arxiv_id(doi) or ""
    url = clean_url(item.get("URL"))
    event = item.get("event")
    event_name = event.get("name") if isinstance(event, dict) else ""
    venues = (*_list(item.get("container-title")), event_name)
    abstract = strip_markup(clean_text(item.get("abstract"), 2 * ABSTRACT_LIMIT))
    return Work(
        title=_parse_title(item),
        authors=clean_names(_parse_names(item)),
        kind=_KINDS.get(clean_text(item.get("type")), ""),
        published=next(filter(None, (_parse_date(item.get(name)) for name in _DATES)), ""),
        url="" if identifiers.parse_doi(url) or identifiers.parse_arxiv_id(url) else url,
        arxiv=arxiv,
        doi="" if arxiv else identifiers.parse_doi(doi) or "",
        venue=next(filter(None, map(_clean_markup, venues)), ""),
        abstract=clean_text(re.sub(r"\A\s*Abstract\s", "", abstract), ABSTRACT_LIMIT),
    )


def _parse_title(item: dict[str, object]) -> str:
    """Return the title with its subtitle, unless the title contains that already."""
    title = next(filter(None, map(_clean_markup, _list(item.get("title")))), "")
    subtitle = next(filter(None, map(_clean_markup, _list(item.get("subtitle")))), "")
    if title and subtitle and subtitle.lower() not in title.lower():
        return f"{title.rstrip(':')}: {subtitle}"
    return title


def _parse_names(item: dict[str, object]) -> Iterator[str]:
    """Yield the authors, else the editors: given names first, organisations by their names."""
    for person in _list(item.get("author")) or _list(item.get("editor")):
        if isinstance(person, dict):
            parts = (_clean_markup(person.get(part)) for part in ("given", "family", "suffix"))
            whole_names = (_clean_markup(person.get(part)) for part in ("name", "literal"))
            yield " ".join(filter(None, parts)) or next(filter(None, whole_names), "")


def _parse_date(value: object) -> str:
    """Return `{"date-parts": [[2017, 1]]}` as `2017-01`; parts may be missing or null."""
    dates = _list(value.get("date-parts")) if isinstance(value, dict) else []
    numbers: list[int] = []
    for part in _list(dates[0])[:3] if dates else []:
        if not isinstance(part, int):
            break
        numbers.append(part)
    return format_date(*numbers) if numbers else ""


def _clean_markup(value: object) -> str:
    return clean_text(strip_markup(clean_text(value, _MARKUP_LIMIT)))


def _list(value: object) -> list[object]:
    return value if isinstance(value, list) else []
