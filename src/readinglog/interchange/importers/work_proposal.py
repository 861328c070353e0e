"""Proposals of works, as reference managers and feeds describe them."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence

from readinglog.citations.cleaning import clean_text
from readinglog.citations.work import Work
from readinglog.interchange.importers.importer import FieldValue, Proposal
from readinglog.interchange.importers.losses import NO_FIELD, Loss, make_invalid_loss
from readinglog.model import identifiers
from readinglog.model.field_types import CITATION_KEY, ISBN
from readinglog.model.kinds import DEFAULT_KIND
from readinglog.model.schema import BUILT_IN
from readinglog.model.slugs import is_kebab

_NO_FIELDS = frozenset({"title", "abstract"})
_DASH = re.compile("[–—]")
_SEPARATORS = re.compile(r"[\s,;]+")


def propose_work(
    id_: str,
    work: Work,
    keywords: Sequence[str] = (),
    blocks: Sequence[str] = (),
    status: str = "to-read",
    folder: str = "",
    *,
    rating: str = "",
    losses: Iterable[Loss] = (),
) -> Proposal:
    """Return the proposal of a note about a work; `blocks` are the parts of its text, `losses` what
    the source says of the work and the note does not.

    A citation key that is written like the name of a note, `attention-2017`, becomes the name.
    """
    key = work.citation_key
    name = key if "-" in key and is_kebab(key) else ""
    if name or not CITATION_KEY.is_valid(key):
        key = ""
    facts = work._replace(citation_key=key)._asdict()
    fields: dict[str, FieldValue] = {
        field: facts[field]
        for field in Work._fields
        if field in BUILT_IN.fields and field not in _NO_FIELDS and facts[field]
    }
    fields["kind"] = work.kind or DEFAULT_KIND
    if rating:
        fields["rating"] = rating
    return Proposal(
        id_,
        work.title or id_,
        fields,
        tuple(dict.fromkeys(keywords)),
        "\n\n".join(block for block in blocks if block.strip()),
        defaults={"status": status},
        name=name,
        folder=folder,
        losses=tuple(losses),
    )


def read_isbn(text: str, *, is_part: bool) -> tuple[str, tuple[Loss, ...]]:
    """Return the first ISBN of a text, and what is lost: the ISBN of a book says nothing of which
    work a part of it is.
    """
    plain = clean_text(text)
    if not plain:
        return "", ()
    candidates = (plain, *_SEPARATORS.split(plain))
    found = next(filter(None, map(identifiers.parse_isbn, candidates)), "")
    if not found:
        return "", (make_invalid_loss("isbn", plain, ISBN),)
    if is_part:
        return "", (Loss("isbn", "as it is that of the whole book"),)
    return found, ()


def list_lost_keys(item: Mapping[str, object], held: Collection[str], work: Work) -> Iterator[Loss]:
    """Yield what an item of a library says that no field holds; `held` are the keys that are read,
    and the venue of the work may hold others.
    """
    for key, value in item.items():
        if key in held or value in (None, "", [], {}):
            continue
        text = clean_text(str(value)) if isinstance(value, str | int) else ""
        text = _DASH.sub("-", text)
        if not (text and text in work.venue):
            yield Loss(key, NO_FIELD)


def drop_repeated_address(work: Work) -> Work:
    """Return a work without an address that only repeats its arXiv id or DOI."""
    if identifiers.parse_arxiv_id(work.url) or identifiers.parse_doi(work.url):
        return work._replace(url="")
    return work
