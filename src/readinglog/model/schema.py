"""The front matter's fields: one typed key each, read from the scalar as it was written.

YAML's own reading is not asked: it turns `2401.10020` into `2401.1002` and `No` into false.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from typing import NamedTuple

from readinglog.model.diagnostic import InvalidContentError
from readinglog.model.formats import (
    ARXIV,
    DATE,
    DOI,
    FLAG,
    PUBLISHED,
    RATING,
    SUMMARY,
    TEXT,
    URL,
    Format,
    Scalar,
    one_of,
    read_scalar,
)
from readinglog.model.text import Span

KINDS = ("paper", "post", "talk", "podcast", "thread", "book", "code", "docs", "topic")
STATUSES = ("to-read", "reading", "read")
_RELATIONS = {
    "builds_on": "What it builds on, by the names of their notes.",
    "contradicts": "What it contradicts.",
    "supersedes": "What it takes the place of.",
    "replicates": "What it does again.",
}
RELATIONS = tuple(_RELATIONS)
WORK_FIELDS = ("arxiv", "doi", "url")  # each may name the work; the closest comes first
ET_AL = "et al."  # stands last in a list of authors of which only the first are known


class Compound(NamedTuple):
    """A YAML list or mapping."""

    kind: str  # "list", "mapping", or "broken" where the entry is not YAML
    items: tuple[Scalar | Compound, ...]  # of a mapping: key, value, key, value …
    span: Span


Value = Scalar | Compound
BROKEN = Compound("broken", (), Span(0, 0))  # the entry is there, and has been reported


class Field(NamedTuple):
    """One line of front matter: its key, and its value as written."""

    name: str
    name_span: Span
    value: Value


def to_plain_value(value: Value) -> object:
    """`value` as text, lists and mappings, all scalars as written: what JSON output shows."""
    if isinstance(value, Scalar):
        return None if value.null else value.text
    items = [to_plain_value(item) for item in value.items]
    return (
        items if value.kind == "list" else dict(zip(map(str, items[::2]), items[1::2], strict=True))
    )


class FieldType(NamedTuple):
    """How a field is written, what it says, and into what its text is turned."""

    format: Format
    doc: str
    many: bool = False
    needed: str = ""  # what to write where the field is required
    on_topics: bool = True  # whether a topic note must have it too
    turn: Callable[[str], object] = str

    def read(self, scalar: Scalar) -> object:
        """Return the value of `scalar`; raise InvalidContentError where it is not of the format."""
        return self.turn(read_scalar(self.format, scalar))

    def is_valid(self, text: str) -> bool:
        """Whether `text` is of the format, and written as it is read."""
        try:
            return read_scalar(self.format, Scalar(text, Span(0, 0))) == text
        except InvalidContentError:
            return False

    @property
    def is_text(self) -> bool:
        """Whether any text will do."""
        return not self.format.pattern


def _is_true(text: str) -> bool:
    return text.lower() in {"true", "yes", "on"}


FIELDS: Mapping[str, FieldType] = {
    "title": FieldType(TEXT, "The work's title.", needed='title: "…"'),
    "kind": FieldType(one_of(*KINDS), f"One of {', '.join(KINDS)}.", needed="kind: paper"),
    "authors": FieldType(
        TEXT,
        "Who made it; et al. may stand last.",
        many=True,
        needed="authors: [First Author]",
        on_topics=False,
    ),
    "published": FieldType(PUBLISHED, "When the work appeared: YYYY, YYYY-MM or YYYY-MM-DD."),
    "date": FieldType(
        DATE,
        "The day it was logged: YYYY-MM-DD.",
        needed="date: YYYY-MM-DD",
        turn=date.fromisoformat,
    ),
    "url": FieldType(URL, "Where it can be read."),
    "arxiv": FieldType(
        ARXIV, "The arXiv id, such as 2401.10020v2, with the version that was read."
    ),
    "doi": FieldType(DOI, "The DOI, without its resolver."),
    "venue": FieldType(TEXT, "Where it was published."),
    "code": FieldType(URL, "Where its code is."),
    "tags": FieldType(
        TEXT, "What it is about, in the words of the vocabulary.", many=True, needed="tags: [moe]"
    ),
    "status": FieldType(one_of(*STATUSES), f"One of {', '.join(STATUSES)}; read if left out."),
    "rating": FieldType(RATING, "From 1 to 5.", turn=int),
    "summary": FieldType(
        SUMMARY, "One sentence in your own words, at most 200 characters.", needed='summary: "…"'
    ),
    "aliases": FieldType(TEXT, "Other names that a wikilink may use.", many=True),
    **{name: FieldType(TEXT, doc, many=True) for name, doc in _RELATIONS.items()},
    "redirect_from": FieldType(TEXT, "Former names of the note.", many=True),
    "draft": FieldType(FLAG, "If true, checked but not published.", turn=_is_true),
}
