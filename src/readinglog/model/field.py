"""What a field of front matter is: its type, and what the form, the search and pages make of it."""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import Enum
from typing import NamedTuple

from readinglog.model.field_types import FieldType
from readinglog.model.identifiers import fill_address
from readinglog.model.slugs import fold

OWN_NAME = re.compile(r"[a-z][a-z0-9_]{0,39}")  # of a field that a log adds


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
    """A query `name:value` finds the notes where words of the field's text are `value`.

    `noun` says what a value is, where the name of the field does not. If the text is not
    `found_alone`, words without the name of the field do not find it.
    """

    name: str
    example: str
    noun: str = ""
    found_alone: bool = True


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
    """A link on the card of a note, to the address of the field."""

    label: str


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
    address: str = "{}"  # that the field leads to, with its text in place of `{}`
    relation: RelationWords | None = None
    form: FormPlace = FormPlace.MORE
    search: SearchWords | SearchChoice | SearchRange | None = None
    has: bool = False  # whether a query `has:name` finds the notes that have it
    card: CardFact | CardLink | None = None
    former_names: tuple[str, ...] = ()  # what earlier versions called it

    def make_address(self, text: str) -> str:
        """Return the address to which a text of the field leads."""
        return text if self.address == "{}" else fill_address(self.address, text)

    def make_reference(self, text: str) -> str:
        """Return the address with the text as it is, by which works are compared."""
        return self.address.replace("{}", text)


def suggest_own_name(text: str) -> str:
    """Return the name that a field called `text` could have in a log, '' where there is none."""
    name = fold(text).replace("-", "_")
    return name if OWN_NAME.fullmatch(name) else ""
