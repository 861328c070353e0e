"""The form for a new note, made of the records of the fields; a script makes it work."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import NamedTuple

from readinglog.model.claim import ClaimField
from readinglog.model.field import Field, FormPlace, Required
from readinglog.model.field_types import Completion, Widget
from readinglog.model.schema import Schema, is_required
from readinglog.notebook.notebook import Notebook
from readinglog.site.messages import translate
from readinglog.site.page import Site

_AUTHORS = 300  # offered by completion
_NUMBERS = ("no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine")


class FormField(NamedTuple):
    """A field as the form shows it."""

    name: str
    label: str
    need: str  # why something must be written, in a word or two, or ''
    doc: str
    is_list: bool
    widget: Widget
    options: tuple[str, ...]
    completes_from: Completion


def list_form_fields(place: FormPlace, schema: Schema) -> list[FormField]:
    """Return the fields that the form has in a place, first those that say where the work is.

    An address there is enough to begin with.
    """
    fields = [field for field in schema.fields.values() if field.form is place]
    fields.sort(key=lambda field: not field.is_locator)
    locators = [field for field in fields if field.is_locator]
    return [_make_form_field(field, len(locators), schema) for field in fields]


def _make_form_field(field: Field, locators: int, schema: Schema) -> FormField:
    kind = field.type
    need = explain_need(field, schema)
    if field.is_locator and kind.schemes:  # the address, which stands before the identifiers
        need = f"fill in one of these {_NUMBERS[locators]}"
    doc = "" if kind.choices else field.doc
    return FormField(
        field.name,
        field.label,
        need,
        doc,
        field.is_list,
        kind.widget,
        kind.options,
        kind.completes_from,
    )


def explain_need(field: Field, schema: Schema) -> str:
    """Return which notes must have a field, in words, or ''."""
    kinds = schema.note_kinds.values()
    needing = [kind for kind in kinds if is_required(field, kind)]
    if len(needing) == len(kinds):
        return "required"
    if field.required is Required.WORKS:
        return "required of works"
    names = ", ".join(kind.name for kind in needing)
    return translate("required of {kinds}", kinds=names) if names else ""


class CompletionOption(NamedTuple):
    """A value that is offered while one writes, and what it is."""

    value: str
    doc: str


class Completions(NamedTuple):
    """The values offered in the fields that complete from `name`."""

    name: str
    options: tuple[CompletionOption, ...]


@dataclass(frozen=True, slots=True)
class FormView:
    """The form for a new note: the fields shown at first and those behind "More fields", and what a
    claim has: fields that are written, and relations to others.

    `forge` is what the place where a pull request is opened is called, or ''.
    """

    first: tuple[FormField, ...]
    more: tuple[FormField, ...]
    claim_fields: tuple[ClaimField, ...]
    claim_relations: tuple[ClaimField, ...]
    completions: tuple[Completions, ...]
    forge: str


def make_form(notebook: Notebook, site: Site) -> FormView:
    """Return the form for a new note."""
    claim_fields = notebook.schema.claim_fields.values()
    return FormView(
        first=tuple(list_form_fields(FormPlace.FIRST, notebook.schema)),
        more=tuple(list_form_fields(FormPlace.MORE, notebook.schema)),
        claim_fields=tuple(field for field in claim_fields if not field.relation),
        claim_relations=tuple(field for field in claim_fields if field.relation),
        completions=_list_completions(notebook),
        forge=_name_forge(site.new_pattern),
    )


def _list_completions(notebook: Notebook) -> tuple[Completions, ...]:
    """Return what to complete: tags with their summaries, authors by frequency, and those who write
    notes.

    Notes are completed by a script, from the names of all.
    """
    authors = Counter(name for note in notebook.published for name in note.authors)
    tags = notebook.vocabulary.tags.values()
    writers = {name: None for note in notebook.published for name in note.texts("by")}
    people = notebook.people or tuple(writers)
    return (
        Completions("tags", tuple(CompletionOption(tag.key, tag.summary) for tag in tags)),
        Completions(
            "authors",
            tuple(CompletionOption(name, "") for name, _ in authors.most_common(_AUTHORS)),
        ),
        Completions("people", tuple(CompletionOption(name, "") for name in people)),
        Completions("notes", ()),
    )


def _name_forge(new: str) -> str:
    """Return what the forge behind an address is called: its name, or else its host."""
    host = new.partition("://")[2].partition("/")[0]
    return {"github.com": "GitHub", "gitlab.com": "GitLab", "codeberg.org": "Codeberg"}.get(
        host, host
    )
