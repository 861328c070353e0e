"""A required field is missing.

Lists, search and feeds need title, kind, authors, date, tags and summary. A note also has to say
where its work can be found: one of `url`, `arxiv` and `doi` is enough. A `topic` note needs
neither authors nor an address.

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

from readinglog.model.diagnostic import Finding, Severity
from readinglog.model.fields import FIELDS, format_locators, list_locators
from readinglog.model.fuzzy_index import find_nearest
from readinglog.model.kinds import KINDS
from readinglog.model.messages import MESSAGES
from readinglog.model.note import Note
from readinglog.model.text import Span, line_span
from readinglog.model.yaml_values import Compound, Entry, Value
from readinglog.notebook.notebook import Notebook

SEVERITY = Severity.ERROR


def check(note: Note, _: Notebook) -> Iterator[Finding]:
    if not note.fields and note.problems:  # there is no front matter to miss anything in
        return
    top = Span(0, 3)
    kind = KINDS[note.kind]
    # Those that are misspelt are reported by unknown-field.
    misspelt = {find_nearest(name, FIELDS) for name in note.fields if name not in FIELDS}
    for name, known in FIELDS.items():
        if not known.is_required_of(kind) or name in note.values:
            continue
        if name in misspelt and name not in note.fields:
            continue
        if name not in note.fields:
            yield MESSAGES["missing"].finding(top, name=name, needed=known.required_example)
        elif _is_empty(note.fields[name].value) and not _is_reported(note, note.fields[name]):
            yield Finding(
                note.fields[name].name_span,
                f"the field `{name}` is empty",
                f"write `{known.required_example}`",
            )
    locators = list_locators()
    if kind.is_work and not any(
        name in note.fields and not _is_empty(note.fields[name].value) for name in locators
    ):
        yield MESSAGES["nowhere"].finding(top, fields=format_locators())


def _is_reported(note: Note, field: Entry) -> bool:
    """Return whether parsing has reported already why `field` is empty."""
    line = line_span(note.text, field.name_span.start)
    return any(line.start <= found.span.start < line.end for found in note.found("invalid-value"))


def _is_empty(value: Value) -> bool:
    return value.kind == "list" and not value.items if isinstance(value, Compound) else value.null
