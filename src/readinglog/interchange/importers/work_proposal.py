"""Proposals of works, as reference managers and feeds describe them."""

from __future__ import annotations

from collections.abc import Sequence

from readinglog.citations.work import Work
from readinglog.interchange.importers.importer import FieldValue, Proposal
from readinglog.model import identifiers
from readinglog.model.kinds import DEFAULT_KIND
from readinglog.model.schema import BUILT_IN

_NO_FIELDS = frozenset({"title", "abstract"})


def propose_work(
    id_: str,
    work: Work,
    keywords: Sequence[str] = (),
    blocks: Sequence[str] = (),
    status: str = "to-read",
    folder: str = "",
) -> Proposal:
    """Return the proposal of a note about a work; `blocks` are the parts of its text."""
    facts = work._asdict()
    fields: dict[str, FieldValue] = {
        name: facts[name]
        for name in Work._fields
        if name in BUILT_IN.fields and name not in _NO_FIELDS and facts[name]
    }
    fields["kind"] = work.kind or DEFAULT_KIND
    return Proposal(
        id_,
        work.title or id_,
        fields,
        tuple(dict.fromkeys(keywords)),
        "\n\n".join(block for block in blocks if block.strip()),
        defaults={"status": status},
        folder=folder,
    )


def drop_repeated_address(work: Work) -> Work:
    """Return a work without an address that only repeats its arXiv id or DOI."""
    if identifiers.parse_arxiv_id(work.url) or identifiers.parse_doi(work.url):
        return work._replace(url="")
    return work
