"""arXiv, whose API answers with an Atom feed."""

from __future__ import annotations

import re
import xml.etree.ElementTree as ET  # a feed that declares entities is refused before it is parsed
from urllib.parse import urlencode

from readinglog.citations.cleaning import (
    ABSTRACT_LIMIT,
    TEXT_LIMIT,
    clean_names,
    clean_text,
    find_repository,
    parse_date,
)
from readinglog.citations.errors import WorkLookupError
from readinglog.citations.http.client import HttpClient
from readinglog.citations.http.errors import TRY_LATER
from readinglog.citations.sources.source import KeyField, LookupKey, LookupResult
from readinglog.citations.title_match import match_title
from readinglog.citations.work import Work
from readinglog.model import identifiers

NAME = "arXiv"
ADDRESS = "https://export.arxiv.org/api/query"
KEYS: tuple[KeyField, ...] = ("arxiv", "title")

_SEARCH_RESULTS = 5
_SEARCH_WORDS = 20  # of a title
_ATOM = "{http://www.w3.org/2005/Atom}"
_ARXIV = "{http://arxiv.org/schemas/atom}"
_ERROR_ID = "arxiv.org/api/errors"
_QUOTED_ERROR = 100  # characters of an error of the service
_VENUE_LIMIT = 80  # characters of a journal reference that can stand as a venue
_NOT_PUBLISHED = re.compile(
    r"submitted|submission|review|reject|withdrawn|workshop|extended|preliminary|rebuttal",
    re.IGNORECASE,
)
_CONFERENCE = re.compile(
    r"(?:(?i:accepted|published|appeared|presented|to appear|camera[ -]ready)\b[^A-Z0-9]{0,60}"
    r"|(?i:in|at) )?(?:the )?"
    r"(?P<name>[A-Z][a-z]*+[A-Z][A-Za-z]*+) ?(?P<year>(?:19|20)[0-9]{2}|['’][0-9]{2})\b",
)


def look_up(key: LookupKey, client: HttpClient, address: str) -> LookupResult:
    if key.field == "arxiv":
        query = urlencode({"id_list": key.value, "max_results": 1})
        feed = client.get_trusted(f"{address}?{query}").text
        return LookupResult(parse_arxiv_feed(feed, key.value))
    words = " ".join(re.findall(r"\w+", key.value)[:_SEARCH_WORDS])
    query = urlencode({"search_query": f'ti:"{words}"', "max_results": _SEARCH_RESULTS})
    feed = client.get_trusted(f"{address}?{query}").text
    return LookupResult(find_arxiv_title(feed, key.value))


def parse_arxiv_feed(feed: str, arxiv: str) -> Work:
    """Return the paper with the id `arxiv`, whose version is kept. Raises WorkLookupError."""
    message = f"{NAME} has no paper `{arxiv}`"
    for entry in _parse_entries(feed):
        if _ERROR_ID in _get_text(entry, f"{_ATOM}id"):
            reason = _get_text(entry, f"{_ATOM}summary")[:_QUOTED_ERROR]
            message = f"{message} ({reason})"
            break
        work = _parse_entry(entry)
        if work.arxiv == identifiers.parse_arxiv_id(arxiv) and work.title:
            return work._replace(arxiv=arxiv)
    raise WorkLookupError(message, "check the id")


def find_arxiv_title(feed: str, title: str) -> Work:
    """Return the paper with this title from a feed of search results. Raises WorkLookupError."""
    return match_title(title, [_parse_entry(entry) for entry in _parse_entries(feed)], NAME)


def _parse_entries(feed: str) -> list[ET.Element]:
    if "<!DOCTYPE" in feed or "<!ENTITY" in feed:
        message = f"the answer of {NAME} is not a feed"
        raise WorkLookupError(message, TRY_LATER, unreachable=True)
    try:
        root = ET.fromstring(feed)  # noqa: S314 - without a DOCTYPE there is nothing to expand
    except (ET.ParseError, ValueError):
        message = f"the answer of {NAME} is broken or incomplete"
        raise WorkLookupError(message, TRY_LATER, unreachable=True) from None
    return root.findall(f"{_ATOM}entry")


def _parse_entry(entry: ET.Element) -> Work:
    abstract = _get_text(entry, f"{_ATOM}summary", ABSTRACT_LIMIT)
    comment = _get_text(entry, f"{_ARXIV}comment")
    reference = _get_text(entry, f"{_ARXIV}journal_ref")
    return Work(
        title=_get_text(entry, f"{_ATOM}title"),
        authors=clean_names(
            _get_text(author, f"{_ATOM}name") for author in entry.iter(f"{_ATOM}author")
        ),
        kind="paper",
        published=parse_date(_get_text(entry, f"{_ATOM}published")),
        arxiv=identifiers.parse_arxiv_id(_get_text(entry, f"{_ATOM}id")) or "",
        doi=identifiers.parse_doi(_get_text(entry, f"{_ARXIV}doi")) or "",
        venue=reference if 0 < len(reference) <= _VENUE_LIMIT else _find_conference(comment),
        code=find_repository(comment) or find_repository(abstract),
        abstract=abstract,
    )


def _get_text(element: ET.Element, tag: str, limit: int = TEXT_LIMIT) -> str:
    return clean_text(element.findtext(tag), limit)


def _find_conference(comment: str) -> str:
    """Return the conference that an author's comment clearly states, or "".

    Such comments are `Accepted at NeurIPS 2023` and `ICLR 2024 (oral)`.
    """
    if _NOT_PUBLISHED.search(comment):
        return ""
    for part in re.split(r"[;,.] |\n", f"{comment} "):
        if found := _CONFERENCE.match(part.strip()):
            year = found["year"].replace("'", "20").replace("’", "20")
            return f"{found['name']} {year}"
    return ""
