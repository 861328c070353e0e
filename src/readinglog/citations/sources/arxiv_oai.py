"""The records of arXiv by OAI-PMH, the protocol that is made for programs."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial
from urllib.parse import urlencode
from xml.etree.ElementTree import Element

from readinglog.citations.cleaning import (
    ABSTRACT_LIMIT,
    clean_names,
    find_repository,
    parse_date,
)
from readinglog.citations.errors import WorkLookupError
from readinglog.citations.http.client import HttpClient
from readinglog.citations.http.errors import TRY_LATER
from readinglog.citations.latex_text import latex_to_text
from readinglog.citations.sources.arxiv_feed import ARXIV, find_venue
from readinglog.citations.sources.source import KeyField, LookupKey
from readinglog.citations.sources.xml_answer import get_text, parse_xml
from readinglog.citations.work import LookupResult, Work
from readinglog.model import identifiers

NAME = "arXiv OAI-PMH"
ADDRESS = "https://oaipmh.arxiv.org/oai"
KEYS: tuple[KeyField, ...] = ("arxiv",)

_OAI = "{http://www.openarchives.org/OAI/2.0/}"
_RECORD = "{http://arxiv.org/OAI/arXiv/}"
_NO_RECORD = frozenset({"idDoesNotExist", "badArgument", "noRecordsMatch"})


def look_up(key: LookupKey, client: HttpClient, address: str) -> LookupResult:
    query = urlencode(
        {
            "verb": "GetRecord",
            "identifier": f"oai:arXiv.org:{identifiers.parse_arxiv_id(key.value)}",
            "metadataPrefix": "arXiv",
        },
        safe=":/",
    )
    parse = partial(parse_record, arxiv=key.value)
    return LookupResult(client.read_trusted(f"{address}?{query}", parse))


def parse_record(answer: str, arxiv: str) -> Work:
    """Return the paper with the id `arxiv`, whose version is kept. Raises WorkLookupError."""
    root = parse_xml(answer, NAME, "a record")
    error = root.find(f"{_OAI}error")
    if error is not None and error.get("code") in _NO_RECORD:
        message = f"{ARXIV} has no paper `{arxiv}`"
        raise WorkLookupError(message, "check the id")
    record = next(root.iter(f"{_RECORD}arXiv"), None)
    if record is None or not get_text(record, f"{_RECORD}title"):
        message = f"the answer of {NAME} is not a record"
        raise WorkLookupError(message, TRY_LATER, unreachable=True)
    if get_text(record, f"{_RECORD}id").lower() != identifiers.parse_arxiv_id(arxiv):
        message = f"{ARXIV} has no paper `{arxiv}`"
        raise WorkLookupError(message, "check the id")
    return _parse_fields(record)._replace(arxiv=arxiv)


def _parse_fields(record: Element) -> Work:
    comment = get_text(record, f"{_RECORD}comments")
    abstract = get_text(record, f"{_RECORD}abstract", ABSTRACT_LIMIT)
    return Work(
        title=get_text(record, f"{_RECORD}title"),
        authors=clean_names(_parse_names(record)),
        kind="paper",
        published=parse_date(get_text(record, f"{_RECORD}created")),
        doi=identifiers.parse_doi(get_text(record, f"{_RECORD}doi").partition(" ")[0]) or "",
        venue=find_venue(get_text(record, f"{_RECORD}journal-ref"), comment),
        code=find_repository(comment) or find_repository(abstract),
        abstract=abstract,
    )


def _parse_names(record: Element) -> Iterator[str]:
    for author in record.iter(f"{_RECORD}author"):
        names = (
            get_text(author, f"{_RECORD}{part}") for part in ("forenames", "keyname", "suffix")
        )
        yield latex_to_text(" ".join(filter(None, names)))
