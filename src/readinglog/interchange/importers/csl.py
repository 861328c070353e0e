"""CSL JSON, which Zotero, Mendeley, Paperpile and Pandoc write."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping

from readinglog.citations.cleaning import (
    ABSTRACT_LIMIT,
    clean_names,
    clean_text,
    clean_url,
    format_date,
    parse_date,
    parse_versioned_arxiv_id,
)
from readinglog.citations.kind_by_address import guess_kind
from readinglog.citations.markup_text import strip_html
from readinglog.citations.venue import VenuePlace, format_venue
from readinglog.citations.work import Work
from readinglog.interchange.importers.importer import (
    ImportFormatError,
    ImportResult,
    Proposal,
    SourceFiles,
)
from readinglog.interchange.importers.json_source import parse_json
from readinglog.interchange.importers.markdown_text import any_to_markdown
from readinglog.interchange.importers.work_proposal import (
    drop_repeated_address,
    list_lost_keys,
    propose_work,
    read_isbn,
)
from readinglog.model import identifiers
from readinglog.model.kinds import KINDS
from readinglog.model.schema import Schema

KIND = "csl"
SUMMARY = "a library in CSL JSON: Zotero, Mendeley, Paperpile, Pandoc"
IS_FOLDER = False
ADDS_TAGS = False
FORGETS = False

_KINDS = {
    **{kind.csl_type: kind.name for kind in reversed(list(KINDS.values())) if kind.is_work},
    **dict.fromkeys(
        "article-journal paper-conference chapter thesis report manuscript patent".split(), "paper"
    ),
    **dict.fromkeys("article-magazine article-newspaper".split(), "post"),
    "motion_picture": "talk",
}
_VENUES = ("container-title", "event-title", "event", "collection-title", "publisher", "genre")
_ARXIV = re.compile(r"arxiv", re.IGNORECASE)
_SEPARATOR = re.compile("[,;]")
_KEY = re.compile(r"[^\W\d_][\w:.+-]*")  # ids that people write, not numbers and addresses
_PARTS = frozenset({"chapter", "paper-conference", "entry-encyclopedia", "entry-dictionary"})
# What the note holds, and what programs keep for themselves.
_HELD = frozenset(
    "id type title author editor director issued DOI URL ISBN number archive archive_location "
    "keyword categories annote note citation-key citation-label accessed".split()
)


def read_proposals(files: SourceFiles, _: Schema) -> ImportResult:
    name = files.paths[0]
    data = parse_json(files.read(name), name)
    items = data.get("items") if isinstance(data, dict) else data
    if not isinstance(items, list) or not all(isinstance(item, dict) for item in items):
        message = f"{name} is not CSL JSON, which is a list of works"
        raise ImportFormatError(message, "export the library as CSL JSON")
    return ImportResult(tuple(_propose(item, at) for at, item in enumerate(items)))


def _propose(item: Mapping[str, object], at: int) -> Proposal:
    work = _read_work(item)
    id_ = clean_text(str(item.get("id") or item.get("citation-key") or "")) or work.title
    keywords = item.get("keyword") or item.get("categories") or ()
    if isinstance(keywords, str):
        keywords = _SEPARATOR.split(keywords)
    words = [clean_text(word) for word in keywords] if isinstance(keywords, list) else []
    notes = [
        any_to_markdown(str(item[name])) for name in ("annote", "note") if _has_note(item, name)
    ]
    is_part = clean_text(item.get("type")) in _PARTS
    isbn, lost = read_isbn(str(item.get("ISBN") or ""), is_part=is_part)
    key = clean_text(item.get("citation-key")) or (id_ if _KEY.fullmatch(id_) else "")
    return propose_work(
        id_ or f"item {at + 1}",
        work._replace(isbn=isbn, citation_key=key),
        list(filter(None, words)),
        notes,
        losses=(*list_lost_keys(item, _HELD, work), *lost),
    )


def _has_note(item: Mapping[str, object], name: str) -> bool:
    text = item.get(name)
    return isinstance(text, str) and bool(text.strip()) and not _ARXIV.match(text)


def _read_work(item: Mapping[str, object]) -> Work:
    url = clean_url(item.get("URL"))
    arxiv = next(filter(None, map(parse_versioned_arxiv_id, _list_arxiv_texts(item, url))), "")
    doi = identifiers.parse_doi(clean_text(item.get("DOI"))) or ""
    if identifiers.parse_arxiv_id(doi):
        doi = ""
    kind = _KINDS.get(clean_text(item.get("type")), "")
    if kind in ("", "post") and not arxiv:
        kind = guess_kind(url) or kind or ("paper" if doi else "post")
    venues = (clean_text(_first(item.get(name))) for name in _VENUES)
    venue = next((text for text in venues if text and not _ARXIV.match(text)), "")
    work = Work(
        title=clean_text(_first(item.get("title"))),
        authors=clean_names(_list_names(item)),
        kind="paper" if arxiv and kind != "book" else kind,
        published=_read_date(item),
        url=url,
        arxiv=arxiv,
        doi=doi,
        venue=_add_place(venue, item),
        abstract=clean_text(item.get("abstract"), ABSTRACT_LIMIT),
    )
    return drop_repeated_address(strip_html(work))


def _add_place(venue: str, item: Mapping[str, object]) -> str:
    """Return a venue with the place of an item in it."""
    if not venue or not clean_text(_first(item.get("container-title"))):
        return venue
    volume, number, pages = (
        "" if _ARXIV.match(text) else text
        for text in (clean_text(str(item.get(name) or "")) for name in ("volume", "issue", "page"))
    )
    is_journal = clean_text(item.get("type")) == "article-journal"
    return format_venue(venue, VenuePlace(volume, number, pages), is_journal=is_journal)


def _list_arxiv_texts(item: Mapping[str, object], url: str) -> Iterator[str]:
    yield url
    for name in ("number", "archive_location", "DOI", "note"):
        yield clean_text(item.get(name)).partition(" [")[0]


def _first(value: object) -> object:
    return value[0] if isinstance(value, list) and value else value


def _list_names(item: Mapping[str, object]) -> Iterator[str]:
    people = item.get("author") or item.get("editor") or item.get("director") or ()
    for person in people if isinstance(people, list) else ():
        if isinstance(person, dict):
            yield format_person(person)


def format_person(person: Mapping[str, object]) -> str:
    """Return a name of CSL as notes have it: one that is whole in braces where it needs them."""
    literal = clean_text(person.get("literal"))
    if literal:
        return f"{{{literal}}}" if re.search(r",|\band\b|&", literal) else literal
    parts = ("given", "dropping-particle", "non-dropping-particle", "family", "suffix")
    return " ".join(filter(None, (clean_text(person.get(part)) for part in parts)))


def _read_date(item: Mapping[str, object]) -> str:
    issued = item.get("issued")
    if not isinstance(issued, dict):
        return parse_date(issued)
    try:
        parts = [int(part) for part in _first(issued.get("date-parts")) or ()]  # type: ignore[attr-defined]
    except (TypeError, ValueError):
        parts = []
    written = next((issued[name] for name in ("raw", "literal") if issued.get(name)), "")
    return format_date(*parts[:3]) if parts else parse_date(json.loads(json.dumps(written)))
