"""The claims in the text of a note: their fields become quiet marks behind what is claimed."""

from __future__ import annotations

from collections.abc import Iterator

from readinglog.model.claim import Claim, InlineField
from readinglog.model.fields import BASES
from readinglog.model.note import Note
from readinglog.model.schema import Schema
from readinglog.model.text import Edit, Span
from readinglog.notebook.claims import NoteClaim
from readinglog.notebook.notebook import Notebook
from readinglog.parsing.prose import escape_markdown
from readinglog.site.messages import translate
from readinglog.site.page import PageBase
from readinglog.site.views.claim_rows import list_incoming_links, name_basis
from readinglog.site.views.rows import count_words

_OPENING, _CLOSING = '<span class="rl-evidence">', "</span>"
_ADDED_OPENING = '<span class="rl-evidence rl-added">'  # words that the note does not have


def edit_claims(note: Note, notebook: Notebook, base: PageBase) -> Iterator[Edit]:
    """Yield the edits that make marks of the fields of claims, and tell behind each claim what
    others say of it. What a field holds stays as it is, links and formulas too.
    """
    for claim in note.claims:
        for field in claim.fields:
            yield from _edit_field(field, note.schema)
        told = _tell_incoming(NoteClaim(note, claim), notebook, base)
        yield Edit(Span(claim.span.end, claim.span.end), f"{told}{_link_to(claim)}")


def count_added_words(note: Note, notebook: Notebook) -> int:
    """Return how many words the marks of claims add to the text of a note."""
    fields = (field for claim in note.claims for field in claim.fields)
    links = (
        link
        for claim in note.claims
        for link in list_incoming_links(NoteClaim(note, claim), notebook)
    )
    return count_words(
        *(_tell_checked(field) for field in fields if field.name == "checked"),
        *(f"{link.words} {link.title}" for link in links),
    )


def _edit_field(field: InlineField, schema: Schema) -> Iterator[Edit]:
    start, end = field.value_span
    if field.name == "checked":
        words = escape_markdown(_tell_checked(field))
        yield Edit(field.span, f"{_ADDED_OPENING}{words}{_CLOSING}")
        return
    yield Edit(Span(field.span.start, start), f"{_OPENING}{_name_field(field, schema)}")
    yield Edit(Span(end, field.span.end), _CLOSING)


def _tell_checked(field: InlineField) -> str:
    """Return what of the work a claim was checked against, where that is less than all of it."""
    if field.value == BASES[0]:
        return translate("checked")
    return f"{translate('checked against')}: {name_basis(field.value)}"


def _name_field(field: InlineField, schema: Schema) -> str:
    """Return what stands before the value of a field."""
    record = schema.claim_fields.get(field.name)
    if record is None:
        return f"{escape_markdown(field.name)}: "
    if record.relation:
        return f"{escape_markdown(translate(record.relation.forward.lower()))} "
    return f"{escape_markdown(record.label)}: " if record.is_named else ""


def _link_to(claim: Claim) -> str:
    """Return a link to a claim, from which its address can be taken, as Markdown."""
    return f'[¶](#^{claim.id}){{.headerlink title="{translate("Link to this claim")}"}}'


def _tell_incoming(claim: NoteClaim, notebook: Notebook, base: PageBase) -> str:
    """Return what other claims say of a claim, as Markdown with links to them, or ''."""
    links = (
        f"{escape_markdown(link.words)} "
        f"[{escape_markdown(link.title)}]({base.link_to(link.address, link.anchor)}){{.rl-link}}"
        for link in list_incoming_links(claim, notebook)
    )
    return "".join(f"{_ADDED_OPENING}{link}{_CLOSING} " for link in links)
