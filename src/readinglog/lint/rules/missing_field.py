"""A required field is missing.

Lists, search and feeds need title, kind, authors, date, tags and summary. A note also has to say
where its work can be found: one of `url`, `doi`, `arxiv`, `isbn` and the like is enough. A
`topic` and an `idea` need neither authors nor an address; kinds of the log have their own needs. A
draft (`draft: true`) may lack what is still to be written; `readinglog check --drafts` lists it.

Bad:

    ---
    title: On the Origin of Species
    ---

Good:

    ---
    title: On the Origin of Species
    kind: book
    authors: [Charles Darwin]
    date: 2026-11-21
    doi: 10.5962/bhl.title.68064
    tags: [evolution]
    summary: Species change, as those that suit their place best leave the most young.
    ---
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from readinglog.model.diagnostic import Diagnostic, Severity
from readinglog.model.field import Field
from readinglog.model.fuzzy_index import find_nearest
from readinglog.model.messages import MESSAGES
from readinglog.model.note import Note
from readinglog.model.schema import needs_locator
from readinglog.model.text import Span, get_line_span
from readinglog.model.yaml_values import Compound, Entry, Value
from readinglog.notebook.notebook import Notebook
from readinglog.search.examples import make_required_example

SEVERITY = Severity.ERROR
_TOP = Span(0, 3)


def check(note: Note, notebook: Notebook) -> Iterator[Diagnostic]:
    if note.is_unparsed or note.is_home:  # there is no front matter to miss anything in
        return
    if note.is_draft:
        return
    schema, kind = note.schema, note.kind_record
    missing = [known for known in schema.list_required(kind) if known.name not in note.values]
    if missing:
        yield from _check_missing(missing, note, notebook)
    if needs_locator(kind) and not _has_work(note):
        yield MESSAGES["no-locator"].make_diagnostic(_TOP, fields=schema.format_locators())


def _check_missing(
    missing: Iterable[Field], note: Note, notebook: Notebook
) -> Iterator[Diagnostic]:
    """Report each of the fields `missing`, which have no value: it is empty, or not written."""
    schema = note.schema
    unknown = [name for name in note.fields if name not in schema.fields]
    # Which unknown-field reports.
    misspelt = {find_nearest(name, schema.fields) for name in unknown}
    for known in missing:
        name = known.name
        if name in note.fields:
            field = note.fields[name]
            if _is_empty(field.value) and not _is_reported(note, field):
                message = f"the field `{name}` is empty"
                example = make_required_example(known, notebook)
                yield Diagnostic(field.name_span, message, f"write `{example}`")
        elif name not in misspelt:
            yield MESSAGES["missing-field"].make_diagnostic(
                _TOP, name=name, needed=make_required_example(known, notebook)
            )


def _has_work(note: Note) -> bool:
    """Return whether a field says where the work is."""
    locators = note.schema.locators
    if any(name in note.values for name in locators):
        return True
    return any(name in note.fields and not _is_empty(note.fields[name].value) for name in locators)


def _is_reported(note: Note, field: Entry) -> bool:
    """Return whether parsing has found why `field` is empty."""
    line = get_line_span(note.text, field.name_span.start)
    found = note.get_diagnostics("invalid-value")
    return any(line.start <= diagnostic.span.start < line.end for diagnostic in found)


def _is_empty(value: Value) -> bool:
    if isinstance(value, Compound):
        return value.kind == "list" and not value.items
    return value.is_null
