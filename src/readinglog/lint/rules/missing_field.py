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
_REQUIRED = tuple((name, known) for name, known in FIELDS.items() if known.needed)
_TOP = Span(0, 3)


def check(note: Note, _: Notebook) -> Iterator[Diagnostic]:
    if note.is_unparsed:  # there is no front matter to miss anything in
        return
    unknown = [name for name in note.fields if name not in FIELDS]
    misspelt = {find_nearest(name, FIELDS) for name in unknown}  # which unknown-field reports
    for name, known in _REQUIRED:
        is_optional = note.is_hub and not known.on_topics
        if name in note.values or is_optional:
            continue
        if name in note.fields:
            field = note.fields[name]
            if _is_empty(field.value) and not _is_reported(note, field):
                message = f"the field `{name}` is empty"
                yield Diagnostic(field.name_span, message, f"write `{known.needed}`")
        elif name not in misspelt:
            yield MESSAGES["missing"].diagnostic(_TOP, name=name, needed=known.needed)
    if not note.is_hub and not _has_work(note):
        yield MESSAGES["nowhere"].diagnostic(_TOP)


def _has_work(note: Note) -> bool:
    """Whether a field says where the work is."""
    written = (note.fields[name].value for name in WORK_FIELDS if name in note.fields)
    return any(not _is_empty(value) for value in written)


def _is_reported(note: Note, field: Field) -> bool:
    """Whether parsing has found why `field` is empty."""
    line = line_span(note.text, field.name_span.start)
    found = note.diagnostics_of("invalid-value")
    return any(line.start <= diagnostic.span.start < line.end for diagnostic in found)


def _is_empty(value: Value) -> bool:
    if isinstance(value, Compound):
        return value.kind == "list" and not value.items
    return value.null
