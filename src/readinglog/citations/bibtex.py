"""BibTeX entries."""

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

from readinglog.citations.facts import (
    ABSTRACT_LIMIT,
    LookupFailure,
    clean_names,
    clean_text,
    clean_url,
    parse_date,
    parse_versioned_arxiv_id,
)
from readinglog.citations.kind_by_address import guess_kind
from readinglog.citations.latex_text import latex_to_text
from readinglog.citations.work import Work
from readinglog.model import identifiers
from readinglog.model.text import Source, position_at

_SIZE_LIMIT = 2_000_000  # characters of a file
_FIELD_LIMIT = 20_000
_TOLD = 8  # keys that are listed
_SHOWN = 80  # characters of what is no DOI
_KINDS = {
    **dict.fromkeys(
        "article inproceedings conference incollection techreport report phdthesis mastersthesis thesis unpublished".split(),
        "paper",
    ),
    **dict.fromkeys("book inbook booklet proceedings collection".split(), "book"),
    **dict.fromkeys("software dataset code".split(), "code"),
    **dict.fromkeys("online www electronic".split(), "post"),
    "manual": "docs",
    "video": "talk",
}
_VENUES = "journal journaltitle booktitle howpublished school institution publisher".split()
# In text whose gaps are single spaces; no two parts of it take the same run of characters, lest it be slow.
_ARXIV_PLACE = re.compile(
    rf"(?:\babs/|arxiv(?: preprint)?(?: ?: ?| )(?:arxiv ?: ?)?)({identifiers.ARXIV_ID}(?:v[0-9]+)?)",
    re.IGNORECASE,
)


def decode_bibtex(data: bytes, name: str) -> str | LookupFailure:
    """The text of a BibTeX file of that name, which must be UTF-8."""
    source = Source(name, data)
    if source.undecodable is None:
        return source.text
    line = position_at(source.text, source.undecodable).line
    return LookupFailure(
        f"{name} is not UTF-8: line {line} has a byte that is none; save the file as UTF-8"
    )


def parse_bibtex(bibtex: str, key: str = "", name: str = "the BibTeX") -> Work | LookupFailure:
    """The work of the entry `key`, or of the only entry; `name` is what the text is called in what is said of it."""
    if len(bibtex) > _SIZE_LIMIT:
        return LookupFailure(
            f"{name} has {len(bibtex):,} characters: take the entry that you mean out of it"
        )
    library = parse_string(bibtex)
    entries = [entry for entry in library.entries if key in ("", entry.key)]
    match entries:
        case [entry]:
            return _work(entry, name)
        case []:
            return LookupFailure(_nothing(library, key, name))
        case _:
            return LookupFailure(
                f"{name} holds {len(entries)} entries: choose by --key one of {_listed(library)}"
            )


def _nothing(library: Library, key: str, name: str) -> str:
    if library.entries:
        return f"{name} holds no entry `{key}`: choose one of {_listed(library)}"
    if library.failed_blocks:
        line = library.failed_blocks[0].start_line or 0
        return f"{name} cannot be read from line {line + 1} on: look for a brace or a quote that is not closed"
    return f"{name} holds no BibTeX entry: one begins as `@article{{key,`"


def _listed(library: Library) -> str:
    keys = list(dict.fromkeys(clean_text(entry.key) for entry in library.entries))
    more = f" and {len(keys) - _TOLD} more" if len(keys) > _TOLD else ""
    return ", ".join(f"`{key}`" for key in keys[:_TOLD]) + more


def _work(entry: Entry, name: str) -> Work | LookupFailure:
    raw = {field.key.lower(): str(field.value)[:_FIELD_LIMIT] for field in reversed(entry.fields)}
    told = {
        field: latex_to_text(raw[field])
        for field in ("title", "subtitle", *_VENUES)
        if field in raw
    }
    url, doi = _address(raw), _unescaped(raw.get("doi", ""))
    if doi and not (
        identifiers.parse_doi(doi) or identifiers.parse_arxiv_id(doi) or clean_url(doi)
    ):
        return LookupFailure(
            f"{name} has the DOI `{clean_text(doi)[:_SHOWN]}`, which is none: write it as `10.1162/neco.1991.3.1.79`, or take it out"
        )
    arxiv, doi = _arxiv(raw, url), doi or url
    title, subtitle = told.get("title", ""), told.get("subtitle", "")
    return Work(
        title=f"{title}: {subtitle}" if title and subtitle else title,
        authors=clean_names(_people(raw)),
        kind=_kind(entry.entry_type.lower(), arxiv, url),
        published=_published(raw),
        url="" if identifiers.parse_arxiv_id(url) or identifiers.parse_doi(url) else url,
        arxiv=arxiv,
        doi="" if identifiers.parse_arxiv_id(doi) else identifiers.parse_doi(doi) or "",
        venue=next(
            (told[field] for field in _VENUES if told.get(field) and _is_venue(raw[field])), ""
        ),
        abstract=latex_to_text(raw.get("abstract", ""), ABSTRACT_LIMIT),
    )


def _kind(entry_type: str, arxiv: str, url: str) -> str:
    return (
        "paper" if arxiv else _KINDS.get(entry_type) or guess_kind(url) or ("post" if url else "")
    )


def _is_venue(raw: str) -> bool:
    """Whether a place is one where works are published: neither an address nor arXiv."""
    return not re.search(r"\\url|https?:|arxiv|\bcorr\b", raw, re.IGNORECASE)


def _people(raw: Mapping[str, str]) -> Iterator[str]:
    """Authors, else editors, given names first."""
    for name in split_multiple_persons_names(raw.get("author") or raw.get("editor", "")):
        parts = parse_single_name_into_parts(name, strict=False)
        yield latex_to_text(" ".join((*parts.first, *parts.von, *parts.last, *parts.jr)) or name)


def _published(raw: Mapping[str, str]) -> str:
    year, month, day = (raw.get(name, "").strip("{} ") for name in ("year", "month", "day"))
    spelled = (
        f"{year}-{month}-{day}".rstrip("-")
        if month.isdecimal()
        else f"{month.replace('~', ' ')} {day} {year}"
    )
    return (
        parse_date(raw.get("date", "").strip("{} "))
        or parse_date(" ".join(spelled.split()))
        or parse_date(year)
    )


def _address(raw: Mapping[str, str]) -> str:
    """The address in `url`, or where the work is said to be published."""
    places = (_unescaped(raw.get(name, "")) for name in ("url", "howpublished", "note", "doi"))
    within = (re.search(r"(?:\\url\s*\{)?(https?:[^\s{}]+)", place) for place in places)
    return next((clean_url(found[1]) for found in within if found), "")


def _unescaped(raw: str) -> str:
    """An address or a DOI without the backslashes that LaTeX wants."""
    return re.sub(
        r"\{?\\([_%&#$~])(?:\{\})?\}?", r"\1", raw.replace("\\textasciitilde", "~")
    ).strip("{} ")


def _arxiv(raw: Mapping[str, str], url: str) -> str:
    """The arXiv id with its version: of the eprint, the address, the DOI, or of `arXiv preprint arXiv:…` and `CoRR abs/…`."""
    archive = (raw.get("archiveprefix") or raw.get("eprinttype") or "arxiv").lower()
    eprint = raw.get("eprint", "").strip("{} ") if archive == "arxiv" else ""
    places = " ".join(raw.get(name, "") for name in ("journal", "volume", "note", "howpublished"))
    place = _ARXIV_PLACE.search(" ".join(places.split()))
    told = (eprint, url, _unescaped(raw.get("doi", "")), place[1] if place else "")
    return next((found for one in told if (found := parse_versioned_arxiv_id(one))), "")
