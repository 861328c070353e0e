"""The JSON record of a claim, which `readinglog claims` prints and the site publishes."""

from __future__ import annotations

from collections.abc import Callable

from readinglog.model.claim import CLAIM_FIELDS, Claim, Result
from readinglog.model.note import Note
from readinglog.notebook.claims import DISPUTES, NoteClaim
from readinglog.notebook.notebook import Notebook

_RESULT_PARTS = ("metric", "data", "value", "against", "setting")


def claim_to_json(
    claim: NoteClaim, notebook: Notebook, make_url: Callable[[str], str]
) -> dict[str, object]:
    """Return a claim with its evidence, its relations, and in `fields` what it has in those that
    the log adds; `make_url` gives the URL of an address.
    """
    schema = notebook.schema
    related: dict[str, list[str]] = {name: [] for name in schema.claim_relations}
    for relation in notebook.claims.list_outgoing(claim):
        related[relation.field].append(name_claim(relation.note, relation.claim))
    disputed_by = [
        name_claim(*relation.source)
        for relation in notebook.claims.list_incoming(claim)
        if relation.field == DISPUTES
    ]
    added = {
        name: related[name] if field.relation else notebook.claims.extract_value(claim, name)
        for name, field in schema.own_claim_fields.items()
    }
    note = claim.note
    return {
        "note": note.page_name,
        "id": claim.claim.id,
        "text": notebook.claims.extract_text(claim),
        "at": notebook.claims.extract_value(claim, "at"),
        "result": result_to_json(claim.claim.result),
        "checked": claim.claim.get("checked"),
        **{name: names for name, names in related.items() if name in CLAIM_FIELDS},
        "disputed_by": disputed_by,
        "fields": {name: value for name, value in added.items() if value},
        "url": f"{make_url(note.address)}#^{claim.claim.id}",
    }


def name_claim(note: Note, claim: Claim | None) -> str:
    """Return how a wikilink names a claim, or a note where there is no claim."""
    return f"{note.page_name}#^{claim.id}" if claim else note.page_name


def result_to_json(result: Result | None) -> dict[str, str] | None:
    """Return the parts of a result by name, or None where there is none."""
    return dict(zip(_RESULT_PARTS, result, strict=True)) if result else None
