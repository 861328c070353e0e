"""What the facts of a work must look like, whoever tells them: plain text of some length, dates of the calendar, addresses of the web."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from typing import NamedTuple

from readinglog.citations.work import Work
from readinglog.model.identifiers import ARXIV_ID, ARXIV_PREFIX, parse_arxiv_id
from readinglog.model.schema import ET_AL, FIELDS

TEXT_LIMIT = 500  # characters of a title or a name
ABSTRACT_LIMIT = 5_000
AUTHORS_LIMIT = 200
_ADDRESS_LIMIT = 2_000
_MONTHS = "jan feb mar apr may jun jul aug sep oct nov dec".split()
_NUMBERS = re.compile(r"([0-9]{4})(?:[-/.]([0-9]{1,2})(?:[-/.]([0-9]{1,2}))?)?(?![0-9])")
_DAY_FIRST = re.compile(
    rf"(?<![0-9])(?:([0-9]{{1,2}})\.? )?({'|'.join(_MONTHS)})[a-z]*\.?,? ([0-9]{{4}})(?![0-9])"
)
_MONTH_FIRST = re.compile(
    rf"\b({'|'.join(_MONTHS)})[a-z]*\.? ([0-9]{{1,2}})(?:st|nd|rd|th)?,? ([0-9]{{4}})(?![0-9])"
)
_YEAR = re.compile(r"(?<![0-9])(?:1[5-9]|20)[0-9]{2}(?![0-9])")
# Controls, halves of characters, what turns writing round or cannot be seen, and what YAML does not take.
_UNSEEN = re.compile(
    r"[\x00-\x1f\x7f-\x9f\u00ad\u061c\u200b\u200e\u200f\u2028-\u202e\u2060-\u206f\ud800-\udfff\ufeff\ufff9-\uffff\U000e0000-\U000e007f]"
)
_OTHERS = frozenset({"others", "et al", "et al.", "…", "..."})
_WEB = re.compile(r"https?://[^/?#@\\]+(?:[/?#]|\Z)", re.IGNORECASE)
_REPOSITORY = re.compile(
    r"(?:https?://)?(?:www\.)?((?:github\.com|gitlab\.com|codeberg\.org)/[\w.-]+/[\w.-]*[\w-])",
    re.ASCII,
)


class LookupFailure(NamedTuple):
    """That something says nothing of a work: why, in a sentence, and what to do; `again` if another time it may."""

    reason: str
    again: bool = False


def clean_text(value: object, limit: int = TEXT_LIMIT) -> str:
    """`value` on one line, without what cannot be seen, and no longer than `limit`; '' if it is no text."""
    if not isinstance(value, str):
        return ""
    line = " ".join(value[: 4 * limit].split())
    return unicodedata.normalize("NFC", _UNSEEN.sub("", line))[:limit].strip()


def clean_names(values: Iterable[object]) -> tuple[str, ...]:
    """People's names, each once; `et al.` stands for those that are left out, or were."""
    found = dict.fromkeys(filter(None, map(clean_text, values)))
    known = tuple(name for name in found if name.lower() not in _OTHERS)
    if len(known) > AUTHORS_LIMIT:
        return (*known[: AUTHORS_LIMIT - 1], ET_AL)
    return (*known, ET_AL) if known and len(known) < len(found) else known


def put_given_name_first(name: str) -> str:
    """A name written as `Last, First` the other way round."""
    parts = [part.strip() for part in name.split(",")]
    return f"{parts[1]} {parts[0]}" if len(parts) == 2 and all(parts) else name


def parse_date(value: object) -> str:
    """The date that a text begins with, or names: YYYY, YYYY-MM or YYYY-MM-DD, as much of it as the calendar has; else ''."""
    words = clean_text(value)
    if found := _NUMBERS.match(words):
        return format_date(*(int(part) for part in found.groups() if part))
    lower = words.lower()
    if found := _MONTH_FIRST.search(lower):
        return format_date(int(found[3]), _MONTHS.index(found[1]) + 1, int(found[2]))
    if found := _DAY_FIRST.search(lower):
        return format_date(int(found[3]), _MONTHS.index(found[2]) + 1, int(found[1] or 0))
    year = _YEAR.search(words)
    return year[0] if year else ""


def format_date(year: int, month: int = 0, day: int = 0) -> str:
    """YYYY-MM-DD, or as much of it as there is in the calendar; '' where not even the year is one."""
    for parts in ((year, month, day), (year, month), (year,)):
        written = "-".join(f"{part:02}" for part in parts)
        if 1000 <= year <= 9999 and all(parts) and FIELDS["published"].is_valid(written):
            return written
    return ""


def clean_url(value: object) -> str:
    """An address of the web, or '' for anything else, also for one with a password in it."""
    url = clean_text(value, _ADDRESS_LIMIT + 1)
    fits = len(url) <= _ADDRESS_LIMIT and _WEB.match(url) and FIELDS["url"].is_valid(url)
    return url if fits else ""


def parse_versioned_arxiv_id(named: str) -> str:
    """The id in an arXiv id or address, with the version where one is named; '' for anything else."""
    found = parse_arxiv_id(named)
    version = (
        re.match(rf"{ARXIV_PREFIX}{ARXIV_ID}(v[0-9]+)", named.strip(), re.IGNORECASE)
        if found
        else None
    )
    return f"{found}{version[1].lower() if version else ''}" if found else ""


def find_repository(words: str) -> str:
    """The first code repository that is named in `words`, or ''."""
    found = _REPOSITORY.search(words)
    return f"https://{found[1].removesuffix('.git')}" if found else ""


def merge_works(*works: Work) -> Work:
    """The facts of several accounts of one work: each from the first that tells it."""
    return Work(*(next(filter(None, told), told[0]) for told in zip(*works, strict=True)))
