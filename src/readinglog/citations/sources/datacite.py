"""DataCite, which registers the DOIs of arXiv, Zenodo and most repositories of data and code."""

from __future__ import annotations

import json
from collections.abc import Iterator
from functools import partial
from urllib.parse import quote

from readinglog.citations.cleaning import (
    ABSTRACT_LIMIT,
    clean_names,
    clean_text,
    parse_date,
    put_given_name_first,
)
from readinglog.citations.errors import WorkLookupError
from readinglog.citations.http.client import HttpClient
from readinglog.citations.http.errors import TRY_LATER, FetchError
from readinglog.citations.markup_text import strip_markup
from readinglog.citations.sources.source import KeyField, LookupKey
from readinglog.citations.work import LookupResult, Work
from readinglog.model import identifiers

NAME = "DataCite"
ADDRESS = "https://api.datacite.org/dois"
KEYS: tuple[KeyField, ...] = ("arxiv", "doi")

_ARXIV_DOI = "10.48550/arxiv."
_KINDS = {
    "audiovisual": "talk",
    "book": "book",
    "bookchapter": "book",
    "conferencepaper": "paper",
    "datapaper": "paper",
    "dataset": "dataset",
    "dissertation": "paper",
    "journalarticle": "paper",
    "preprint": "paper",
    "report": "paper",
    "software": "code",
    "sound": "podcast",
    "text": "paper",
}
_DATES = ("Submitted", "Created", "Issued", "Available", "Copyrighted")  # the first that is there
_NO_VENUES = frozenset({"arxiv", "corr"})


def look_up(key: LookupKey, client: HttpClient, address: str) -> LookupResult:
    arxiv = identifiers.parse_arxiv_id(key.value) if key.field == "arxiv" else None
    doi = f"{_ARXIV_DOI}{arxiv}" if arxiv else key.value
    parse = partial(parse_datacite, key=key)
    try:
        return LookupResult(client.read_trusted(f"{address}/{quote(doi, safe='/')}", parse))
    except FetchError as error:
        if not error.status or error.unreachable:
            raise
        message = f"{NAME} has no work `{key.value}`"
        raise WorkLookupError(message, "check the id") from None


def parse_datacite(answer: str, key: LookupKey) -> Work:
    """Return the work that DataCite describes; `key` says how it is known.

    Raises WorkLookupError, as unreachable, where the answer is not whole.
    """
    try:
        value = json.loads(answer)
    except (ValueError, RecursionError):
        value = None
    facts = _dict(_dict(_dict(value).get("data")).get("attributes"))
    title = _parse_title(facts)
    if not title:
        message = f"the answer of {NAME} is broken or incomplete"
        raise WorkLookupError(message, TRY_LATER, unreachable=True)
    kind = clean_text(_dict(facts.get("types")).get("resourceTypeGeneral")).lower()
    doi = identifiers.parse_doi(clean_text(facts.get("doi"))) or ""
    arxiv = key.value if key.field == "arxiv" else identifiers.parse_arxiv_id(doi) or ""
    return Work(
        title=title,
        authors=clean_names(_parse_names(facts)),
        kind="paper" if arxiv else _KINDS.get(kind, ""),
        published=_parse_published(facts),
        arxiv=arxiv,
        doi="" if arxiv else doi,
        venue=_parse_venue(facts),
        abstract=_parse_abstract(facts),
    )


def _parse_title(facts: dict[str, object]) -> str:
    """Return the title with its subtitle; translations and other titles are left out."""
    titles = [_dict(title) for title in _list(facts.get("titles"))]
    main = [title for title in titles if not title.get("titleType")] or titles
    below = [title for title in titles if title.get("titleType") == "Subtitle"]
    shown = [clean_text(strip_markup(clean_text(t.get("title")))) for t in (*main[:1], *below[:1])]
    return ": ".join(dict.fromkeys(filter(None, shown)))


def _parse_names(facts: dict[str, object]) -> Iterator[str]:
    """Yield the creators, given names first."""
    for creator in map(_dict, _list(facts.get("creators"))):
        parts = [clean_text(creator.get(part)) for part in ("givenName", "familyName")]
        name = clean_text(creator.get("name"))
        is_person = creator.get("nameType") != "Organizational"
        yield " ".join(parts) if all(parts) else put_given_name_first(name) if is_person else name


def _parse_published(facts: dict[str, object]) -> str:
    """Return the day of the first version, else that of publication, else the year."""
    dates = [_dict(date) for date in _list(facts.get("dates"))]
    year = clean_text(str(facts.get("publicationYear") or ""))
    for kind in _DATES:
        found = [parse_date(date.get("date")) for date in dates if date.get("dateType") == kind]
        if known := sorted(filter(None, found)):
            return known[0]
    return parse_date(year)


def _parse_venue(facts: dict[str, object]) -> str:
    publisher = facts.get("publisher")
    name = _dict(publisher).get("name") if isinstance(publisher, dict) else publisher
    names = (clean_text(_dict(facts.get("container")).get("title")), clean_text(name))
    return next((name for name in names if name and name.lower() not in _NO_VENUES), "")


def _parse_abstract(facts: dict[str, object]) -> str:
    for text in map(_dict, _list(facts.get("descriptions"))):
        if text.get("descriptionType") == "Abstract":
            return clean_text(strip_markup(clean_text(text.get("description"), ABSTRACT_LIMIT)))
    return ""


def _dict(value: object) -> dict[str, object]:
    return value if isinstance(value, dict) else {}


def _list(value: object) -> list[object]:
    return value if isinstance(value, list) else []
