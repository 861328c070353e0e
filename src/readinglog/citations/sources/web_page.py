"""The page of a work: `citation_*` elements before JSON-LD, Open Graph and the title."""

from __future__ import annotations

import re

from readinglog.citations.cleaning import (
    ABSTRACT_LIMIT,
    clean_names,
    clean_text,
    clean_url,
    merge_works,
    parse_date,
    put_given_name_first,
)
from readinglog.citations.http.client import HttpClient
from readinglog.citations.http.response_cache import Response
from readinglog.citations.kind_by_address import guess_kind
from readinglog.citations.sources.linked_data import parse_linked_data
from readinglog.citations.sources.page_head import Head, decode_page, read_head
from readinglog.citations.sources.source import KeyField, LookupKey
from readinglog.citations.work import LookupResult, Work
from readinglog.model import identifiers
from readinglog.model.slugs import fold

NAME = "web page"
ADDRESS = ""
KEYS: tuple[KeyField, ...] = ("url",)

_CHARSET = re.compile(r"charset=[\"']?([\w-]+)", re.IGNORECASE)
_MEDIA_TYPE = re.compile(r"[\w/.+-]+")
_VENUES = (
    "citation_journal_title",
    "citation_conference_title",
    "citation_conference",
    "citation_inbook_title",
    "citation_dissertation_institution",
)
_DATES = (
    "citation_publication_date",
    "citation_date",
    "citation_online_date",
    "citation_cover_date",
)
_SHARED_DATES = (
    "article:published_time",
    "og:published_time",
    "date",
    "dc.date",
    "video:release_date",
)
_SHARED_KINDS = {"book": "book", "article": "post"}  # by `og:type`
_AUTHORS_LIMIT = 20_000  # characters of all authors in one element
_SEPARATORS = (" | ", " - ", " – ", " — ", " · ", " :: ", " « ")  # of a title and its site's name
_DEFAULT_KIND = "post"


def look_up(key: LookupKey, client: HttpClient, _: str) -> LookupResult:
    """Return the work on the page at the address `key`; of a PDF, that it may be a paper."""
    page = client.get_untrusted(key.value)
    if page.data:
        return LookupResult(parse_response(page, key.value))
    media_type = _MEDIA_TYPE.match(page.content_type)
    content = media_type[0] if media_type else "nothing"
    kind = "paper" if "pdf" in page.content_type.lower() else ""
    remark = f"there is {content} at this address, not a web page: nothing is read from it"
    return LookupResult(Work(url=key.value, kind=kind), (remark,))


def parse_response(page: Response, url: str) -> Work:
    """Return the work on a page that was fetched; `url` is what the work's address should be."""
    charset = _CHARSET.search(page.content_type)
    return parse_page(decode_page(page.data, charset[1] if charset else ""), url)


def parse_page(html: str, url: str) -> Work:
    """Return the work on the page at `url`, with the arXiv id or DOI of the page or its address."""
    head = read_head(html)
    cited, linked, shared = _parse_citation(head), parse_linked_data(head.scripts), _parse_og(head)
    found = merge_works(cited, linked, shared)
    kind = cited.kind or guess_kind(url) or linked.kind or shared.kind or _DEFAULT_KIND
    return found._replace(
        title=_remove_site(found.title, clean_text(head.get_first("og:site_name"))),
        kind=kind,
        venue="" if kind == "code" else found.venue,  # a forge hosts code, it does not publish it
        url=clean_url(url),
        arxiv=identifiers.parse_arxiv_id(url) or found.arxiv,
        doi=identifiers.parse_doi(url) or found.doi,
        isbn=_find_isbn(head) if kind == "book" else "",
    )


def _find_isbn(head: Head) -> str:
    """Return the ISBN of the book that a page is about."""
    names = ("citation_isbn", "book:isbn", "books:isbn", "og:isbn", "isbn")
    return identifiers.parse_isbn(clean_text(head.get_first(*names))) or ""


def parse_citation(html: str) -> Work:
    """Return the work that the `citation_*` elements of a page describe."""
    return _parse_citation(read_head(html))


def _parse_citation(head: Head) -> Work:
    """Return the work that Highwire's `citation_*` elements describe, as on scholarly pages."""
    title = clean_text(head.get_first("citation_title"))
    doi = clean_text(head.get_first("citation_doi", "prism.doi", "dc.identifier.doi"))
    arxiv_of_doi = identifiers.parse_arxiv_id(doi) or ""
    arxiv = identifiers.parse_arxiv_id(clean_text(head.get_first("citation_arxiv_id")))
    names = [
        name
        for value in head.get_all("citation_author", "citation_authors")
        for name in clean_text(value, _AUTHORS_LIMIT).split(";")
    ]
    return Work(
        title=title,
        authors=clean_names(map(put_given_name_first, names)),
        kind="paper" if title else "",
        published=next(filter(None, (parse_date(head.get_first(name)) for name in _DATES)), ""),
        arxiv=arxiv or arxiv_of_doi,
        doi="" if arxiv_of_doi else identifiers.parse_doi(doi) or "",
        venue=clean_text(head.get_first(*_VENUES)),
        abstract=clean_text(head.get_first("citation_abstract"), ABSTRACT_LIMIT),
    )


def _parse_og(head: Head) -> Work:
    """Return the work that Open Graph and plain `meta` elements describe."""
    names = (*head.get_all("author"), *head.get_all("article:author"), *head.get_all("book:author"))
    og_type = clean_text(head.get_first("og:type")).lower()
    return Work(
        title=clean_text(head.get_first("og:title", "twitter:title")) or clean_text(head.title),
        authors=clean_names(name for name in map(clean_text, names) if not clean_url(name)),
        kind="talk" if og_type.startswith("video") else _SHARED_KINDS.get(og_type, ""),
        published=parse_date(head.get_first(*_SHARED_DATES)),
        venue=clean_text(head.get_first("og:site_name")),
        abstract=clean_text(head.get_first("og:description", "description"), ABSTRACT_LIMIT),
    )


def _remove_site(title: str, site: str) -> str:
    """Return `title` without the name of its site at the end or the beginning."""
    if not site:
        return title
    for separator in _SEPARATORS:
        rest, found, last = title.rpartition(separator)
        if found and fold(last) == fold(site):
            return rest
        first, found, rest = title.partition(separator)
        if found and fold(first) == fold(site):
            return rest
    return title
