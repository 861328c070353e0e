"""Formats: how the value of a field is written, as data, so that the check, the form on the site and editors hold to the same.

A pattern is a regular expression that Python and browsers read alike, for the whole text, case ignored.
"""

from __future__ import annotations

import json
import re
from datetime import date
from typing import NamedTuple

from readinglog.model.diagnostic import Diagnostic, InvalidContentError
from readinglog.model.fuzzy_index import find_nearest
from readinglog.model.identifiers import ARXIV_ID, ARXIV_PREFIX, DOI_NAME, DOI_PREFIX
from readinglog.model.messages import MESSAGES, QUOTED_LENGTH
from readinglog.model.text import Edit, Span

SUMMARY_LIMIT = 200
# What needs no quotes in YAML, in a list or out of one, nor turns into something else without them.
PLAIN = r"(?:[0-9]+-)*[a-zà-ɏ](?:[a-z0-9à-ɏ ./()&+'’_~%=@–-]|:(?=[a-z0-9/]))*"
WORDS_OF_YAML = ("true", "false", "yes", "no", "on", "off", "null", "y", "n")
# Of a template that was not filled in. A text that holds more than these may be meant: LaTeX writes `{{BERT}}`.
PLACEHOLDER = r"(?:(?:\{\{[^{}]*\}\}|<%(?:[^%<]|%(?!>)|<(?!%))*%>)[\s,]*)+"
_UNPRINTABLE = re.compile(r"[\x7f-\x9f\u2028\u2029\ufeff\ufffe\uffff]")


class Scalar(NamedTuple):
    """A YAML scalar as written: `plain` where it has no quotes, `null` where YAML reads nothing."""

    text: str
    span: Span
    plain: bool = False
    null: bool = False


class CommonMistake(NamedTuple):
    """What is often written instead, and what is `meant` by it, where that is safe to write in its place.

    In `help` and `meant` stand `{1}`, `{2}` … for the groups of the pattern, numbers with two digits at least.
    """

    pattern: str
    expected: str
    help: str
    meant: str = ""


class Format(NamedTuple):
    """What a text must be: of one `pattern`, a day of the `calendar`, one of some `choices`, of `limit` characters at most."""

    expected: str = ""
    help: str = ""
    pattern: str = ""
    slips: tuple[CommonMistake, ...] = ()
    choices: tuple[str, ...] = ()
    calendar: tuple[str, str] = ("", "")  # what a day that does not exist is not, and what to write
    limit: int = 0


_DAY = r"([0-9]{4})[-/. ]([0-9]{1,2})[-/. ]([0-9]{1,2})(?:[T ][0-9]{1,2}:.*)?"
TEXT = Format()
SUMMARY = Format(limit=SUMMARY_LIMIT)
DATE = Format(
    "a date",
    "write the day as YYYY-MM-DD, such as 2026-01-31",
    r"[0-9]{4}-[0-9]{2}-[0-9]{2}",
    (CommonMistake(_DAY, "a date", "write `{1}-{2}-{3}`"),),
    calendar=("a day of the calendar", "write a day that exists, as YYYY-MM-DD"),
)
PUBLISHED = Format(
    "a date",
    "write what is known of it: YYYY, YYYY-MM or YYYY-MM-DD",
    r"[0-9]{4}(?:-[0-9]{2}){0,2}",
    DATE.slips,
    calendar=("a date of the calendar", "write a date that exists: YYYY, YYYY-MM or YYYY-MM-DD"),
)
URL = Format(
    "an address",
    "write it as https://…, without spaces",
    r"(?!https?:/*$)[a-z][a-z0-9+.-]*:[^\s<>\"`\\]*",
    (
        CommonMistake(r"<([a-z]+:[^\s<>]+)>", "a bare address", "write `{1}`", "{1}"),
        CommonMistake(
            r"((?:[^\s/.:<>\"`\\@]+\.)+[^\s/.:<>\"`\\@]+(?:/\S*)?)",
            "a whole address",
            "write `https://{1}`",
            "https://{1}",
        ),
    ),
)
ARXIV = Format(
    "an arXiv id",
    'write it as `"2401.10020"` (new) or `"hep-th/9901001"` (old)',
    rf"{ARXIV_ID}(?:v[0-9]+)?",
    (
        CommonMistake(
            rf"{ARXIV_PREFIX}({ARXIV_ID}(?:v[0-9]+)?)(?:\.pdf)?/?(?:[?#].*)?",
            "a bare arXiv id",
            'write `"{1}"`',
            "{1}",
        ),
    ),
)
DOI = Format(
    "a DOI",
    "write it as `10.1162/neco.1991.3.1.79`",
    DOI_NAME,
    (CommonMistake(rf"{DOI_PREFIX}\s*({DOI_NAME})", "a bare DOI", "write `{1}`", "{1}"),),
)
RATING = Format("a rating", "write a number from 1 to 5", "[1-5]")
FLAG = Format("true or false", "write `true` or `false`", "true|yes|on|false|no|off")


def one_of(*choices: str) -> Format:
    """The format of a text that is one of `choices`."""
    return Format(
        f"one of {', '.join(choices)}", "write one of these", "|".join(choices), choices=choices
    )


def read_scalar(known: Format, value: Scalar) -> str:
    """Return the text of `value`, white space around and between its words reduced.

    Raise InvalidContentError where it is not of the format.
    """
    text = " ".join(value.text.split()) if not known.pattern else value.text.strip()
    if not text:
        raise InvalidContentError(MESSAGES["empty"].diagnostic(value.span))
    if known.limit and len(text) > known.limit:
        too_long = MESSAGES["long"].diagnostic(value.span, count=len(text), limit=known.limit)
        raise InvalidContentError(too_long)
    if not known.pattern:
        return text
    if re.fullmatch(known.pattern, text, re.IGNORECASE):
        if known.calendar[0] and not _is_day(text):
            raise InvalidContentError(_report_invalid(value, *known.calendar))
        return text.lower() if known.choices else text
    for slip in known.slips:
        if found := re.fullmatch(slip.pattern, text, re.IGNORECASE):
            groups = (
                "",
                *(group.zfill(2) if group.isdigit() else group for group in found.groups()),
            )
            meant = slip.meant.format(*groups)
            if not meant or re.fullmatch(known.pattern, meant, re.IGNORECASE):
                help_, fix = slip.help.format(*groups), to_yaml(meant) if meant else ""
                raise InvalidContentError(_report_invalid(value, slip.expected, help_, fix))
    near = find_nearest(text, known.choices) if known.choices else None
    invalid = _report_invalid(value, known.expected, known.help, near=near or "")
    raise InvalidContentError(invalid)


def _is_day(text: str) -> bool:
    """Whether a day, or the first one of a month or year, exists."""
    try:
        date.fromisoformat((text + "-01-01")[:10])
    except ValueError:
        return False
    return True


def _report_invalid(
    value: Scalar, expected: str, help_: str, fix: str = "", near: str = ""
) -> Diagnostic:
    """Return the diagnostic that `value` is not what is `expected`.

    `fix` is what may replace it, `near` what may be meant.
    """
    edits = (Edit(value.span, fix),) if fix else ()
    return MESSAGES["not"].diagnostic(
        value.span, edits, text=value.text[:QUOTED_LENGTH], expected=expected, help=help_, near=near
    )


def to_yaml(text: str) -> str:
    """`text` as a YAML scalar: as it is where nothing in it could mean something, else in double quotes."""
    plain = (
        re.fullmatch(PLAIN, text, re.IGNORECASE)
        and text == text.strip()
        and text.lower() not in WORDS_OF_YAML
    )
    return text if plain else to_quoted_yaml(text)


def to_quoted_yaml(text: str) -> str:
    """`text` as a double-quoted YAML scalar, which JSON is, but for a few characters."""
    return _UNPRINTABLE.sub(
        lambda found: f"\\u{ord(found[0]):04x}", json.dumps(text, ensure_ascii=False)
    )
