"""The Atom feed with which arXiv's API answers."""

from __future__ import annotations

import re
import xml.etree.ElementTree as ET  # a feed that declares entities is refused before it is parsed
from collections.abc import Iterator

from readinglog.citations.facts import (
    ABSTRACT_LIMIT,
    LookupFailure,
    clean_names,
    clean_text,
    find_repository,
    parse_date,
)
from readinglog.citations.title_match import match_title
from readinglog.citations.work import Work
from readinglog.model import identifiers

_ATOM = "{http://www.w3.org/2005/Atom}"
_ARXIV = "{http://arxiv.org/schemas/atom}"
_ERROR = "arxiv.org/api/errors"
_SHORT = 80  # characters of a reference to a journal that can stand as a venue
_NOT_THERE = re.compile(
    r"submitted|submission|review|reject|withdrawn|workshop|extended|preliminary|rebuttal",
    re.IGNORECASE,
)
_CONFERENCE = re.compile(
    r"(?:(?i:accepted|published|appeared|presented|to appear|camera[ -]ready)\b[^A-Z0-9]{0,60}|(?i:in|at) )?(?:the )?"
    r"(?P<name>[A-Z][a-z]*+[A-Z][A-Za-z]*+) ?(?P<year>(?:19|20)[0-9]{2}|['’][0-9]{2})\b",
)


def parse_arxiv_feed(feed: str, asked: str) -> Work | LookupFailure:
    """The paper whose id was `asked` for; a version in it is kept."""
    entries = _entries(feed)
    if isinstance(entries, LookupFailure):
        return entries
    for entry in entries:
        if _ERROR in _text(entry, f"{_ATOM}id"):
            return LookupFailure(
                f"has no paper `{asked}` ({_text(entry, f'{_ATOM}summary')[:100]}): check the id"
            )
        work = _work(entry)
        if work.arxiv == identifiers.parse_arxiv_id(asked) and work.title:
            return work._replace(arxiv=asked)
    return LookupFailure(f"has no paper `{asked}`: check the id")


def find_arxiv_title(feed: str, title: str) -> Work | LookupFailure:
    """The paper of that title among those of a feed."""
    entries = _entries(feed)
    return (
        entries
        if isinstance(entries, LookupFailure)
        else match_title(title, [_work(entry) for entry in entries])
    )


def _entries(feed: str) -> list[ET.Element] | LookupFailure:
    if "<!DOCTYPE" in feed or "<!ENTITY" in feed:
        return LookupFailure("answers with something else than a feed: try again later", again=True)
    try:
        root = ET.fromstring(feed)  # noqa: S314 - without a DOCTYPE there is nothing to expand
    except (ET.ParseError, ValueError):
        return LookupFailure(
            "answers with a feed that is broken or cut short: try again later", again=True
        )
    return root.findall(f"{_ATOM}entry")


def _work(entry: ET.Element) -> Work:
    abstract, comment = (
        _text(entry, f"{_ATOM}summary", ABSTRACT_LIMIT),
        _text(entry, f"{_ARXIV}comment"),
    )
    reference = _text(entry, f"{_ARXIV}journal_ref")
    return Work(
        title=_text(entry, f"{_ATOM}title"),
        authors=clean_names(_names(entry)),
        kind="paper",
        published=parse_date(_text(entry, f"{_ATOM}published")),
        arxiv=identifiers.parse_arxiv_id(_text(entry, f"{_ATOM}id")) or "",
        doi=identifiers.parse_doi(_text(entry, f"{_ARXIV}doi")) or "",
        venue=reference if 0 < len(reference) <= _SHORT else _venue(comment),
        code=find_repository(comment) or find_repository(abstract),
        abstract=abstract,
    )


def _names(entry: ET.Element) -> Iterator[str]:
    for author in entry.iter(f"{_ATOM}author"):
        yield _text(author, f"{_ATOM}name")


def _text(element: ET.Element, tag: str, limit: int = 500) -> str:
    return clean_text(element.findtext(tag), limit)


def _venue(comment: str) -> str:
    """The conference that a comment names beyond doubt: `Accepted at NeurIPS 2023`, `ICLR 2024 (oral)`."""
    if _NOT_THERE.search(comment):
        return ""
    for part in re.split(r"[;,.] |\n", f"{comment} "):
        if found := _CONFERENCE.match(part.strip()):
            year = found["year"]
            return f"{found['name']} {year if len(year) == 4 else f'20{year[1:]}'}"
    return ""
