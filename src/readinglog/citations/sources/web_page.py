"""What a page says of the work that is on it: `citation_*`, before JSON-LD, before Open Graph, before its title."""

from __future__ import annotations

from readinglog.citations.facts import ABSTRACT_LIMIT, address, given_first, names, published, text, together
from readinglog.citations.kind_by_address import kind_of
from readinglog.citations.sources.linked_data import linked_work
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
_DATES = ("citation_publication_date", "citation_date", "citation_online_date", "citation_cover_date")
_BETWEEN = (" | ", " - ", " – ", " — ", " · ", " :: ", " « ")  # the title and the name of the site
_DEFAULT = "post"


def page_work(html: str, url: str) -> Work:
    """The work on the page at `url`; it names its arXiv id or DOI where the page or its address does."""
    head = read_head(html)
    cited, linked, shared = _cited(head), linked_work(head.scripts), _shared(head)
    found = together(cited, linked, shared)
    site = head.first("og:site_name")
    kind = cited.kind or kind_of(url) or linked.kind or shared.kind or _DEFAULT
    return found._replace(
        title=_without_site(found.title, site),
        kind=kind,
        venue="" if kind == "code" else found.venue,  # a forge is where it is, not where it was published
        url=address(url),
        arxiv=identifiers.arxiv_id(url) or found.arxiv,
        doi=identifiers.doi(url) or found.doi,
    )


def _cited(head: Head) -> Work:
    """What Highwire's `citation_*` elements say, which scholarly pages have."""
    title = text(head.first("citation_title"))
    people = head.all("citation_author", "citation_authors")
    doi = text(head.first("citation_doi", "prism.doi", "dc.identifier.doi"))
    return Work(
        title=title,
        authors=names(given_first(name) for people_ in people for name in text(people_, 20_000).split(";")),
        kind="paper" if title else "",
        published=next(filter(None, map(published, (head.first(name) for name in _DATES))), ""),
        arxiv=identifiers.arxiv_id(text(head.first("citation_arxiv_id"))) or identifiers.arxiv_id(doi) or "",
        doi="" if identifiers.arxiv_id(doi) else identifiers.doi(doi) or "",
        venue=text(head.first(*_VENUES)),
        abstract=text(head.first("citation_abstract"), ABSTRACT_LIMIT),
    )


def _shared(head: Head) -> Work:
    """What Open Graph and plain `meta` elements say, made for cards in social networks."""
    people = (text(name) for name in (*head.all("author"), *head.all("article:author"), *head.all("book:author")))
    sort = text(head.first("og:type")).lower()
    return Work(
        title=text(head.first("og:title", "twitter:title")) or text(head.title),
        authors=names(name for name in people if not address(name)),
        kind="talk" if sort.startswith("video") else {"book": "book", "article": "post"}.get(sort, ""),
        published=published(head.first("article:published_time", "og:published_time", "date", "dc.date", "video:release_date")),
        venue=text(head.first("og:site_name")),
        abstract=text(head.first("og:description", "description"), ABSTRACT_LIMIT),
    )


def _without_site(title: str, site: str) -> str:
    """`title` without the name of the site behind it, or before it."""
    for mark in _BETWEEN if site else ():
        before, between, after = title.rpartition(mark)
        if between and fold(after) == fold(text(site)):
            return before
        before, between, after = title.partition(mark)
        if between and fold(before) == fold(text(site)):
            return after
    return title
