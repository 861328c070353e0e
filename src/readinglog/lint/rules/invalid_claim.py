"""A claim with a field that is not one, is empty, or cannot be read, or the field of none.

A claim is an item of a list with at least one field, `[at:: Table 2]`, and the name of its block at
its end, `^name`. The name is how others link to it.

Bad:

    - Dropping tokens does no harm. [place:: §4.2] [disputes:: switch-transformers] ^no-drop

Good:

    - Dropping tokens does no harm. [at:: §4.2] [disputes:: [[switch-transformers]]] ^no-drop
"""

from __future__ import annotations

from collections.abc import Iterator

from readinglog.lint.lost_claims import find_lost_claims
from readinglog.lint.rules.rule import LogFacts
from readinglog.model.claim import Claim, ClaimField, InlineField, find_value_error
from readinglog.model.diagnostic import Diagnostic, Severity
from readinglog.model.field_types import Mismatch
from readinglog.model.fuzzy_index import find_nearest
from readinglog.model.messages import MESSAGES, QUOTED_LENGTH
from readinglog.model.note import Link, Note
from readinglog.model.schema import Schema
from readinglog.model.text import Edit, Span

SEVERITY = Severity.WARNING


def check_alone(note: Note, _: LogFacts) -> Iterator[Diagnostic]:
    fields = note.schema.claim_fields
    for claim in note.claims:
        yield from _check_names(claim, note.schema)
        for field in claim.fields:
            if field.name in fields:
                yield from _check_value(field, fields[field.name], note)
    yield from find_lost_claims(note)


def _check_names(claim: Claim, schema: Schema) -> Iterator[Diagnostic]:
    names: set[str] = set()
    for field in claim.fields:
        if field.name in names:
            yield _report("repeated-claim-field", field)
        elif field.name not in schema.claim_fields:
            near = find_nearest(field.name, schema.claim_fields)
            known = ", ".join(schema.claim_fields)
            yield _report("unknown-claim-field", field, fields=known, near=near)
        names.add(field.name)


def _report(key: str, field: InlineField, span: Span | None = None, **words: object) -> Diagnostic:
    name = field.name[:QUOTED_LENGTH]
    return MESSAGES[key].make_diagnostic(span or field.span, (), (), name=name, **words)


def _check_value(field: InlineField, record: ClaimField, note: Note) -> Iterator[Diagnostic]:
    if not field.value:
        yield _report("empty-claim-field", field, example=record.example)
    elif field.value.startswith(":"):
        yield _report("more-colons", field)
    elif record.relation:
        yield from _check_relation(field, record, note)
    elif found := find_value_error(record.type, field.value):
        yield _report_value(field, found)


def _report_value(field: InlineField, found: Mismatch) -> Diagnostic:
    is_safe = found.near == field.value.lower()
    replacement = found.replacement or (found.near if is_safe else "")
    return MESSAGES["claim-value"].make_diagnostic(
        field.value_span,
        (Edit(field.value_span, replacement),) if replacement else (),
        name=field.name,
        text=field.value[:QUOTED_LENGTH],
        expected=found.expected,
        help=found.help,
        near=found.near,
    )


def _check_relation(field: InlineField, record: ClaimField, note: Note) -> Iterator[Diagnostic]:
    links = [link for link in note.links if _is_within(link.span, field.value_span)]
    rest = note.text[slice(*field.value_span)]
    for link in links:
        rest = rest.replace(note.text[slice(*link.span)], "")
        yield from _check_link(field, link)
    if not links or rest.strip(" ,;\n"):
        text = " ".join(rest.split()).strip(" ,;")[:QUOTED_LENGTH]
        yield _report("no-wikilink", field, field.value_span, text=text, example=record.example)


def _check_link(field: InlineField, link: Link) -> Iterator[Diagnostic]:
    if link.kind != "wikilink" or link.label:
        heading = f"#{link.heading}" if link.heading else ""
        yield _report("labelled-claim-link", field, link.span, target=f"{link.target}{heading}")
    elif link.heading and not link.heading.rpartition("#")[2].startswith("^"):
        yield _report("claim-link-to-heading", field, link.span)


def _is_within(span: Span, outer: Span) -> bool:
    return outer.start <= span.start and span.end <= outer.end
