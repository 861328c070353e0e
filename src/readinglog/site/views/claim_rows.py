"""Claims as pages show them: plain data for templates."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from readinglog.model.claim import Claim
from readinglog.model.note import Note
from readinglog.notebook.claims import NoteClaim
from readinglog.notebook.notebook import Notebook
from readinglog.site.addresses import make_note_address
from readinglog.site.messages import translate
from readinglog.site.views.rows import FormulaMarker

# What of a work was read, by its name in `basis` and `checked`.
_BASIS_WORDS = {
    "full": "full text",
    "part": "part of the text",
    "abstract": "abstract",
    "summaries": "summaries",
}
_BRIEF_BASIS_WORDS = {**_BASIS_WORDS, "part": "part"}


@dataclass(frozen=True, slots=True)
class ClaimFact:
    """What a claim has in a field that the log adds."""

    label: str
    value: str


@dataclass(frozen=True, slots=True)
class ClaimLink:
    """What a claim does to another claim or work, or that to it, and where that is."""

    words: str
    title: str
    address: str
    anchor: str


@dataclass(frozen=True, slots=True)
class ClaimRow:
    """A claim with its evidence: the place in the work, what was measured, with what of the work it
    was compared, what it has in fields that the log adds, and what it says of others and they of
    it. What is not known is ''.

    Each formula in `text` is a mark; `formulas` has their MathML. `note` is where the claim is.
    """

    text: str
    formulas: tuple[str, ...]
    note: ClaimLink
    year: str
    state: str
    place: str
    result: str
    checked: str
    facts: tuple[ClaimFact, ...]
    relations: tuple[ClaimLink, ...]


def make_claim_rows(claims: Iterable[NoteClaim], notebook: Notebook) -> tuple[ClaimRow, ...]:
    """Return claims as the rows of a list."""
    return tuple(make_claim_row(claim, notebook) for claim in claims)


def make_claim_row(claim: NoteClaim, notebook: Notebook) -> ClaimRow:
    """Return a claim as a row of a list."""
    marker = FormulaMarker()
    get_words = notebook.schema.get_claim_relation_words
    incoming = list_incoming_links(claim, notebook)
    outgoing = (
        link_claim(get_words(relation.field).forward, relation.note, relation.claim)
        for relation in notebook.claims.list_outgoing(claim)
    )
    return ClaimRow(
        text=notebook.claims.extract_text(claim, marker.mark),
        formulas=tuple(marker.formulas),
        note=link_claim("", claim.note, claim.claim),
        year=claim.note.published[:4],
        state=notebook.claims.get_state(claim),
        place=notebook.claims.extract_value(claim, "at"),
        result=notebook.claims.extract_value(claim, "result"),
        checked=name_basis(claim.claim.get("checked")),
        facts=tuple(_list_facts(claim, notebook)),
        relations=(*outgoing, *incoming),
    )


def _list_facts(claim: NoteClaim, notebook: Notebook) -> Iterator[ClaimFact]:
    for field in notebook.schema.own_claim_fields.values():
        if not field.relation and (value := notebook.claims.extract_value(claim, field.name)):
            yield ClaimFact(field.label, value)


def list_incoming_links(claim: NoteClaim, notebook: Notebook) -> tuple[ClaimLink, ...]:
    """Return what other claims say of a claim, as links to those."""
    get_words = notebook.schema.get_claim_relation_words
    return tuple(
        link_claim(get_words(relation.field).backward, relation.source.note, relation.source.claim)
        for relation in notebook.claims.list_incoming(claim)
    )


def name_basis(basis: str, *, brief: bool = False) -> str:
    """Return what of a work was read, in words, or in one or two of them for a narrow column."""
    words = _BRIEF_BASIS_WORDS if brief else _BASIS_WORDS
    return translate(words[basis]) if basis in words else basis


def link_claim(words: str, note: Note, claim: Claim | None) -> ClaimLink:
    """Return the link to a claim, or to the whole note where there is none."""
    anchor = f"^{claim.id}" if claim else ""
    return ClaimLink(
        translate(words.lower()) if words else "", note.short_name, make_note_address(note), anchor
    )
