"""What the front matter of a note says, read by its schema."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from typing import cast

from readinglog.model import identifiers
from readinglog.model.field_types import ET_AL
from readinglog.model.schema import BUILT_IN, Schema
from readinglog.model.slugs import clean_former_name
from readinglog.model.text import Source
from readinglog.model.yaml_values import Compound, Entry, Scalar, to_plain_value


@dataclass(frozen=True, eq=False)
class NoteFields:
    """The fields of a note: as they are written, and as values.

    `values` holds those that could be read, as the schema types them.
    """

    source: Source
    fields: Mapping[str, Entry]
    values: Mapping[str, object]
    schema: Schema = field(default=BUILT_IN, kw_only=True)  # by which the note was parsed

    def _text(self, field: str) -> str:
        return cast("str", self.values.get(field, ""))

    def get_scalars(self, field: str) -> tuple[Scalar, ...]:
        """Return the items of a list field that could be read, with their places.

        A single scalar counts as a list of one.
        """
        if field not in self.values:
            return ()
        value = self.fields[field].value
        items = value.items if isinstance(value, Compound) else (value,)
        scalars = (item for item in items if isinstance(item, Scalar))
        return tuple(item for item in scalars if not item.is_null and item.text.strip())

    def texts(self, field: str) -> tuple[str, ...]:
        """Return the texts of a list field that could be read."""
        return cast("tuple[str, ...]", self.values.get(field, ()))

    @cached_property
    def former_names(self) -> tuple[str, ...]:
        """The names that the note says it had."""
        return tuple(map(clean_former_name, self.texts("redirect_from")))

    def list_texts(self, field: str) -> tuple[str, ...]:
        """Return what a field says as texts: a list's items but `et al.`, or one value.

        Where the note leaves the field out, its default counts.
        """
        value = self.values.get(field, self.schema.fields[field].default)
        items = value if isinstance(value, tuple) else (value,)
        return tuple(str(item) for item in items if item not in ("", ET_AL))

    def get_plain_value(self, field: str) -> object:
        """Return the value of a field as JSON has it, or what is written where the schema cannot
        read it.
        """
        value = self.values.get(field)
        if value is None:
            return to_plain_value(self.fields[field].value)
        if isinstance(value, date):
            return value.isoformat()
        return list(value) if isinstance(value, tuple) else value

    def has(self, field: str) -> bool:
        """Return whether the note has a field, or an address from which it can be read."""
        parse_address = self.schema.fields[field].type.parse_address
        return field in self.values or bool(parse_address and parse_address(self._text("url")))

    @property
    def authors(self) -> tuple[str, ...]:
        """The authors by name; `et al.` is not one."""
        return tuple(name for name in self.texts("authors") if name != ET_AL)

    @cached_property
    def written_authors(self) -> tuple[str, ...]:
        """The authors as they are written: braces may say which words are a family name."""
        return tuple(" ".join(scalar.text.split()) for scalar in self.get_scalars("authors"))

    @property
    def summary(self) -> str:
        return self._text("summary")

    @property
    def status(self) -> str:
        return self._text("status") or self.schema.fields["status"].default

    @property
    def updated(self) -> date | None:
        """The day the note was last rewritten in substance, where it says so."""
        return cast("date | None", self.values.get("updated"))

    @property
    def date(self) -> date | None:
        """The day the note was logged."""
        return cast("date | None", self.values.get("date"))

    @property
    def published(self) -> str:
        """When the work appeared: YYYY, YYYY-MM, YYYY-MM-DD or ''."""
        return self._text("published")

    @property
    def rating(self) -> int:
        """From 1 to 5, or 0 where none is given."""
        return cast("int", self.values.get("rating", 0))

    @property
    def language(self) -> str:
        """The code of the note's language, '' where it is that of the site."""
        return self._text("lang")

    @property
    def foreign_language(self) -> str:
        """The code of the note's language without its region, '' for English, and where the note
        does not say.
        """
        code = self.language.lower().partition("-")[0]
        return "" if code == "en" else code

    @property
    def venue(self) -> str:
        """Where the work appeared, or ''."""
        return self._text("venue")

    @property
    def is_draft(self) -> bool:
        return self.values.get("draft") is True

    @cached_property
    def arxiv(self) -> str:
        """The arXiv id without version, or ''."""
        return identifiers.parse_arxiv_id(self._text("arxiv") or self._text("url")) or ""

    @cached_property
    def doi(self) -> str:
        """The DOI, lower-case, or ''."""
        return identifiers.parse_doi(self._text("doi") or self._text("url")) or ""

    @property
    def pdf_url(self) -> str:
        """Where the PDF of a work on arXiv is, in the version that was read, else ''."""
        version = self._text("arxiv") or self.arxiv
        return f"https://arxiv.org/pdf/{version}" if self.arxiv else ""

    @property
    def work_url(self) -> str:
        """The work's address on the web: its own, else that of its first identifier, else ''."""
        url = self._text("url")
        if identifiers.get_scheme(url) in ("http", "https"):
            return url
        fields = (self.schema.fields[name] for name in self.schema.locators)
        written = (field.make_address(text) for field in fields if (text := self._text(field.name)))
        found = (url for url in written if identifiers.get_scheme(url) in ("http", "https"))
        return next(found, "")

    @property
    def citation_key(self) -> str:
        """What other texts cite the work by, '' where that is the name of the note."""
        return self._text("citation_key")

    @cached_property
    def isbn(self) -> str:
        """The thirteen digits of the ISBN, or ''."""
        return identifiers.parse_isbn(self._text("isbn")) or ""

    @property
    def cited_url(self) -> str:
        """The work's address for citations, '' where an ISBN alone says where it is: that leads to
        a catalogue.
        """
        catalogued = self.schema.fields["isbn"].make_address(self._text("isbn"))
        return "" if self.work_url == catalogued else self.work_url
