"""Cleaning what describes a work: texts, names, dates, addresses and ids, whatever the source."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable

from readinglog.citations.work import Work
from readinglog.model.field_types import ET_AL, PARTIAL_DATE, URL
from readinglog.model.identifiers import ARXIV_ID_PATTERN, ARXIV_PREFIX_PATTERN, parse_arxiv_id
from readinglog.model.person_names import SUFFIXES

TEXT_LIMIT = 500  # characters of a title or a name
ABSTRACT_LIMIT = 5_000
AUTHORS_LIMIT = 200
_ADDRESS_LIMIT = 2_000
_MONTHS = (  # in English and German
    "jan(?:uary|uar)?",
    "feb(?:ruary|ruar)?",
    "mar(?:ch)?|märz|mrz",
    "apr(?:il)?",
    "may|mai",
    "jun[ei]?",
    "jul[yi]?",
    "aug(?:ust)?",
    "sept?(?:ember)?",
    "o[ck]t(?:ober)?",
    "nov(?:ember)?",
    "de[cz](?:ember)?",
)
_MONTH = rf"(?:{'|'.join(_MONTHS)})(?![a-zäé])\.?"
_DAY = r"[0-9]{1,2}(?![0-9])(?:st|nd|rd|th)?"
_TO = r" ?(?:[-–—/&]{1,3}|to|and|bis) ?"
_NUMBERS = re.compile(r"([0-9]{4})(?:[-/.]([0-9]{1,2})(?:[-/.]([0-9]{1,2}))?)?(?![0-9])")
# Of a range such as `30 June -- 3 July 2019`, the beginning counts.
_WRITTEN_DATES = (
    re.compile(
        rf"\b(?P<month>{_MONTH}) ?(?P<day>{_DAY})(?:{_TO}(?:{_MONTH} ?)?{_DAY})?,? "
        r"(?P<year>[0-9]{4})(?![0-9])"
    ),
    re.compile(
        rf"(?<![0-9a-z])(?:(?P<day>{_DAY})(?:{_TO}{_DAY})?\.? ?(?:of )?)?(?P<month>{_MONTH})"
        rf"(?:{_TO}(?:{_DAY}\.? ?)?{_MONTH})?,? ?(?P<year>[0-9]{{4}})(?![0-9])"
    ),
    re.compile(rf"(?<![0-9])(?P<year>[0-9]{{4}}),? (?P<month>{_MONTH})(?: (?P<day>{_DAY}))?"),
)
_YEAR = re.compile(r"(?<![0-9])(?:1[5-9]|20)[0-9]{2}(?![0-9])")
# Controls, surrogates, marks of direction, invisible characters, and what YAML does not allow.
_UNSEEN = re.compile(
    r"[\x00-\x1f\x7f-\x9f\u00ad\u061c\u200b\u200e\u200f\u2028-\u202e\u2060-\u206f"
    r"\ud800-\udfff\ufeff\ufff9-\uffff\U000e0000-\U000e007f]"
)
_OTHERS = frozenset({"others", "et al", "et al.", "…", "..."})
_WEB = re.compile(r"https?://[^/?#@\\]+(?:[/?#]|\Z)", re.IGNORECASE)
_REPOSITORY = re.compile(
    r"(?:https?://)?(?:www\.)?((?:github\.com|gitlab\.com|codeberg\.org)/[\w.-]+/[\w.-]*[\w-])",
    re.ASCII,
)


def clean_text(value: object, limit: int = TEXT_LIMIT) -> str:
    """Return `value` on one line without invisible characters, cut to `limit` characters.

    Anything but a string gives "".
    """
    if not isinstance(value, str):
        return ""
    line = " ".join(value[: 4 * limit].split())
    visible = " ".join(_UNSEEN.sub("", line).split())
    return unicodedata.normalize("NFC", visible)[:limit].strip()


def clean_names(values: Iterable[object]) -> tuple[str, ...]:
    """Return people's names, each once; a last `et al.` stands for those that are left out."""
    found = dict.fromkeys(filter(None, map(clean_text, values)))
    known = tuple(name for name in found if name.lower() not in _OTHERS)
    if len(known) > AUTHORS_LIMIT:
        return (*known[: AUTHORS_LIMIT - 1], ET_AL)
    return (*known, ET_AL) if known and len(known) < len(found) else known


def put_given_name_first(name: str) -> str:
    """Return a name written as `Last, First` as `First Last`, and any other as it is.

    A third part may be a suffix, such as `Jr.`
    """
    parts = [part.strip() for part in name.split(",")]
    if len(parts) == 3:
        suffixes = [part for part in parts[1:] if part.lower() in SUFFIXES]
        if len(suffixes) == 1:
            parts.remove(suffixes[0])
            return f"{parts[1]} {parts[0]} {suffixes[0]}"
    if len(parts) == 2 and all(parts) and parts[1].lower() not in SUFFIXES:
        return f"{parts[1]} {parts[0]}"
    return name


def parse_date(value: object) -> str:
    """Return the date in a text as YYYY, YYYY-MM or YYYY-MM-DD, or "" if there is none.

    A month or a day that the calendar does not have is left out.
    """
    text = clean_text(value)
    lower = text.lower()
    if found := _NUMBERS.match(text):
        if written := _WRITTEN_DATES[2].match(lower):
            return _format_written(written)
        return format_date(*(int(part) for part in found.groups() if part))
    for pattern in _WRITTEN_DATES:
        if written := pattern.search(lower):
            return _format_written(written)
    year = _YEAR.search(text)
    return year[0] if year else ""


def _format_written(date: re.Match[str]) -> str:
    """Return a date whose month is a word."""
    month = next(n for n, pattern in enumerate(_MONTHS, 1) if re.match(pattern, date["month"]))
    day = re.match("[0-9]+", date["day"] or "0")
    return format_date(int(date["year"]), month, int(day[0]) if day else 0)


def format_date(year: int, month: int = 0, day: int = 0) -> str:
    """Return YYYY-MM-DD, or as much of it as the calendar has; "" if the year is out of range."""
    for parts in ((year, month, day), (year, month), (year,)):
        written = "-".join(f"{part:02}" for part in parts)
        if 1000 <= year <= 9999 and all(parts) and PARTIAL_DATE.is_valid(written):
            return written
    return ""


def clean_url(value: object) -> str:
    """Return a web address, or "" for anything else and for one with a password in it."""
    url = clean_text(value, _ADDRESS_LIMIT + 1)
    fits = len(url) <= _ADDRESS_LIMIT and _WEB.match(url) and URL.is_valid(url)
    return url if fits else ""


def parse_versioned_arxiv_id(text: str) -> str:
    """Return the arXiv id that an id or an address has, with its version if any, else ""."""
    arxiv = parse_arxiv_id(text)
    if not arxiv:
        return ""
    version = re.match(
        rf"{ARXIV_PREFIX_PATTERN}{ARXIV_ID_PATTERN}(v[0-9]+)", text.strip(), re.IGNORECASE
    )
    return f"{arxiv}{version[1].lower()}" if version else arxiv


def find_repository(text: str) -> str:
    """Return the address of the first code repository in `text`, or ""."""
    found = _REPOSITORY.search(text)
    return f"https://{found[1].removesuffix('.git')}" if found else ""


def merge_works(*works: Work) -> Work:
    """Return one work of several descriptions of it: each field from the first that has it."""
    return Work(*(next(filter(None, values), values[0]) for values in zip(*works, strict=True)))
