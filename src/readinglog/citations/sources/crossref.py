"""The JSON with which Crossref's API answers."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from itertools import takewhile
from typing import cast

from readinglog.citations.facts import (
    ABSTRACT_LIMIT,
    LookupFailure,
    clean_names,
    clean_text,
    clean_url,
    format_date,
)
from readinglog.citations.markup_text import strip_markup
from readinglog.citations.title_match import match_title
from readinglog.citations.work import Work
from readinglog.model import identifiers

_KINDS = {
    **dict.fromkeys(
        "journal-article proceedings-article posted-content report report-component dissertation peer-review".split(),
        "paper",
    ),
    **dict.fromkeys(
        "book monograph edited-book reference-book book-chapter book-part book-section book-track reference-entry".split(),
        "book",
    ),
}
_DATES = ("issued", "published", "published-online", "published-print", "posted")
_BROKEN = LookupFailure(
    "answers with something that is broken or cut short: try again later", again=True
)


def parse_crossref(answer: str) -> Work | LookupFailure:
    """The work that the service describes under its DOI."""
    message = _message(answer)
    return _BROKEN if message is None else _work(message)


def find_crossref_title(answer: str, title: str) -> Work | LookupFailure:
    """The work of that title among those that a bibliographic query found."""
    message = _message(answer)
    if message is None:
        return _BROKEN
    return match_title(
        title, [_work(item) for item in _list(message.get("items")) if isinstance(item, dict)]
    )


def _message(answer: str) -> dict[str, object] | None:
    try:
        value = json.loads(answer)
    except (ValueError, RecursionError):
        return None
    message = value.get("message") if isinstance(value, dict) else None
    return message if isinstance(message, dict) else None


def _work(message: dict[str, object]) -> Work:
    doi = clean_text(message.get("DOI"))
    url = clean_url(message.get("URL"))
    event = message.get("event")
    venues = (
        *_list(message.get("container-title")),
        event.get("name") if isinstance(event, dict) else "",
    )
    abstract = strip_markup(clean_text(message.get("abstract"), 2 * ABSTRACT_LIMIT))
    return Work(
        title=_title(message),
        authors=clean_names(_names(message)),
        kind=_KINDS.get(clean_text(message.get("type")), ""),
        published=next(filter(None, (_date(message.get(name)) for name in _DATES)), ""),
        url="" if identifiers.parse_doi(url) or identifiers.parse_arxiv_id(url) else url,
        arxiv=identifiers.parse_arxiv_id(doi) or "",
        doi="" if identifiers.parse_arxiv_id(doi) else identifiers.parse_doi(doi) or "",
        venue=next(filter(None, map(_typeset, venues)), ""),
        abstract=clean_text(re.sub(r"\A\s*Abstract\s", "", abstract), ABSTRACT_LIMIT),
    )


def _title(message: dict[str, object]) -> str:
    """The title with its subtitle, where the title does not say that one too."""
    title, *_ = (*filter(None, map(_typeset, _list(message.get("title")))), "")
    subtitle, *_ = (*filter(None, map(_typeset, _list(message.get("subtitle")))), "")
    return (
        f"{title.rstrip(':')}: {subtitle}"
        if title and subtitle and subtitle.lower() not in title.lower()
        else title
    )


def _names(message: dict[str, object]) -> Iterator[str]:
    """The authors, else the editors, given names first; organisations by theirs."""
    for person in _list(message.get("author")) or _list(message.get("editor")):
        if isinstance(person, dict):
            parts = (_typeset(person.get(part)) for part in ("given", "family", "suffix"))
            yield (
                " ".join(filter(None, parts))
                or _typeset(person.get("name"))
                or _typeset(person.get("literal"))
            )


def _date(value: object) -> str:
    """`{"date-parts": [[2017, 1]]}` as 2017-01; parts may be missing or null."""
    parts = _list(value.get("date-parts")) if isinstance(value, dict) else []
    numbers = (
        list(takewhile(lambda part: isinstance(part, int), _list(parts[0])[:3])) if parts else []
    )
    return format_date(*cast("list[int]", numbers)) if numbers else ""


def _typeset(value: object) -> str:
    return clean_text(strip_markup(clean_text(value, 2_000)))


def _list(value: object) -> list[object]:
    return value if isinstance(value, list) else []
