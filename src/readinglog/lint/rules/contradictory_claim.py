"""A claim that disputes itself, or that the same work both supports and disputes.

Bad:

    - Balance costs quality. [at:: §3] [disputes:: [[#^balance]]] ^balance

Good:

    - Balance costs quality. [at:: §3] [disputes:: [[switch-transformers#^free]]] ^balance
"""

from __future__ import annotations

from collections.abc import Iterator

from readinglog.model.claim import Claim
from readinglog.model.diagnostic import Diagnostic, RelatedLocation, Severity
from readinglog.model.note import Note
from readinglog.notebook.claims import DISPUTES, ClaimRelation
from readinglog.notebook.notebook import Notebook

SEVERITY = Severity.WARNING


def check(note: Note, notebook: Notebook) -> Iterator[Diagnostic]:
    relations = notebook.claims.list_relations(note)
    supported = {
        _get_target(relation): relation for relation in relations if relation.field == "supports"
    }
    for relation in relations:
        if relation.source.claim is relation.claim:
            message = f"this claim {relation.field} itself"
            yield Diagnostic(relation.link.span, message, "link to another claim")
        elif relation.field == DISPUTES and (other := supported.get(_get_target(relation))):
            what = "claim" if relation.claim else "work"
            message = f"this note disputes this {what}, and supports it elsewhere"
            related = RelatedLocation(note.source, other.link.span, "it is supported here")
            help_ = "keep one of the two, or link to the claims that are meant"
            yield Diagnostic(relation.link.span, message, help_, related=(related,))


def _get_target(relation: ClaimRelation) -> tuple[Note, Claim | None]:
    return relation.note, relation.claim
