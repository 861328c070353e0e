"""A field that the log does not know.

It is nearly always a slip of the keyboard, and what it holds would be lost without a word.

Bad:

    autors: [Noam Shazeer]

Good:

    authors: [Noam Shazeer]
"""

from __future__ import annotations

from collections.abc import Iterator

from readinglog.model.diagnostic import Diagnostic, Severity
from readinglog.model.fuzzy_index import find_nearest
from readinglog.model.note import Note
from readinglog.model.schema import FIELDS
from readinglog.model.text import Edit
from readinglog.notebook.notebook import Notebook

SEVERITY = Severity.ERROR


def check(note: Note, _: Notebook) -> Iterator[Diagnostic]:
    if note.fields.keys() <= FIELDS.keys():
        return
    for name, field in note.fields.items():
        if name not in FIELDS:
            near = find_nearest(name, FIELDS.keys() - note.fields.keys())
            alike = near is not None and near[:1] == name[:1].lower()
            near = near if near and (alike or near in name or name in near) else None
            slip = near is not None and alike and abs(len(near) - len(name)) <= 1
            fix = (Edit(field.name_span, near),) if near and slip else ()
            known = (
                "put the whole value above in double quotes"
                if " " in name
                else f"the fields are {', '.join(FIELDS)}"
            )
            yield Diagnostic(
                field.name_span,
                f"no field is named `{name[:80]}`",
                f"did you mean `{near}`?" if near else known,
                fix,
            )
