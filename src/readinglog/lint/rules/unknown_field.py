"""A field that does not exist, or that notes of this kind do not have.

It is usually a typo, and the value would be silently lost. `query` is for topics. A log can have
fields of its own, each a table `[fields.NAME]` in `readinglog.toml`.

Bad:

    autors: [Charles Darwin]

Good:

    authors: [Charles Darwin]
"""

from __future__ import annotations

from collections.abc import Collection, Iterator

from readinglog.lint.rules.rule import LogFacts
from readinglog.model.diagnostic import Diagnostic, Severity
from readinglog.model.field import suggest_own_name
from readinglog.model.fuzzy_index import find_nearest
from readinglog.model.messages import MESSAGES, QUOTED_LENGTH
from readinglog.model.note import Note
from readinglog.model.schema import Schema
from readinglog.model.slugs import fold
from readinglog.model.text import Edit
from readinglog.model.yaml_values import Entry

SEVERITY = Severity.ERROR


def check_alone(note: Note, _: LogFacts) -> Iterator[Diagnostic]:
    yield from _check_kind(note)
    fields = note.schema.fields
    if note.fields.keys() <= fields.keys():
        return
    taken = note.fields.keys() & fields.keys()
    for name, entry in note.fields.items():
        if name not in fields:
            message = f"no field is named `{name[:QUOTED_LENGTH]}`"
            help_, fix = _suggest(name, entry, note, taken)
            taken.update(edit.text for edit in fix)
            yield Diagnostic(entry.name_span, message, help_, fix)


def _suggest(
    name: str, entry: Entry, note: Note, taken: Collection[str]
) -> tuple[str, tuple[Edit, ...]]:
    """Return what to write in place of an unknown field, and the edit where that is safe.

    `taken` are the fields that the note has, and those that are written for others.
    """
    if spelled := _find_other_spelling(name, note.schema):
        if spelled in taken:
            return f"the note has `{spelled}` too: keep one of them, as `{spelled}`", ()
        return f"write `{spelled}`", (Edit(entry.name_span, spelled),)
    if near := _suggest_field(name, note.schema, taken):
        is_safe = _is_typo(name, near) or near == _find_by_former_name(name, note.schema)
        return f"did you mean `{near}`?", (Edit(entry.name_span, near),) if is_safe else ()
    if (near := find_nearest(name, taken)) and _is_typo(name, near):
        return f"the note has `{near}` too: keep one of them, as `{near}`", ()
    if " " in name:
        return "put the whole value above in double quotes", ()
    listed = f"the fields are {', '.join(note.schema.fields)}"
    own_name = suggest_own_name(name)
    own = f"`[fields.{own_name}]`" if own_name else "a table `[fields.NAME]`"
    return f"{listed}; to add one to the log, write {own} in `readinglog.toml`", ()


def _find_other_spelling(name: str, schema: Schema) -> str | None:
    """Return the field that differs from `name` in case, hyphens, underscores or spaces alone."""
    return next((field for field in schema.fields if fold(field) == fold(name)), None)


def _check_kind(note: Note) -> Iterator[Diagnostic]:
    """Yield the fields that only hubs have, of a note that is none."""
    if note.is_hub:
        return
    for name, field in note.fields.items():
        known = note.schema.fields.get(name)
        if known and known.only_hubs:
            yield MESSAGES["only-hubs"].make_diagnostic(field.name_span, name=name)


def _suggest_field(name: str, schema: Schema, taken: Collection[str]) -> str | None:
    """Return the field that `name` may mean and that is not taken yet, or None."""
    unused = schema.fields.keys() - taken
    renamed = _find_by_former_name(name, schema)
    if renamed in unused:
        return renamed
    near = find_nearest(name, unused)
    if near is None:
        return None
    is_alike = near[0] == name[:1].lower() or near in name or name in near
    return near if is_alike else None


def _find_by_former_name(name: str, schema: Schema) -> str | None:
    """Return the field that an earlier version called `name`, or None."""
    fields = schema.fields.values()
    return next((field.name for field in fields if name in field.former_names), None)


def _is_typo(name: str, near: str) -> bool:
    """Return whether `name` is so close to `near` that it can be replaced unseen."""
    return near[0] == name[:1].lower() and abs(len(near) - len(name)) <= 1
