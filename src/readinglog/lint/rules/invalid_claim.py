"""A claim with a field that is not one, is empty, or cannot be read, or the field of none.

A claim is an item of a list with at least one field, `[at:: Table 2]`, and the name of its block at
its end, `^name`. The name is how others link to it.

Bad:

    - Dropping tokens does no harm. [place:: §4.2] [disputes:: switch-transformers] ^no-drop

Good:

    - Dropping tokens does no harm. [at:: §4.2] [disputes:: [[switch-transformers]]] ^no-drop
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from readinglog.model.claim import CLAIM_FIELDS, Claim, ClaimField, ClaimFieldType, InlineField
from readinglog.model.diagnostic import Diagnostic, Severity
from readinglog.model.fields import BASES
from readinglog.model.fuzzy_index import find_nearest
from readinglog.model.messages import QUOTED_LENGTH
from readinglog.model.note import Link, Note
from readinglog.model.text import Edit, Span
from readinglog.notebook.notebook import Notebook

SEVERITY = Severity.WARNING
_SINGLE_COLON = re.compile(rf"(?<![\\\[])\[(?P<name>{'|'.join(CLAIM_FIELDS)}):(?=[ \t])")
_END_OF_ITEM = re.compile(r"\n[ \t]*(?:\n|[-*+] )")
_BLOCK_NAME = re.compile(r"\s\^[A-Za-z0-9-]++\Z")
_LONGEST_ITEM = 2_000  # characters behind a field


def check(note: Note, _: Notebook) -> Iterator[Diagnostic]:
    for claim in note.claims:
        yield from _check_names(claim)
        for field in claim.fields:
            if field.name in CLAIM_FIELDS:
                yield from _check_value(field, CLAIM_FIELDS[field.name], note)
    for field in note.stray_fields:
        message = f"the field `{field.name}` belongs to no claim"
        help_ = (
            "a claim is an item of a list with the name of its block at its end, such as `^name`"
        )
        yield Diagnostic(field.span, message, help_, severity=Severity.INFO)
    yield from _find_single_colons(note)


def _find_single_colons(note: Note) -> Iterator[Diagnostic]:
    """Yield the fields with one colon where two are meant, in items with the name of a block."""
    if not note.blocks:  # as in most notes, whose texts need not be searched
        return
    for found in _SINGLE_COLON.finditer(note.text, note.body.start):
        rest = note.text[found.end() : found.end() + _LONGEST_ITEM]
        item = _END_OF_ITEM.split(rest, maxsplit=1)[0].rstrip()
        if not _BLOCK_NAME.search(item) or _is_in_region(found.start(), note):
            continue
        colon = found.end()
        message = f"the field `{found['name']}` of a claim has one colon"
        help_ = f"write `[{found['name']}:: …]`"
        yield Diagnostic(Span(*found.span()), message, help_, (Edit(Span(colon, colon), ":"),))


def _is_in_region(offset: int, note: Note) -> bool:
    return any(region.start <= offset < region.end for region in note.regions)


def _check_names(claim: Claim) -> Iterator[Diagnostic]:
    names: set[str] = set()
    for field in claim.fields:
        shown = field.name[:QUOTED_LENGTH]
        if field.name in names:
            message = f"this claim has two fields `{shown}`"
            yield Diagnostic(field.span, message, "put what both say into one, or remove one")
        elif field.name not in CLAIM_FIELDS:
            yield _explain_unknown(field, shown)
        names.add(field.name)


def _explain_unknown(field: InlineField, shown: str) -> Diagnostic:
    near = find_nearest(field.name, CLAIM_FIELDS)
    help_ = f"did you mean `{near}`?" if near else f"claims have {', '.join(CLAIM_FIELDS)}"
    return Diagnostic(field.span, f"claims have no field `{shown}`", help_)


def _check_value(field: InlineField, record: ClaimField, note: Note) -> Iterator[Diagnostic]:
    if not field.value:
        message = f"the field `{field.name}` of this claim is empty"
        yield Diagnostic(field.span, message, f"write `[{field.name}:: {record.example}]`")
    elif record.type is ClaimFieldType.BASIS and field.value not in BASES:
        yield _explain_basis(field)
    elif record.type is ClaimFieldType.RELATION:
        yield from _check_relation(field, record, note)


def _explain_basis(field: InlineField) -> Diagnostic:
    near = find_nearest(field.value, BASES)
    message = f"`{field.value[:QUOTED_LENGTH]}` is not a value of `{field.name}`"
    help_ = f"did you mean `{near}`?" if near else f"write one of {', '.join(BASES)}"
    fix = (Edit(field.value_span, near),) if near and near == field.value.lower() else ()
    return Diagnostic(field.value_span, message, help_, fix)


def _check_relation(field: InlineField, record: ClaimField, note: Note) -> Iterator[Diagnostic]:
    links = [link for link in note.links if _is_within(link.span, field.value_span)]
    rest = note.text[slice(*field.value_span)]
    for link in links:
        rest = rest.replace(note.text[slice(*link.span)], "")
        yield from _check_link(field, link)
    if not links or rest.strip(" ,;\n"):
        message = f"`{field.name}` has `{rest.strip()[:QUOTED_LENGTH]}`, which is no wikilink"
        yield Diagnostic(field.value_span, message, f"write `[{field.name}:: {record.example}]`")


def _check_link(field: InlineField, link: Link) -> Iterator[Diagnostic]:
    if link.kind != "wikilink" or link.label:
        message = f"`{field.name}` has a link with a label"
        heading = f"#{link.heading}" if link.heading else ""
        yield Diagnostic(link.span, message, f"write `[[{link.target}{heading}]]`")
    elif link.heading and not link.heading.rpartition("#")[2].startswith("^"):
        message = f"`{field.name}` links to a heading"
        yield Diagnostic(
            link.span, message, "link to a claim, such as `[[note#^claim]]`, or a note"
        )


def _is_within(span: Span, outer: Span) -> bool:
    return outer.start <= span.start and span.end <= outer.end
