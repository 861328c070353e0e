"""The types of value that a front-matter field can have, each one record.

The check, the form on the site, the JSON Schema for editors, drafts and pages all read these
records. A value is read from the scalar as it was written: YAML itself would turn `2401.10020` into
`2401.1002` and `No` into false. A pattern is a regular expression that Python and browsers read
alike; it is for the whole text, and case is ignored.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from functools import partial
from typing import Literal, NamedTuple

from readinglog.model.diagnostic import Diagnostic, InvalidContentError
from readinglog.model.fuzzy_index import find_nearest
from readinglog.model.identifiers import (
    ARXIV_ID_PATTERN,
    ARXIV_PREFIX_PATTERN,
    DOI_NAME_PATTERN,
    DOI_PREFIX_PATTERN,
    GITHUB_NAME_PATTERN,
    GITHUB_PATTERN,
    HF_ID_PATTERN,
    HF_PATTERN,
    ISBN_NUMBER_PATTERN,
    ISBN_PATTERN,
    OPENREVIEW_ID_PATTERN,
    OPENREVIEW_PATTERN,
    parse_arxiv_id,
    parse_doi,
    parse_identifier,
    parse_isbn,
)
from readinglog.model.messages import MESSAGES, QUOTED_LENGTH
from readinglog.model.person_names import remove_braces
from readinglog.model.printable import remove_hidden
from readinglog.model.text import Edit, Span
from readinglog.model.yaml_values import Scalar, to_yaml

SUMMARY_LIMIT = 200  # characters
ET_AL = "et al."  # stands last in a list of authors of which only the first are known

Widget = Literal["input", "textarea", "select", "checkbox"]
Completion = Literal["", "tags", "authors", "notes", "people"]


class CommonMistake(NamedTuple):
    """What is often written instead, and its `replacement` where replacing it is safe.

    In `help` and `replacement`, `{1}`, `{2}` … stand for the groups of the pattern; numbers are
    padded to two digits.
    """

    pattern: str
    expected: str
    help: str
    replacement: str = ""


class Mismatch(NamedTuple):
    """Why a text is not of a type: what is expected, what to write, and what may replace it: a safe
    `replacement`, or the choice that is probably meant.
    """

    expected: str
    help: str
    replacement: str = ""
    near: str = ""


class Proof(NamedTuple):
    """How a value of the right form is proved, and what a message says of one that fails: a date
    that does not exist, or an ISBN with a wrong check digit.
    """

    test: Literal["date", "isbn"]
    expected: str
    help: str


@dataclass(frozen=True)
class FieldType:
    """A type of value: what is accepted, what is said of everything else, and how it is shown."""

    expected: str = ""  # "… is not {expected}"
    help: str = ""  # what to write
    pattern: str = ""  # '' where any text is accepted
    common_mistakes: tuple[CommonMistake, ...] = ()
    choices: tuple[str, ...] = ()
    proof: Proof | None = None
    limit: int = 0  # characters; 0 where there is no limit
    convert: Callable[[str], object] = str  # from the text to the value
    schema: Mapping[str, object] | None = None  # JSON Schema, where it is not that of a string
    widget: Widget = "input"
    options: tuple[str, ...] = ()  # what a select offers
    completes_from: Completion = ""
    is_unquoted: bool = False  # whether drafts write it without quotes
    is_date: bool = False
    may_hold_commas: bool = False  # whether `a, b` may be one value of a list
    schemes: tuple[str, ...] = ()  # those that an address may have
    parse_address: Callable[[str], str | None] | None = None  # reads the value from an address

    @property
    def is_text(self) -> bool:
        """Whether any text is accepted."""
        return not self.pattern

    def read(self, scalar: Scalar) -> object:
        """Return the value of `scalar`; raise InvalidContentError where it is not of this type."""
        return self.convert(self._read_text(scalar))

    def is_valid(self, text: str) -> bool:
        """Return whether `text` is of this type, and written as it is read."""
        try:
            return self._read_text(Scalar(text, Span(0, 0))) == text
        except InvalidContentError:
            return False

    def make_json_schema(self) -> dict[str, object]:
        """Return the JSON Schema of one value."""
        if self.schema is not None:
            return dict(self.schema)
        schema: dict[str, object] = {"type": "string"}
        schema |= {"pattern": f"^(?:{self.pattern})$"} if self.pattern else {"minLength": 1}
        return schema | ({"maxLength": self.limit} if self.limit else {})

    def _read_text(self, scalar: Scalar) -> str:
        """Return the text of `scalar`, white space around and between its words reduced."""
        text = _clean(scalar.text) if self.is_text else scalar.text.strip()
        if not text:
            raise InvalidContentError(MESSAGES["empty-text"].make_diagnostic(scalar.span))
        if self.limit and len(text) > self.limit:
            too_long = MESSAGES["too-long"].make_diagnostic(
                scalar.span, count=len(text), limit=self.limit
            )
            raise InvalidContentError(too_long)
        if found := self.find_mismatch(text):
            raise InvalidContentError(_report_invalid(scalar, found))
        return text.lower() if self.choices else text

    def find_mismatch(self, text: str) -> Mismatch | None:
        """Return why a text without white space around it is not of this type, None where it is."""
        if self.is_text:
            return None
        if not self._matches(text):
            return self._explain_mismatch(text)
        if self.proof and not _PROOFS[self.proof.test](text):
            return Mismatch(self.proof.expected, self.proof.help)
        return None

    def _matches(self, text: str) -> bool:
        return re.fullmatch(self.pattern, text, re.IGNORECASE) is not None

    def _explain_mismatch(self, text: str) -> Mismatch:
        for mistake in self.common_mistakes:
            if found := re.fullmatch(mistake.pattern, text, re.IGNORECASE):
                groups = ["", *(_fill_number(group) for group in found.groups())]
                replacement = mistake.replacement.format(*groups)
                if not replacement or self._matches(replacement):
                    return Mismatch(mistake.expected, mistake.help.format(*groups), replacement)
        near = find_nearest(text, self.choices) if self.choices else None
        return Mismatch(self.expected, self.help, near=near or "")


def _clean(text: str) -> str:
    """Return `text` in one line, without what is not seen and changes how it is shown."""
    line = " ".join(text.split())
    return line if line.isprintable() else " ".join(remove_hidden(line).split())


def is_day(text: str) -> bool:
    """Return whether a day, or the first one of a month or year, exists."""
    try:
        date.fromisoformat((text + "-01-01")[:10])
    except ValueError:
        return False
    return True


def _is_isbn(text: str) -> bool:
    """Return whether the check digit of an ISBN is right."""
    return parse_isbn(text) is not None


_PROOFS: Mapping[str, Callable[[str], bool]] = {"date": is_day, "isbn": _is_isbn}


def _fill_number(group: str) -> str:
    return group.zfill(2) if group.isdigit() else group


def _report_invalid(scalar: Scalar, found: Mismatch) -> Diagnostic:
    """Return the diagnostic that `scalar` is not what is expected."""
    edits = (Edit(scalar.span, to_yaml(found.replacement)),) if found.replacement else ()
    text = scalar.text[:QUOTED_LENGTH]
    return MESSAGES["invalid"].make_diagnostic(scalar.span, edits, text=text, **found._asdict())


def make_choice_type(*choices: str) -> FieldType:
    """Return the type of a text that is one of `choices`."""
    return FieldType(
        f"one of {', '.join(choices)}",
        "write one of these",
        "|".join(choices),
        choices=choices,
        schema={"enum": list(choices)},
        widget="select",
        options=choices,
    )


def _is_true(text: str) -> bool:
    return text.lower() in {"true", "yes", "on"}


TEXT = FieldType()
SUMMARY = FieldType(limit=SUMMARY_LIMIT, widget="textarea")
TAG = FieldType(completes_from="tags")
PERSON = FieldType(convert=remove_braces, completes_from="authors", may_hold_commas=True)
NOTE_NAME = FieldType(completes_from="notes")
WRITER = FieldType(completes_from="people")
_OTHER_DATE = CommonMistake(
    r"([0-9]{4})[-/. ]([0-9]{1,2})[-/. ]([0-9]{1,2})(?:[T ][0-9]{1,2}:.*)?",
    "a date",
    "write `{1}-{2}-{3}`",
)
DATE = FieldType(
    "a date",
    "write the day as YYYY-MM-DD, such as 2026-01-31",
    r"[0-9]{4}-[0-9]{2}-[0-9]{2}",
    (_OTHER_DATE,),
    proof=Proof("date", "a valid date", "write a day that exists, as YYYY-MM-DD"),
    convert=date.fromisoformat,
    is_unquoted=True,
    is_date=True,
)
_PARTIAL_DATE = r"[0-9]{4}(?:-[0-9]{2}){0,2}"
PARTIAL_DATE = FieldType(
    "a date",
    "write what is known: YYYY, YYYY-MM or YYYY-MM-DD",
    _PARTIAL_DATE,
    (_OTHER_DATE,),
    proof=Proof("date", "a valid date", "write a date that exists: YYYY, YYYY-MM or YYYY-MM-DD"),
    # To YAML a year is a number.
    schema={"type": ["string", "integer"], "pattern": f"^(?:{_PARTIAL_DATE})$"},
    is_unquoted=True,
    is_date=True,
)
URL = FieldType(
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
    schemes=("http", "https"),
)
_ARXIV_WITH_VERSION = rf"{ARXIV_ID_PATTERN}(?:v[0-9]+)?"
ARXIV = FieldType(
    "an arXiv id",
    'write it as `"2401.10020"` (new) or `"hep-th/9901001"` (old)',
    _ARXIV_WITH_VERSION,
    (
        CommonMistake(
            rf"{ARXIV_PREFIX_PATTERN}({_ARXIV_WITH_VERSION})(?:\.pdf)?/?(?:[?#].*)?",
            "a bare arXiv id",
            'write `"{1}"`',
            "{1}",
        ),
    ),
    parse_address=parse_arxiv_id,
)
DOI = FieldType(
    "a DOI",
    "write it as `10.1162/neco.1991.3.1.79`",
    DOI_NAME_PATTERN,
    (
        CommonMistake(
            rf"{DOI_PREFIX_PATTERN}\s*({DOI_NAME_PATTERN})", "a bare DOI", "write `{1}`", "{1}"
        ),
    ),
    parse_address=parse_doi,
)
ISBN = FieldType(
    "an ISBN",
    "write its ten or thirteen digits, such as `978-0-306-40615-7`",
    ISBN_NUMBER_PATTERN,
    (CommonMistake(ISBN_PATTERN, "a bare ISBN", 'write `"{1}"`', "{1}"),),
    proof=Proof("isbn", "an ISBN: its check digit is wrong", "compare its digits with the book’s"),
    # To YAML, digits alone are a number.
    schema={"type": ["string", "integer"], "pattern": f"^(?:{ISBN_NUMBER_PATTERN})$"},
    parse_address=partial(parse_identifier, "isbn"),
)
CITATION_KEY = FieldType(
    "a citation key",
    "write it as in BibTeX, without spaces, commas, quotes and braces",
    r"[^\s,{}()\"'#%~=@\\]+",
)
OPENREVIEW = FieldType(
    "an OpenReview id",
    "write what stands behind `id=` in the address, such as `r1Abc-23dE`",
    OPENREVIEW_ID_PATTERN,
    (CommonMistake(OPENREVIEW_PATTERN, "a bare OpenReview id", 'write `"{1}"`', "{1}"),),
    parse_address=partial(parse_identifier, "openreview"),
)
HF = FieldType(
    "a name on Hugging Face",
    "write `owner/name`, `datasets/owner/name` or `spaces/owner/name`",
    HF_ID_PATTERN,
    (CommonMistake(HF_PATTERN, "a bare name on Hugging Face", "write `{1}`", "{1}"),),
    parse_address=partial(parse_identifier, "hf"),
)
GITHUB = FieldType(
    "a repository on GitHub",
    "write `owner/name`",
    GITHUB_NAME_PATTERN,
    (CommonMistake(GITHUB_PATTERN, "a bare repository", "write `{1}`", "{1}"),),
    parse_address=partial(parse_identifier, "github"),
)
LANGUAGE = FieldType(
    "a language",
    "write its code, such as `de`, `fr` or `pt-BR`",
    r"[a-z]{2,3}(?:-[a-z0-9]{2,8}){0,3}",
)
RATING = FieldType(
    "a rating",
    "write a number from 1 to 5",
    "[1-5]",
    convert=int,
    schema={"type": "integer", "minimum": 1, "maximum": 5},
    widget="select",
    options=("1", "2", "3", "4", "5"),
    is_unquoted=True,
)
FLAG = FieldType(
    "true or false",
    "write `true` or `false`",
    "true|yes|on|false|no|off",
    convert=_is_true,
    schema={"type": "boolean"},
    widget="checkbox",
    is_unquoted=True,
)
