"""Reading a work from BibTeX and biblatex."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

from readinglog.citations.bibtex_names import ParsedNames, parse_names
from readinglog.citations.bibtex_syntax import BibtexEntry, Problem, parse_entries
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
from readinglog.citations.latex_text import latex_to_text, unescape_address
from readinglog.citations.work import LookupResult, Work
from readinglog.model import identifiers
from readinglog.model.schema import BUILT_IN
from readinglog.model.text import Source, get_position

_SIZE_LIMIT = 2_000_000  # characters of a file
_KEYS_LISTED = 8
_QUOTED_LENGTH = 80  # characters of the author's text in a message
_PARENTS_LIMIT = 10  # entries that inherit from each other
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
_NOT_VENUE = re.compile(r"\\url|\\href|https?:|arxiv|\bcorr\b", re.IGNORECASE)
# Entries that have the title of the one that they refer to as `booktitle`.
_PARTS = frozenset({"inproceedings", "conference", "incollection", "inbook"})
# Fields about an entry itself, so that one which refers to it does not have them.
_OWN_FIELDS = frozenset(
    "title subtitle titleaddon shorttitle author editor doi url urldate eprint eprinttype arxivid "
    "archiveprefix abstract keywords file isbn issn note howpublished crossref xdata ids pages "
    "type".split()
)
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

_NO_WORKS = frozenset({"xdata", "set", "control"})  # entries that only others use

RawFields = Mapping[str, str]


class LibraryEntry(NamedTuple):
    """An entry of a library, and the work that it describes, with remarks."""

    entry: BibtexEntry
    result: LookupResult


def decode_bibtex(data: bytes, name: str) -> str:
    """Return the text of a BibTeX file called `name`. Raises WorkLookupError if it is not UTF-8."""
    source = Source(name, data)
    if source.undecodable_offset is None:
        return source.text
    line = get_position(source.text, source.undecodable_offset).line
    message = f"{name} is not UTF-8 (see line {line})"
    raise WorkLookupError(message, "save it as UTF-8")


def parse_bibtex(bibtex: str, key: str = "", name: str = "the BibTeX") -> LookupResult:
    """Return the work of the entry `key`, or of the only entry; messages call the text `name`.

    The remarks say what is wrong with the entry. Raises WorkLookupError if there is no such entry,
    or if it cannot be read.
    """
    if len(bibtex) > _SIZE_LIMIT:
        message = f"{name} is too large, with {len(bibtex):,} characters"
        raise WorkLookupError(message, "copy the entry into a file of its own")
    entries = parse_entries(bibtex)
    entry = _choose_entry(entries, key, name)
    return _read_entry(entry, _index_entries(entries), name)


def parse_library(bibtex: str, name: str) -> Iterator[LibraryEntry]:
    """Yield the works of all entries; messages call the text `name`.

    Where an entry has no end, what can be read of it counts.
    """
    entries = parse_entries(bibtex)
    by_key = _index_entries(entries)
    for entry in entries:
        if entry.type in _NO_WORKS:
            continue
        result = _read_entry(entry, by_key, name, is_strict=False)
        if error := entry.error:
            reason = f": {error.message}" if error.message else ""
            remark = f"line {error.line} of {name}: the entry cannot be read further{reason}"
            result = result._replace(remarks=(*result.remarks, f"{remark}: {error.help}"))
        yield LibraryEntry(entry, result)


def _index_entries(entries: Sequence[BibtexEntry]) -> dict[str, BibtexEntry]:
    return {other.key.lower(): other for other in reversed(entries)}


def _read_entry(
    entry: BibtexEntry, by_key: Mapping[str, BibtexEntry], name: str, *, is_strict: bool = True
) -> LookupResult:
    """Return the work of an entry, with what it has of those that it refers to.

    If `is_strict`, an invalid DOI raises WorkLookupError. Otherwise it is left out, and so is the
    abstract, which takes longest to read.
    """
    raw, remarks = _inherit(entry, by_key, name)
    if not is_strict:
        raw = {field: text for field, text in raw.items() if field != "abstract"}
    people = parse_names(raw.get("author") or raw.get("editor", ""))
    line = entry.lines.get("author") or entry.lines.get("editor", entry.line)
    remarks = [
        *(_format_problem(problem, name) for problem in entry.problems),
        *remarks,
        *(f"line {line} of {name}: {remark}" for remark in people.remarks),
    ]
    try:
        work = _parse_fields(entry, raw, people, name)
    except WorkLookupError as error:
        if is_strict:
            raise
        rest = {field: text for field, text in raw.items() if field != "doi"}
        remarks.append(f"line {entry.line} of {error}")
        work = _parse_fields(entry, rest, people, name)
    return LookupResult(work, tuple(remarks))


def _format_problem(problem: Problem, name: str) -> str:
    return f"line {problem.line} of {name}: {problem.message}: {problem.help}"


def _choose_entry(entries: Sequence[BibtexEntry], key: str, name: str) -> BibtexEntry:
    """Return the entry `key`, or the only one. Raises WorkLookupError."""
    chosen = [entry for entry in entries if key in ("", entry.key)]
    chosen = chosen or [entry for entry in entries if entry.key.lower() == key.lower()]
    if not chosen:
        raise _explain_missing_entry(entries, key, name)
    if len(chosen) == 1:
        if error := chosen[0].error:
            message = f"{name} cannot be parsed from line {error.line} on"
            message = f"{message}: {error.message}" if error.message else message
            raise WorkLookupError(message, error.help)
        return chosen[0]
    if len({entry.key for entry in chosen}) == 1:
        lines = f"{', '.join(str(entry.line) for entry in chosen[:-1])} and {chosen[-1].line}"
        shown = clean_text(chosen[0].key)[:_QUOTED_LENGTH]
        message = f"{name} has {len(chosen)} entries `{shown}`, in lines {lines}"
        raise WorkLookupError(message, "remove all but one, or give each a key of its own")
    message = f"{name} has {len(chosen):,} entries"
    raise WorkLookupError(message, f"choose one with --key: {_list_keys(chosen)}")


def _explain_missing_entry(entries: Sequence[BibtexEntry], key: str, name: str) -> WorkLookupError:
    if entries:
        message = f"{name} has no entry `{key}`"
        return WorkLookupError(message, f"choose one of {_list_keys(entries)}")
    message = f"{name} has no BibTeX entry"
    return WorkLookupError(message, "an entry begins like `@article{key,`")


def _list_keys(entries: Sequence[BibtexEntry]) -> str:
    counts = Counter(clean_text(entry.key) for entry in entries)
    keys = [f"`{key}`" + (f" ({n} times)" if n > 1 else "") for key, n in counts.items()]
    rest = len(keys) - _KEYS_LISTED
    listed = ", ".join(keys[:_KEYS_LISTED])
    return f"{listed} and {rest} more" if rest > 0 else listed


def _inherit(
    entry: BibtexEntry, by_key: Mapping[str, BibtexEntry], name: str
) -> tuple[RawFields, list[str]]:
    """Return the fields of `entry` with those of the entries that it refers to, and remarks."""
    raw: RawFields = entry.fields
    seen = {entry.key.lower()}
    found = entry
    for _ in range(_PARENTS_LIMIT):
        field = next((field for field in ("crossref", "xdata") if found.fields.get(field)), "")
        if not field:
            break
        wanted = found.fields[field].partition(",")[0].strip("{} ")
        parent = by_key.get(wanted.lower())
        if parent is None or wanted.lower() in seen:
            shown = clean_text(wanted)[:_QUOTED_LENGTH]
            problem = f"there is no other entry `{shown}`, which `{field}` refers to"
            place = f"line {found.lines[field]} of {name}"
            return raw, [f"{place}: {problem}: add it to the file, or remove `{field}`"]
        seen.add(wanted.lower())
        raw = _add_inherited(raw, parent, entry.type, is_data=field == "xdata")
        found = parent
    return raw, []


def _add_inherited(raw: RawFields, parent: BibtexEntry, type_: str, *, is_data: bool) -> RawFields:
    """Return the fields `raw` of an entry with those that it has from `parent`.

    `is_data` says that the parent is no work, only fields that others share.
    """
    if is_data:
        return {**parent.fields, **raw}
    kept = {name: text for name, text in parent.fields.items() if name not in _OWN_FIELDS}
    if type_ in _PARTS and (title := parent.fields.get("title")):
        kept.setdefault("booktitle", title)
    return {**kept, **raw}


def _parse_fields(entry: BibtexEntry, raw: RawFields, people: ParsedNames, name: str) -> Work:
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
        venue=_find_venue(raw),
        abstract=latex_to_text(raw.get("abstract", ""), ABSTRACT_LIMIT),
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
        message = f"{name} has an invalid DOI: `{clean_text(doi)[:_QUOTED_LENGTH]}`"
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


def _find_venue(raw: RawFields) -> str:
    """Return the first venue that is a place of publication: neither an address nor arXiv."""
    texts = (raw[field] for field in _VENUES if field in raw and not _NOT_VENUE.search(raw[field]))
    return next(filter(None, map(latex_to_text, texts)), "")


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
    text = raw.get(name, "")
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
