"""CSL JSON, which reference managers read."""

from __future__ import annotations

import json
from collections.abc import Sequence
from functools import lru_cache

from readinglog.interchange.bibliographies.venue import Venue, describe_venue
from readinglog.model.bylines import list_people
from readinglog.model.kinds import DEFAULT_KIND
from readinglog.model.note import Note
from readinglog.model.person_names import PersonName

NAME = "CSL JSON"
OPTION = "csl"
FILE_NAME = "bibliography.json"
MEDIA_TYPE = "application/vnd.citationstyles.csl+json"


def format_works(notes: Sequence[Note]) -> str:
    return "[\n" + ",\n".join(map(_format_item, notes)) + "\n]\n"


@lru_cache(maxsize=1 << 14)  # a note is in the lists of several tags
def _format_item(note: Note) -> str:
    return json.dumps(make_csl_item(note), ensure_ascii=False, separators=(",", ":"))


def make_csl_item(note: Note) -> dict[str, object]:
    """Return the note's work as a CSL JSON item."""
    venue = describe_venue(note)
    item: dict[str, object] = {
        "id": note.page_name,
        "citation-key": note.citation_key,
        "type": _choose_type(note, venue),
        "title": note.title,
        "author": [_format_person(person) for person in list_people(note)],
        "publisher" if note.kind == "book" else "container-title": venue.name,
        "volume": venue.place.volume,
        "issue": venue.place.number,
        "page": venue.place.pages,
        "DOI": note.doi,
        "ISBN": note.isbn,
        "URL": note.cited_url,
    }
    if date := note.published or venue.year:
        item["issued"] = {"date-parts": [[int(part) for part in date.split("-")]]}
    if note.arxiv:
        item["number"] = f"arXiv:{note.arxiv}"
    return {key: value for key, value in item.items() if value}


def _choose_type(note: Note, venue: Venue) -> str:
    """Return the type of a work; to CSL, `article` is one that no journal has."""
    if note.kind != DEFAULT_KIND:
        return note.kind_record.csl_type
    if venue.is_conference:
        return "paper-conference"
    is_in_journal = not note.arxiv and (venue.name or note.doi)
    return "article-journal" if is_in_journal else note.kind_record.csl_type


def _format_person(person: PersonName) -> dict[str, str]:
    if person.whole:
        return {"literal": person.whole}
    parts = {
        "family": person.family,
        "given": person.given,
        "non-dropping-particle": person.prefix,
        "suffix": person.suffix,
    }
    return {name: part for name, part in parts.items() if part}
