"""A field that does not exist, or that notes of this kind do not have.

It is usually a typo, and the value would be silently lost. `query` is for topics.

Bad:

    autors: [Charles Darwin]

Good:

    authors: [Charles Darwin]
"""

from __future__ import annotations

from collections.abc import Iterator

from readinglog.model.diagnostic import Diagnostic, Severity
from readinglog.model.fuzzy_index import find_nearest
from readinglog.model.messages import MESSAGES, QUOTED_LENGTH
from readinglog.model.note import Note
from readinglog.model.schema import Schema
from readinglog.model.text import Edit
from readinglog.notebook.notebook import Notebook

SEVERITY = Severity.ERROR


def check(note: Note, _: Notebook) -> Iterator[Diagnostic]:
    yield from _check_kind(note)
    fields = note.schema.fields
    if note.fields.keys() <= fields.keys():
        return
    for name, field in note.fields.items():
        if name in fields:
            continue
        near = _suggest_field(name, note)
        message = f"no field is named `{name[:QUOTED_LENGTH]}`"
        if near:
            is_safe = _is_typo(name, near) or near == _find_by_former_name(name, note.schema)
            fix = (Edit(field.name_span, near),) if is_safe else ()
            yield Diagnostic(field.name_span, message, f"did you mean `{near}`?", fix)
        elif " " in name:
            help_ = "put the whole value above in double quotes"
            yield Diagnostic(field.name_span, message, help_)
        else:
            yield Diagnostic(field.name_span, message, f"the fields are {', '.join(fields)}")


def _check_kind(note: Note) -> Iterator[Diagnostic]:
    """Yield the fields that only hubs have, of a note that is none."""
    if note.is_hub:
        return
    for name, field in note.fields.items():
        known = note.schema.fields.get(name)
        if known and known.only_hubs:
            yield MESSAGES["only-hubs"].make_diagnostic(field.name_span, name=name)


def _suggest_field(name: str, note: Note) -> str | None:
    """Return the field that `name` may mean and that the note does not have yet, or None."""
    unused = note.schema.fields.keys() - note.fields.keys()
    renamed = _find_by_former_name(name, note.schema)
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
