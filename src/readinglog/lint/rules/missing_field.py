"""A field is missing that every note needs.

Title, kind, authors, date, tags and summary are what lists, search and feeds show; without one the note is a gap in
them. And a note that does not say where its work is cannot be followed up: `url`, `arxiv` or `doi`, one is enough.

Bad:

    ---
    title: Outrageously Large Neural Networks
    ---

Good:

    ---
    title: Outrageously Large Neural Networks
    kind: paper
    authors: [Noam Shazeer, Azalia Mirhoseini]
    date: 2026-11-21
    arxiv: "1701.06538"
    tags: [routing]
    summary: Sparse gating makes a model a thousand times larger at nearly the same cost.
    ---
"""

from __future__ import annotations

from collections.abc import Iterator

from readinglog.model.diagnostic import Diagnostic, Severity
from readinglog.model.fuzzy_index import find_nearest
from readinglog.model.messages import MESSAGES
from readinglog.model.note import Note
from readinglog.model.schema import FIELDS, WORK_FIELDS, Compound, Field, Value
from readinglog.model.text import Span, line_span
from readinglog.notebook.notebook import Notebook

SEVERITY = Severity.ERROR
_NEEDED = tuple((name, known) for name, known in FIELDS.items() if known.needed)


def check(note: Note, _: Notebook) -> Iterator[Diagnostic]:
    if not note.fields and note.diagnostics:  # there is no front matter to miss anything in
        return
    top = Span(0, 3)
    misspelt = {
        find_nearest(name, FIELDS) for name in note.fields if name not in FIELDS
    }  # told of by unknown-field
    for name, known in _NEEDED:
        if name in note.values or (note.is_hub and not known.on_topics):
            continue
        if name in misspelt and name not in note.fields:
            continue
        if name not in note.fields:
            yield MESSAGES["missing"].diagnostic(top, name=name, needed=known.needed)
        elif _is_empty(note.fields[name].value) and not _is_told(note, note.fields[name]):
            yield Diagnostic(
                note.fields[name].name_span,
                f"the field `{name}` is empty",
                f"write `{known.needed}`",
            )
    if not note.is_hub and not any(
        name in note.fields and not _is_empty(note.fields[name].value) for name in WORK_FIELDS
    ):
        yield MESSAGES["nowhere"].diagnostic(top)


def _is_told(note: Note, field: Field) -> bool:
    """Whether parsing has said already why `field` is empty."""
    line = line_span(note.text, field.name_span.start)
    return any(
        line.start <= found.span.start < line.end for found in note.diagnostics_of("invalid-value")
    )


def _is_empty(value: Value) -> bool:
    return value.kind == "list" and not value.items if isinstance(value, Compound) else value.null
