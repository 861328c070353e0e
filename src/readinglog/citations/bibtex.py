"""Reading a work from BibTeX and biblatex."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from bibtexparser.entrypoint import parse_string
from bibtexparser.library import Library
from bibtexparser.middlewares.names import (
    parse_single_name_into_parts,
    split_multiple_persons_names,
)
from bibtexparser.model import Entry

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
from readinglog.citations.latex_text import latex_to_text
from readinglog.citations.work import Work
from readinglog.model import identifiers
from readinglog.model.text import Source, get_position

_SIZE_LIMIT = 2_000_000  # characters of a file
_FIELD_LIMIT = 20_000  # characters
_KEYS_LISTED = 8
_QUOTED_LENGTH = 80  # characters of an invalid DOI in a message
_PAPERS = (
    "article inproceedings conference incollection techreport report phdthesis mastersthesis "
    "thesis unpublished"
)
_KINDS = {
    **dict.fromkeys(_PAPERS.split(), "paper"),
    **dict.fromkeys("book inbook booklet proceedings collection".split(), "book"),
    **dict.fromkeys("software dataset code".split(), "code"),
    **dict.fromkeys("online www electronic".split(), "post"),
    "manual": "docs",
    "video": "talk",
}
_VENUES = "journal journaltitle booktitle howpublished school institution publisher".split()
_NOT_VENUE = re.compile(r"\\url|https?:|arxiv|\bcorr\b", re.IGNORECASE)
# For text whose gaps are single spaces. No two parts match the same characters, lest it be slow.
_ARXIV_IN_TEXT = re.compile(
    r"(?:\babs/|arxiv(?: preprint)?(?: ?: ?| )(?:arxiv ?: ?)?)"
    rf"({identifiers.ARXIV_ID_PATTERN}(?:v[0-9]+)?)",
    re.IGNORECASE,
)

RawFields = Mapping[str, str]


def decode_bibtex(data: bytes, name: str) -> str:
    """Return the text of a BibTeX file called `name`. Raises WorkLookupError if it is not UTF-8."""
    source = Source(name, data)
    if source.undecodable_offset is None:
        return source.text
    line = get_position(source.text, source.undecodable_offset).line
    message = f"{name} is not UTF-8 (see line {line})"
    raise WorkLookupError(message, "save it as UTF-8")


def parse_bibtex(bibtex: str, key: str = "", name: str = "the BibTeX") -> Work:
    """Return the work of the entry `key`, or of the only entry; messages call the text `name`.

    Raises WorkLookupError if there is no such entry, or if it cannot be read.
    """
    if len(bibtex) > _SIZE_LIMIT:
        message = f"{name} is too large, with {len(bibtex):,} characters"
        raise WorkLookupError(message, "copy the entry into a file of its own")
    library = parse_string(bibtex)
    entries = [entry for entry in library.entries if key in ("", entry.key)]
    if not entries:
        raise _explain_missing_entry(library, key, name)
    if len(entries) > 1:
        message = f"{name} has {len(entries):,} entries"
        raise WorkLookupError(message, f"choose one with --key: {_list_keys(library)}")
    return _parse_entry(entries[0], name)


def _explain_missing_entry(library: Library, key: str, name: str) -> WorkLookupError:
    if library.entries:
        message = f"{name} has no entry `{key}`"
        return WorkLookupError(message, f"choose one of {_list_keys(library)}")
    if library.failed_blocks:
        line = library.failed_blocks[0].start_line or 0
        message = f"{name} cannot be parsed from line {line + 1} on"
        return WorkLookupError(message, "look for a brace or a quote that is not closed")
    message = f"{name} has no BibTeX entry"
    return WorkLookupError(message, "an entry begins like `@article{key,`")


def _list_keys(library: Library) -> str:
    keys = list(dict.fromkeys(clean_text(entry.key) for entry in library.entries))
    rest = len(keys) - _KEYS_LISTED
    listed = ", ".join(f"`{key}`" for key in keys[:_KEYS_LISTED])
    return f"{listed} and {rest} more" if rest > 0 else listed


def _parse_entry(entry: Entry, name: str) -> Work:
    raw = {field.key.lower(): str(field.value)[:_FIELD_LIMIT] for field in reversed(entry.fields)}
    url = _find_url(raw)
    arxiv = _find_arxiv_id(raw, url)
    return Work(
        title=_parse_title(raw),
        authors=clean_names(_parse_people(raw)),
        kind=_choose_kind(entry.entry_type.lower(), arxiv, url),
        published=_parse_published(raw),
        url="" if identifiers.parse_arxiv_id(url) or identifiers.parse_doi(url) else url,
        arxiv=arxiv,
        doi=_parse_doi(raw, url, name),
        venue=_find_venue(raw),
        abstract=latex_to_text(raw.get("abstract", ""), ABSTRACT_LIMIT),
    )


def _parse_title(raw: RawFields) -> str:
    title, subtitle = (latex_to_text(raw.get(field, "")) for field in ("title", "subtitle"))
    return f"{title}: {subtitle}" if title and subtitle else title


def _parse_doi(raw: RawFields, url: str, name: str) -> str:
    """Return the DOI of the field `doi`, else of the address `url`; "" for a DOI of arXiv.

    Raises WorkLookupError where the field holds neither a DOI nor an arXiv id nor an address.
    """
    doi = _unescape(raw.get("doi", ""))
    text = doi or url
    if identifiers.parse_arxiv_id(text):
        return ""
    parsed = identifiers.parse_doi(text) or ""
    if doi and not parsed and not clean_url(doi):
        message = f"{name} has an invalid DOI: `{clean_text(doi)[:_QUOTED_LENGTH]}`"
        raise WorkLookupError(message, "write one like `10.1162/neco.1991.3.1.79`, or remove it")
    return parsed


def _choose_kind(entry_type: str, arxiv: str, url: str) -> str:
    if arxiv:
        return "paper"
    return _KINDS.get(entry_type) or guess_kind(url) or ("post" if url else "")


def _find_venue(raw: RawFields) -> str:
    """Return the first venue that is a place of publication: neither an address nor arXiv."""
    texts = (raw[field] for field in _VENUES if field in raw and not _NOT_VENUE.search(raw[field]))
    return next(filter(None, map(latex_to_text, texts)), "")


def _parse_people(raw: RawFields) -> Iterator[str]:
    """Yield the authors, else the editors, given names first."""
    for name in split_multiple_persons_names(raw.get("author") or raw.get("editor", "")):
        parts = parse_single_name_into_parts(name, strict=False)
        yield latex_to_text(" ".join((*parts.first, *parts.von, *parts.last, *parts.jr)) or name)


def _parse_published(raw: RawFields) -> str:
    date, year, month, day = (
        raw.get(name, "").strip("{} ") for name in ("date", "year", "month", "day")
    )
    if month.isdecimal():
        spelled = f"{year}-{month}-{day}".rstrip("-")
    else:
        spelled = f"{month.replace('~', ' ')} {day} {year}"
    return parse_date(date) or parse_date(" ".join(spelled.split())) or parse_date(year)


def _find_url(raw: RawFields) -> str:
    """Return the address in `url`, or in another field that may hold one; else ""."""
    texts = (_unescape(raw.get(name, "")) for name in ("url", "howpublished", "note", "doi"))
    found = (re.search(r"(?:\\url\s*\{)?(https?:[^\s{}]+)", text) for text in texts)
    return next((clean_url(address[1]) for address in found if address), "")


def _unescape(raw: str) -> str:
    """Return an address or a DOI without the backslashes and braces that LaTeX needs."""
    text = raw.replace("\\textasciitilde", "~")
    return re.sub(r"\{?\\([_%&#$~])(?:\{\})?\}?", r"\1", text).strip("{} ")


def _find_arxiv_id(raw: RawFields, url: str) -> str:
    """Return the arXiv id, with its version, of the eprint, the address, the DOI, or a text.

    Such texts are `arXiv preprint arXiv:1701.06538` and `CoRR abs/1701.06538`.
    """
    archive = (raw.get("archiveprefix") or raw.get("eprinttype") or "arxiv").lower()
    eprint = raw.get("eprint", "").strip("{} ") if archive == "arxiv" else ""
    text = " ".join(raw.get(name, "") for name in ("journal", "volume", "note", "howpublished"))
    in_text = _ARXIV_IN_TEXT.search(" ".join(text.split()))
    candidates = (eprint, url, _unescape(raw.get("doi", "")), in_text[1] if in_text else "")
    return next(filter(None, map(parse_versioned_arxiv_id, candidates)), "")
