"""The work that the fields of a BibTeX entry describe, and what of them it does not hold."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from readinglog.citations.bibtex_names import ParsedNames
from readinglog.citations.bibtex_syntax import BibtexEntry
from readinglog.citations.cleaning import (
    ABSTRACT_LIMIT,
    clean_names,
    clean_text,
    clean_url,
    parse_date,
    parse_versioned_arxiv_id,
)
from readinglog.citations.errors import WorkLookupError
from readinglog.citations.kind_by_address import guess_kind
from readinglog.citations.latex_text import latex_to_text, unescape_address, unescape_tildes
from readinglog.citations.venue import VenuePlace, format_venue
from readinglog.citations.work import Work
from readinglog.model import identifiers
from readinglog.model.field_types import CITATION_KEY
from readinglog.model.messages import QUOTED_LENGTH
from readinglog.model.schema import BUILT_IN

_PAPERS = (
    "article inproceedings conference incollection techreport report phdthesis mastersthesis "
    "thesis unpublished"
)
_KINDS = {
    **dict.fromkeys(_PAPERS.split(), "paper"),
    **dict.fromkeys("book inbook booklet proceedings collection mvbook".split(), "book"),
    **dict.fromkeys("software code".split(), "code"),
    "dataset": "dataset",
    **dict.fromkeys("online www electronic".split(), "post"),
    "manual": "docs",
    "video": "talk",
    "audio": "podcast",
}
_WHOLE_BOOKS = frozenset({"book", "booklet", "mvbook"})
_VENUES = (
    "journal journaltitle booktitle howpublished school institution publisher organization "
    "eventtitle"
).split()
# Venues that are not a series in which a work has pages: then `pages` is how many it has.
_WITHOUT_PAGES = frozenset({"school", "institution", "publisher"})
_PLACES = ("volume", "number", "pages")
_ARXIV_PLACE = re.compile(r"\s*\{?(?:abs/|arxiv)", re.IGNORECASE)
_DASH = re.compile(r" ?[-–—]{1,3} ?")
_READ = (
    "title subtitle author month day eventdate doi eprinttype archiveprefix primaryclass "
    "eprintclass arxivid arxiv ee crossref xdata type"
).split()
_OF_PROGRAMS = tuple(
    (
        "date-added date-modified dateadded datemodified timestamp creationdate modificationdate "
        "owner urldate ids bibsource biburl bdsk-url __markedentry entrytype"
    ).split()
)
_NOT_VENUE = re.compile(r"\\url|\\href|https?:|arxiv|\bcorr\b", re.IGNORECASE)
_ARXIV_FIELDS = ("journal", "journaltitle", "volume", "number", "eid", "note", "howpublished")
# For text whose gaps are single spaces. No two parts match the same characters, lest it be slow.
_ARXIV_IN_TEXT = re.compile(
    r"(?:\babs/|arxiv(?: preprint)?(?: ?: ?| )(?:arxiv ?: ?)?)"
    rf"({identifiers.ARXIV_ID_PATTERN}(?:v[0-9]+)?)",
    re.IGNORECASE,
)
_BARE_URL = re.compile(r"(?:www\.)?[\w-]+(?:\.[\w-]+)*\.[a-z]{2,}(?:/\S*)?", re.IGNORECASE)
_BRACED_URL = re.compile(
    r"\\(?:url|href|path|nolinkurl)\s*+\{([^{}]*+(?>(?:\{[^{}]*+\}[^{}]*+)*))\}"
)

RawFields = Mapping[str, str]


def parse_work(entry: BibtexEntry, raw: RawFields, people: ParsedNames, name: str) -> Work:
    """Return the work of an entry with the fields `raw`; messages call the file `name`.

    Raises WorkLookupError where the DOI is none.
    """
    url = _find_url(raw)
    arxiv = _find_arxiv_id(raw, url)
    return Work(
        title=_parse_title(raw),
        authors=clean_names(people.names),
        kind=_choose_kind(entry.type, raw, arxiv, url),
        published=_parse_published(raw),
        url="" if identifiers.parse_arxiv_id(url) or identifiers.parse_doi(url) else url,
        arxiv=arxiv,
        doi=_parse_doi(raw, url, name),
        venue=_find_venue(entry, raw),
        abstract=latex_to_text(raw.get("abstract", ""), ABSTRACT_LIMIT),
        citation_key=entry.key if CITATION_KEY.is_valid(entry.key) else "",
    )


def _parse_title(raw: RawFields) -> str:
    title, subtitle = (latex_to_text(raw.get(field, "")) for field in ("title", "subtitle"))
    mark = " " if title.endswith(("?", "!", ":", ".")) else ": "
    return f"{title}{mark}{subtitle}" if title and subtitle else title


def _parse_doi(raw: RawFields, url: str, name: str) -> str:
    """Return the DOI of the field `doi`, else of the address `url`; "" for a DOI of arXiv.

    Raises WorkLookupError where the field holds neither a DOI nor an arXiv id nor an address.
    """
    doi = _get_address(raw, "doi")
    text = doi or url
    if identifiers.parse_arxiv_id(text):
        return ""
    parsed = identifiers.parse_doi(text) or ""
    if doi and not parsed and not clean_url(doi):
        message = f"{name} has an invalid DOI: `{clean_text(doi)[:QUOTED_LENGTH]}`"
        raise WorkLookupError(message, "write one like `10.1162/neco.1991.3.1.79`, or remove it")
    return parsed


def _choose_kind(entry_type: str, raw: RawFields, arxiv: str, url: str) -> str:
    stated = latex_to_text(raw.get("type", "")).lower()
    if stated in BUILT_IN.kinds and BUILT_IN.kinds[stated].is_work:
        return stated
    if arxiv and entry_type not in _WHOLE_BOOKS:
        return "paper"
    if kind := _KINDS.get(entry_type) or guess_kind(url):
        return kind
    if raw.get("doi"):
        return "paper"
    return "post" if url else ""


def _find_venue(entry: BibtexEntry, raw: RawFields) -> str:
    """Return the first venue that is a place of publication, neither an address nor arXiv, with the
    place of the work in it.
    """
    named = (name for name in _VENUES if name in raw and not _NOT_VENUE.search(raw[name]))
    venues = ((name, latex_to_text(raw[name])) for name in named)
    field, venue = next(((name, text) for name, text in venues if text), ("", ""))
    if not venue:
        return ""
    volume, number, pages = (
        "" if _ARXIV_PLACE.match(raw.get(name, "")) else latex_to_text(raw.get(name, ""))
        for name in _PLACES
    )
    pages = "" if field in _WITHOUT_PAGES else pages
    place = VenuePlace(volume, number or latex_to_text(raw.get("issue", "")), pages)
    return format_venue(venue, place, is_journal=entry.type == "article")


def list_lost_fields(entry: BibtexEntry, work: Work) -> Iterator[str]:
    """Yield the names of the fields of an entry that `work`, which is made of it, does not hold."""
    held = dict.fromkeys(_READ, True) | {
        "editor": not entry.fields.get("author"),
        "year": bool(work.published),
        "date": bool(work.published),
        "url": bool(work.url or work.arxiv or work.doi),
        "eprint": bool(work.arxiv),
    }
    for name, text in entry.fields.items():
        if not text.strip("{} \n") or name.startswith(_OF_PROGRAMS) or held.get(name):
            continue
        plain = clean_text(latex_to_text(text))
        is_venue = name in (*_VENUES, *_PLACES, "issue")
        if is_venue and (_DASH.sub("-", plain) in work.venue or _NOT_VENUE.search(text)):
            continue
        if not (name in _PLACES and _ARXIV_PLACE.match(text)):
            yield name


def _parse_published(raw: RawFields) -> str:
    """Return the date of the field `date`, else that of `year`, `month` and `day`.

    Of a range, such as the days of a conference, the beginning counts.
    """
    date, year, month, day, event = (
        latex_to_text(raw.get(name, "")) for name in ("date", "year", "month", "day", "eventdate")
    )
    if found := parse_date(date):
        return found
    plain_year = parse_date(year)[:4]
    if not plain_year or not month:
        return parse_date(year) or parse_date(month) or parse_date(event)
    number = re.match("[0-9]{1,2}", month)
    if number and not re.search("[^\\W\\d_]", month):
        first_day = re.match("[0-9]{1,2}", day)
        return parse_date(f"{plain_year}-{number[0]}" + (f"-{first_day[0]}" if first_day else ""))
    written = f"{month} {day} {plain_year}"
    return parse_date(" ".join(written.split())) or plain_year


def _find_url(raw: RawFields) -> str:
    """Return the address in `url`, or in another field that may hold one; else ""."""
    for name in ("url", "howpublished", "note", "doi", "ee"):
        address = _get_address(raw, name)
        if found := re.search(r"https?:[^\s{}]+", address):
            return clean_url(found[0].rstrip(".,;"))
        if name == "url" and _BARE_URL.fullmatch(address):
            return clean_url(f"https://{address}")
    return ""


def _get_address(raw: RawFields, name: str) -> str:
    """Return the address or DOI in a field, out of the command that prints it."""
    text = unescape_tildes(raw.get(name, ""))
    braced = _BRACED_URL.search(text)
    address = unescape_address(braced[1] if braced else text)
    return latex_to_text(address) if "\\" in address else address


def _find_arxiv_id(raw: RawFields, url: str) -> str:
    """Return the arXiv id, with its version, of the eprint, the address, the DOI, or a text.

    Such texts are `arXiv preprint arXiv:1701.06538` and `CoRR abs/1701.06538`.
    """
    archive = (raw.get("archiveprefix") or raw.get("eprinttype") or "arxiv").strip("{} ").lower()
    eprint = raw.get("eprint", "") if archive.startswith("arxiv") else ""
    text = " ".join(raw.get(name, "") for name in _ARXIV_FIELDS)
    in_text = _ARXIV_IN_TEXT.search(" ".join(text.split()))
    candidates = (
        eprint,
        raw.get("arxivid", ""),
        raw.get("arxiv", ""),
        url,
        _get_address(raw, "doi"),
        in_text[1] if in_text else "",
    )
    cleaned = (candidate.strip("{} ").partition(" ")[0] for candidate in candidates)
    return next(filter(None, map(parse_versioned_arxiv_id, cleaned)), "")
