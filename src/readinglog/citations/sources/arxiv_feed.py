"""The Atom feeds that the API of arXiv answers with."""

from __future__ import annotations

import re
from xml.etree.ElementTree import Element

from readinglog.citations.cleaning import (
    ABSTRACT_LIMIT,
    clean_names,
    find_repository,
    parse_date,
)
from readinglog.citations.errors import WorkLookupError
from readinglog.citations.sources.xml_answer import get_text, parse_xml
from readinglog.citations.title_match import match_title
from readinglog.citations.work import Work
from readinglog.model import identifiers

ARXIV = "arXiv"  # as messages call it

_ATOM = "{http://www.w3.org/2005/Atom}"
_EXTENSION = "{http://arxiv.org/schemas/atom}"
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


def parse_arxiv_feed(feed: str, arxiv: str) -> Work:
    """Return the paper with the id `arxiv`, whose version is kept. Raises WorkLookupError."""
    message = f"{ARXIV} has no paper `{arxiv}`"
    for entry in _parse_entries(feed):
        if _ERROR_ID in get_text(entry, f"{_ATOM}id"):
            reason = get_text(entry, f"{_ATOM}summary")[:_QUOTED_ERROR]
            message = f"{message} ({reason})"
            break
        work = _parse_entry(entry)
        if work.arxiv == identifiers.parse_arxiv_id(arxiv) and work.title:
            return work._replace(arxiv=arxiv)
    raise WorkLookupError(message, "check the id")


def find_arxiv_title(feed: str, title: str) -> Work:
    """Return the paper with this title from a feed of search results. Raises WorkLookupError."""
    return match_title(title, [_parse_entry(entry) for entry in _parse_entries(feed)], ARXIV)


def _parse_entries(feed: str) -> list[Element]:
    return parse_xml(feed, ARXIV, "a feed").findall(f"{_ATOM}entry")


def _parse_entry(entry: Element) -> Work:
    abstract = get_text(entry, f"{_ATOM}summary", ABSTRACT_LIMIT)
    comment = get_text(entry, f"{_EXTENSION}comment")
    reference = get_text(entry, f"{_EXTENSION}journal_ref")
    return Work(
        title=get_text(entry, f"{_ATOM}title"),
        authors=clean_names(
            get_text(author, f"{_ATOM}name") for author in entry.iter(f"{_ATOM}author")
        ),
        kind="paper",
        published=parse_date(get_text(entry, f"{_ATOM}published")),
        arxiv=identifiers.parse_arxiv_id(get_text(entry, f"{_ATOM}id")) or "",
        doi=identifiers.parse_doi(get_text(entry, f"{_EXTENSION}doi")) or "",
        venue=find_venue(reference, comment),
        code=find_repository(comment) or find_repository(abstract),
        abstract=abstract,
    )


def find_venue(reference: str, comment: str) -> str:
    """Return where a paper was published by its reference to a journal, else by the comment."""
    return reference if 0 < len(reference) <= _VENUE_LIMIT else _find_conference(comment)


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
