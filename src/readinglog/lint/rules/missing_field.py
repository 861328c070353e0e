"""A required field is missing.

Lists, search and feeds need title, kind, authors, date, tags and summary. A note also has to say
where its work can be found: one of `url`, `arxiv` and `doi` is enough. A `topic` note needs
neither authors nor an address. A draft (`draft: true`) may lack what is still to be written.

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
from readinglog.model.fields import FIELDS, format_locators, list_locators
from readinglog.model.fuzzy_index import find_nearest
from readinglog.model.kinds import KINDS
from readinglog.model.messages import MESSAGES
from readinglog.model.note import Note
from readinglog.model.text import Span, get_line_span
from readinglog.model.yaml_values import Compound, Entry, Value
from readinglog.notebook.notebook import Notebook

SEVERITY = Severity.ERROR
_TOP = Span(0, 3)


def check(note: Note, _: Notebook) -> Iterator[Diagnostic]:
    if note.is_unparsed or note.is_home:  # there is no front matter to miss anything in
        return
    if note.is_draft:
        return
    unknown = [name for name in note.fields if name not in FIELDS]
    misspelt = {find_nearest(name, FIELDS) for name in unknown}  # which unknown-field reports
    kind = KINDS[note.kind]
    for name, known in FIELDS.items():
        if name in note.values or not known.is_required_of(kind):
            continue
        if name in note.fields:
            field = note.fields[name]
            if _is_empty(field.value) and not _is_reported(note, field):
                message = f"the field `{name}` is empty"
                yield Diagnostic(field.name_span, message, f"write `{known.required_example}`")
        elif name not in misspelt:
            yield MESSAGES["missing-field"].make_diagnostic(
                _TOP, name=name, needed=known.required_example
            )
    if kind.is_work and not _has_work(note):
        yield MESSAGES["no-locator"].make_diagnostic(_TOP, fields=format_locators())


def _has_work(note: Note) -> bool:
    """Return whether a field says where the work is."""
    written = (note.fields[name].value for name in list_locators() if name in note.fields)
    return any(not _is_empty(value) for value in written)


def _is_reported(note: Note, field: Entry) -> bool:
    """Return whether parsing has found why `field` is empty."""
    line = get_line_span(note.text, field.name_span.start)
    found = note.get_diagnostics("invalid-value")
    return any(line.start <= diagnostic.span.start < line.end for diagnostic in found)


def _is_empty(value: Value) -> bool:
    if isinstance(value, Compound):
        return value.kind == "list" and not value.items
    return value.is_null
