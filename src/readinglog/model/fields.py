"""The fields of a note's front matter, each one record.

The check, the JSON Schema, the form, drafts, the search and the card of a page read `FIELDS` when
they are asked, so that a new record is all that a new field needs.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from enum import Enum
from typing import NamedTuple

from readinglog.model.field_types import (
    ARXIV,
    DATE,
    DOI,
    FLAG,
    NOTE_NAME,
    PARTIAL_DATE,
    PERSON,
    RATING,
    SUMMARY,
    TAG,
    TEXT,
    URL,
    FieldType,
    make_choice_type,
)
from readinglog.model.identifiers import make_doi_url
from readinglog.model.kinds import DEFAULT_KIND, KINDS, NOTE_KINDS, Kind

STATUSES = ("to-read", "reading", "read")


class Required(Enum):
    """Which notes must have a field."""

    NO = "no note"
    WORKS = "notes about a work"
    NOTES = "every note"


class FormPlace(Enum):
    """Where the form on the site asks for a field."""

    FIRST = "at the top"
    MORE = "under “More fields”"
    NONE = "nowhere"


class RelationWords(NamedTuple):
    """How pages name a relation to another note, and the same relation seen from there."""

    forward: str
    backward: str


class SearchWords(NamedTuple):
    """A query `name:value` finds the notes where words of the field's text are `value`."""

    name: str
    example: str


class SearchChoice(NamedTuple):
    """A query `name:value` finds the notes that have this choice."""

    name: str


class SearchRange(NamedTuple):
    """A query `name:value` finds the notes within a range of texts, such as `2020..2024`.

    `pattern` is what an end of the range looks like, `length` how much of the field's text counts.
    """

    name: str
    pattern: str
    example: str
    length: int | None = None


class CardFact(NamedTuple):
    """A fact on the card of a note, in the words of `template`; facts stand in order of `place`.

    Those that are not of one field have these places: kind 0, day and status 30, minutes 60.
    """

    template: str = "{}"
    place: int = 90


class CardLink(NamedTuple):
    """A link on the card of a note; `make_url` turns the field's text into its target."""

    label: str
    make_url: Callable[[str], str] = str


@dataclass(frozen=True)
class Field:
    """A field of front matter."""

    name: str
    type: FieldType
    label: str  # in the form
    doc: str  # one sentence
    is_list: bool = False
    required: Required = Required.NO
    required_example: str = ""  # what to write where it is missing
    default: str = ""  # what a note says that leaves it out
    is_for_pages: bool = False  # whether a page beside the notes must have it, too
    only_hubs: bool = False  # whether a note about a work may not have it
    is_locator: bool = False  # whether it says where the work is: one of those is required of works
    relation: RelationWords | None = None
    form: FormPlace = FormPlace.MORE
    search: SearchWords | SearchChoice | SearchRange | None = None
    has: bool = False  # whether a query `has:name` finds the notes that have it
    card: CardFact | CardLink | None = None

    def is_required_of(self, kind: Kind) -> bool:
        """Return whether a note of this kind must have the field."""
        if kind.is_page:
            return self.is_for_pages
        if self.required is Required.WORKS:
            return kind.is_work
        return self.required is Required.NOTES


def _relation(name: str, doc: str, forward: str, backward: str) -> Field:
    words = RelationWords(forward, backward)
    return Field(name, NOTE_NAME, forward, doc, is_list=True, relation=words, has=True)


_FIELDS = (
    Field(
        "title",
        TEXT,
        "Title",
        "The work's title.",
        required=Required.NOTES,
        required_example='title: "…"',
        is_for_pages=True,
        form=FormPlace.FIRST,
    ),
    Field(
        "kind",
        replace(make_choice_type(*KINDS), options=tuple(NOTE_KINDS)),
        "Kind",
        f"One of {', '.join(NOTE_KINDS)}.",
        required=Required.NOTES,
        required_example="kind: paper",
        default=DEFAULT_KIND,
        form=FormPlace.FIRST,
        search=SearchChoice("kind"),
    ),
    Field(
        "authors",
        PERSON,
        "Authors",
        "The authors in order, given names first; “et al.” can be the last.",
        is_list=True,
        required=Required.WORKS,
        required_example="authors: [First Author]",
        form=FormPlace.FIRST,
        search=SearchWords("author", "author:shazeer"),
    ),
    Field(
        "published",
        PARTIAL_DATE,
        "Published",
        "When the work was published: YYYY, YYYY-MM or YYYY-MM-DD.",
        form=FormPlace.FIRST,
        search=SearchRange("year", r"[0-9]{4}", "2024", length=4),
        card=CardFact("published {}", place=20),
    ),
    Field(
        "date",
        DATE,
        "Logged on",
        "The day the note was added: YYYY-MM-DD.",
        required=Required.NOTES,
        required_example="date: YYYY-MM-DD",
        search=SearchRange(
            "date",
            r"[0-9]{4}(?:-(?:0[1-9]|1[0-2])(?:-(?:0[1-9]|[12][0-9]|3[01]))?)?",
            "2024-05",
        ),
    ),
    Field(
        "url", URL, "Address", "Where the work can be read.", is_locator=True, form=FormPlace.FIRST
    ),
    Field(
        "arxiv",
        ARXIV,
        "arXiv id",
        "The arXiv id, such as 2401.10020v2, with the version that you read.",
        is_locator=True,
        form=FormPlace.FIRST,
        has=True,
    ),
    Field(
        "doi",
        DOI,
        "DOI",
        "The DOI, without https://doi.org/.",
        is_locator=True,
        form=FormPlace.FIRST,
        has=True,
        card=CardLink("DOI", make_doi_url),
    ),
    Field(
        "venue",
        TEXT,
        "Venue",
        "Where the work was published.",
        search=SearchWords("venue", "venue:iclr"),
        card=CardFact(place=10),
    ),
    Field("code", URL, "Code", "Where the work’s code is.", has=True, card=CardLink("Code")),
    Field(
        "tags",
        TAG,
        "Tags",
        "What the work is about. Choose existing tags.",
        is_list=True,
        required=Required.NOTES,
        required_example="tags: [moe]",
        form=FormPlace.FIRST,
    ),
    Field(
        "status",
        make_choice_type(*STATUSES),
        "Status",
        f"One of {', '.join(STATUSES)}; by default, read.",
        default="read",
        search=SearchChoice("status"),
    ),
    Field(
        "rating",
        RATING,
        "Rating",
        "From 1 to 5.",
        search=SearchRange("rating", r"[1-5]", "4"),
        card=CardFact("rated {} of 5", place=50),
    ),
    Field(
        "summary",
        SUMMARY,
        "Summary",
        "One sentence in your own words, at most 200 characters.",
        required=Required.NOTES,
        required_example='summary: "…"',
        form=FormPlace.FIRST,
    ),
    Field(
        "aliases",
        TEXT,
        "Aliases",
        "Other names that a wikilink may use.",
        is_list=True,
        card=CardFact("also called {}", place=70),
    ),
    _relation(
        "builds_on",
        "The works it builds on, by the names of their notes.",
        "Builds on",
        "Built on by",
    ),
    _relation("contradicts", "The works it contradicts.", "Contradicts", "Contradicted by"),
    _relation(
        "supersedes",
        "The works it replaces, by the names of their notes.",
        "Supersedes",
        "Superseded by",
    ),
    _relation(
        "replicates", "The works whose experiments it repeats.", "Replicates", "Replicated by"
    ),
    Field(
        "redirect_from",
        TEXT,
        "Redirect from",
        "Former names of the note, and its addresses on another site, such as /2024/05/gates/.",
        is_list=True,
        form=FormPlace.NONE,
    ),
    Field(
        "query",
        TEXT,
        "Query",
        "For a topic: a search whose results its page lists, such as tag:moe year:2024..",
        only_hubs=True,
    ),
    Field("draft", FLAG, "Draft", "If true, checked but not published."),
)
FIELDS: Mapping[str, Field] = {field.name: field for field in _FIELDS}


def list_locators() -> tuple[str, ...]:
    """Return the fields that say where a work is: its identifiers, then its addresses."""
    names = (field.name for field in FIELDS.values() if field.is_locator)
    return tuple(sorted(names, key=lambda name: bool(FIELDS[name].type.schemes)))


def format_locators() -> str:
    """Return the fields that say where a work is, as a message lists them."""
    names = [f"`{field.name}`" for field in FIELDS.values() if field.is_locator]
    return f"{', '.join(names[:-1])} or {names[-1]}"


def list_relations() -> tuple[str, ...]:
    """Return the fields that relate a note to others."""
    return tuple(field.name for field in FIELDS.values() if field.relation)
