"""A field that does not exist, or that notes of this kind do not have.

It is usually a typo, and the value would be silently lost. `query` is for topics.

Bad:

    autors: [Noam Shazeer]

Good:

    authors: [Noam Shazeer]
"""

from __future__ import annotations

from collections.abc import Iterator

from readinglog.model.diagnostic import Diagnostic, Severity
from readinglog.model.fields import FIELDS
from readinglog.model.fuzzy_index import find_nearest
from readinglog.model.messages import MESSAGES, QUOTED_LENGTH
from readinglog.model.note import Note
from readinglog.model.text import Edit
from readinglog.notebook.notebook import Notebook

SEVERITY = Severity.ERROR


def check(note: Note, _: Notebook) -> Iterator[Diagnostic]:
    yield from _check_kind(note)
    if note.fields.keys() <= FIELDS.keys():
        return
    for name, field in note.fields.items():
        if name in FIELDS:
            continue
        near = _suggest_field(name, note)
        message = f"no field is named `{name[:QUOTED_LENGTH]}`"
        if near:
            is_safe = _is_typo(name, near) or near == _find_by_former_name(name)
            fix = (Edit(field.name_span, near),) if is_safe else ()
            yield Diagnostic(field.name_span, message, f"did you mean `{near}`?", fix)
        elif " " in name:
            help_ = "put the whole value above in double quotes"
            yield Diagnostic(field.name_span, message, help_)
        else:
            yield Diagnostic(field.name_span, message, f"the fields are {', '.join(FIELDS)}")


def _check_kind(note: Note) -> Iterator[Diagnostic]:
    """Yield the fields that only hubs have, of a note that is none."""
    if note.is_hub:
        return
    for name, field in note.fields.items():
        if name in FIELDS and FIELDS[name].only_hubs:
            yield MESSAGES["only-hubs"].make_diagnostic(field.name_span, name=name)


def _suggest_field(name: str, note: Note) -> str | None:
    """Return the field that `name` may mean and that the note does not have yet, or None."""
    unused = FIELDS.keys() - note.fields.keys()
    renamed = _find_by_former_name(name)
    if renamed in unused:
        return renamed
    near = find_nearest(name, unused)
    if near is None:
        return None
    is_alike = near[0] == name[:1].lower() or near in name or name in near
    return near if is_alike else None


def _find_by_former_name(name: str) -> str | None:
    """Return the field that an earlier version called `name`, or None."""
    return next((field.name for field in FIELDS.values() if name in field.former_names), None)


def _is_typo(name: str, near: str) -> bool:
    """Return whether `name` is so close to `near` that it can be replaced unseen."""
    return near[0] == name[:1].lower() and abs(len(near) - len(name)) <= 1
