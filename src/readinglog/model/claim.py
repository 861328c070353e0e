"""A claim: what a work says, where, on what evidence, and what it agrees or disagrees with.

In a note it is an item of a list with inline fields and the mark of a block:
`- Balance costs quality. [at:: Table 2] [disputes:: [[switch#^capacity]]] ^balance`.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import NamedTuple

from readinglog.model.field import RelationWords
from readinglog.model.field_types import TEXT, FieldType, Mismatch, make_choice_type
from readinglog.model.fields import BASES
from readinglog.model.fuzzy_index import find_nearest
from readinglog.model.text import Span

# What may stand in front of the number of a value, in Python and in browsers.
BEFORE_NUMBER = r"[<>≤≥≈~±+−-]?[ ]?[$€£]?"
# Why a result cannot be read, in the words of the check and of the form.
RESULT_ERRORS: Mapping[str, str] = {
    "value": "it has no `= VALUE`",
    "measure": "it has no `METRIC on DATA` before the `=`",
    "number": "`{text}` does not begin with a number",
    "comma": "`{text}` has a comma where numbers have a point",
}
# A comma that does not stand between thousands, in Python and in browsers.
DECIMAL_COMMA = BEFORE_NUMBER + r"[0-9][0-9,]*,(?![0-9]{3}(?![0-9]))[0-9]"
_NUMBER = re.compile(
    r"(?P<sign>[<>≤≥≈~±+−-]?)[ ]?[$€£]?(?P<number>\d[\d,]*+(?>(?:\.\d++)?))"
    r"(?>(?:[eE](?P<power>[+−-]?\d++))?)(?>(?:[ ]?(?:±|\+/-|to|–|-)[ ]?\d[\d,.]*+)?)(?P<unit>.*)"
)


def find_value_error(type_: FieldType, value: str) -> Mismatch | None:
    """Return why the value of a field is not of its type, None where it is.

    A choice is read as it is written, and so must be written as it is read.
    """
    if type_.limit and len(value) > type_.limit:
        return Mismatch(type_.expected, type_.help)
    if type_.choices and value not in type_.choices:
        near = find_nearest(value, type_.choices) or ""
        return Mismatch(type_.expected, type_.help, near=near)
    return type_.find_mismatch(value)


@dataclass(frozen=True)
class ClaimField:
    """An inline field of claims, `[name:: value]`; one with a `relation` holds wikilinks to claims
    or notes.
    """

    name: str
    label: str  # in the form, and where a page names it
    doc: str  # one sentence
    example: str
    type: FieldType = TEXT
    relation: RelationWords | None = None
    is_named: bool = True  # whether a page says what its value is


def make_claim_relation(name: str, doc: str, words: RelationWords) -> ClaimField:
    """Return the field that relates a claim to others."""
    return ClaimField(name, words.forward, doc, "[[note#^claim]]", relation=words)


def _relation(name: str, doc: str, forward: str, backward: str) -> ClaimField:
    return make_claim_relation(name, doc, RelationWords(forward, backward))


_CLAIM_FIELDS = (
    ClaimField(
        "at",
        "Place",
        "Where in the work it says so: a section, table, figure, page or minute.",
        "Table 2",
        is_named=False,
    ),
    ClaimField(
        "result",
        "Result",
        "What was measured: METRIC on DATA = VALUE, then `against VALUE` and `; SETTING`.",
        "perplexity on C4 = 9.50 against 9.56; 1B",
        is_named=False,
    ),
    ClaimField(
        "checked",
        "Checked against",
        f"What of the work the claim was checked against: {', '.join(BASES)}.",
        BASES[0],
        make_choice_type(*BASES),
        is_named=False,
    ),
    _relation("supports", "Claims or works that it supports.", "Supports", "Supported by"),
    _relation("disputes", "Claims or works that it disputes.", "Disputes", "Disputed by"),
    _relation("replicates", "Claims or works that it repeats.", "Replicates", "Replicated by"),
    _relation("supersedes", "Claims or works that it replaces.", "Supersedes", "Superseded by"),
)
CLAIM_FIELDS: Mapping[str, ClaimField] = {field.name: field for field in _CLAIM_FIELDS}


class Result(NamedTuple):
    """What was measured, as its author wrote it; '' where a part is left out."""

    metric: str
    data: str
    value: str
    against: str = ""
    setting: str = ""

    def __str__(self) -> str:
        """As it is written in a note."""
        against = f" against {self.against}" if self.against else ""
        setting = f"; {self.setting}" if self.setting else ""
        return f"{self.metric} on {self.data} = {self.value}{against}{setting}"

    @property
    def number(self) -> float:
        """The number that the value begins with; of a range the first."""
        return parse_number(self.value)

    @property
    def unit(self) -> str:
        """What follows the number of the value, such as `%` or `ms`, or ''."""
        found = _NUMBER.fullmatch(self.value)
        return found["unit"].strip() if found else ""


def parse_number(value: str) -> float:
    """Return the number that `value` begins with. Raise ValueError where there is none."""
    found = _NUMBER.fullmatch(value)
    if found is None:
        raise ValueError(RESULT_ERRORS["number"].format(text=value))
    if re.match(DECIMAL_COMMA, value):
        raise ValueError(RESULT_ERRORS["comma"].format(text=value))
    digits = found["number"].replace(",", "")
    power = (found["power"] or "0").replace("−", "-")
    sign = "-" if found["sign"] in ("-", "−") else ""
    return float(f"{sign}{digits}e{power}")


def parse_result(text: str) -> Result:
    """Return the result in `METRIC on DATA = VALUE [against VALUE][; SETTING]`.

    Raise ValueError with what is missing.
    """
    measured, _, setting = " ".join(text.split()).partition(";")
    measured, _, against = measured.partition(" against ")
    named, equals, value = measured.rpartition("=")
    metric, _, data = named.partition(" on ")
    if not (equals and value.strip()):
        raise ValueError(RESULT_ERRORS["value"])
    if not (metric.strip() and data.strip()):
        raise ValueError(RESULT_ERRORS["measure"])
    result = Result(*(part.strip() for part in (metric, data, value, against, setting)))
    for measured_value in filter(None, (result.value, result.against)):
        parse_number(measured_value)
    return result


class InlineField(NamedTuple):
    """`[name:: value]`: the whole of it is `span`, `value_span` what is behind the colons."""

    name: str
    value: str
    span: Span
    value_span: Span

    def list_marks(self) -> tuple[Span, Span]:
        """Return what stands before the value, and what behind it."""
        (start, end), (value_start, value_end) = self.span, self.value_span
        return Span(start, value_start), Span(value_end, end)


@dataclass(frozen=True)
class Claim:
    """A claim of a note: `id` is the name of its block, `span` its text with the inline fields in
    it, up to the mark of the block.
    """

    id: str
    span: Span
    fields: tuple[InlineField, ...]

    def get(self, name: str) -> str:
        """Return the value of a field, '' where the claim does not have it."""
        return next((field.value for field in self.fields if field.name == name), "")

    @property
    def result(self) -> Result | None:
        """What was measured, or None where no result is given, or none that can be read."""
        try:
            return parse_result(self.get("result"))
        except ValueError:
            return None
