"""What a page says of the work that is on it: `citation_*`, before JSON-LD, before Open Graph, before its title."""

from __future__ import annotations

from readinglog.citations.facts import (
    ABSTRACT_LIMIT,
    clean_names,
    clean_text,
    clean_url,
    merge_works,
    parse_date,
    put_given_name_first,
)
from readinglog.citations.kind_by_address import guess_kind
from readinglog.citations.sources.linked_data import parse_linked_data
from readinglog.citations.sources.page_head import Head, read_head
from readinglog.citations.work import Work
from readinglog.model import identifiers
from readinglog.model.slugs import fold

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
_BETWEEN = (" | ", " - ", " – ", " — ", " · ", " :: ", " « ")  # the title and the name of the site
_DEFAULT = "post"


def parse_page(html: str, url: str) -> Work:
    """The work on the page at `url`; it names its arXiv id or DOI where the page or its address does."""
    head = read_head(html)
    cited, linked, shared = _cited(head), parse_linked_data(head.scripts), _shared(head)
    found = merge_works(cited, linked, shared)
    site = head.first("og:site_name")
    kind = cited.kind or guess_kind(url) or linked.kind or shared.kind or _DEFAULT
    return found._replace(
        title=_without_site(found.title, site),
        kind=kind,
        venue=""
        if kind == "code"
        else found.venue,  # a forge is where it is, not where it was published
        url=clean_url(url),
        arxiv=identifiers.parse_arxiv_id(url) or found.arxiv,
        doi=identifiers.parse_doi(url) or found.doi,
    )


def _cited(head: Head) -> Work:
    """What Highwire's `citation_*` elements say, which scholarly pages have."""
    title = clean_text(head.first("citation_title"))
    people = head.all("citation_author", "citation_authors")
    doi = clean_text(head.first("citation_doi", "prism.doi", "dc.identifier.doi"))
    return Work(
        title=title,
        authors=clean_names(
            put_given_name_first(name)
            for people_ in people
            for name in clean_text(people_, 20_000).split(";")
        ),
        kind="paper" if title else "",
        published=next(filter(None, map(parse_date, (head.first(name) for name in _DATES))), ""),
        arxiv=identifiers.parse_arxiv_id(clean_text(head.first("citation_arxiv_id")))
        or identifiers.parse_arxiv_id(doi)
        or "",
        doi="" if identifiers.parse_arxiv_id(doi) else identifiers.parse_doi(doi) or "",
        venue=clean_text(head.first(*_VENUES)),
        abstract=clean_text(head.first("citation_abstract"), ABSTRACT_LIMIT),
    )


def _shared(head: Head) -> Work:
    """What Open Graph and plain `meta` elements say, made for cards in social networks."""
    people = (
        clean_text(name)
        for name in (*head.all("author"), *head.all("article:author"), *head.all("book:author"))
    )
    sort = clean_text(head.first("og:type")).lower()
    return Work(
        title=clean_text(head.first("og:title", "twitter:title")) or clean_text(head.title),
        authors=clean_names(name for name in people if not clean_url(name)),
        kind="talk"
        if sort.startswith("video")
        else {"book": "book", "article": "post"}.get(sort, ""),
        published=parse_date(
            head.first(
                "article:published_time",
                "og:published_time",
                "date",
                "dc.date",
                "video:release_date",
            )
        ),
        venue=clean_text(head.first("og:site_name")),
        abstract=clean_text(head.first("og:description", "description"), ABSTRACT_LIMIT),
    )


def _without_site(title: str, site: str) -> str:
    """`title` without the name of the site behind it, or before it."""
    for mark in _BETWEEN if site else ():
        before, between, after = title.rpartition(mark)
        if between and fold(after) == fold(clean_text(site)):
            return before
        before, between, after = title.partition(mark)
        if between and fold(before) == fold(clean_text(site)):
            return after
    return title
