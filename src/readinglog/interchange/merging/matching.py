"""Which note of the log a proposal is about: by identity, never by a title alone."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import replace
from itertools import count
from typing import NamedTuple

from readinglog.interchange.importers.importer import FieldValue, Proposal
from readinglog.interchange.merging.import_base import ImportBase, ItemRecord
from readinglog.model import identifiers
from readinglog.model.note import Note
from readinglog.model.schema import Schema
from readinglog.model.slugs import fold
from readinglog.notebook.notebook import Notebook


class Match(NamedTuple):
    """The note that a proposal is about, None where there is none, and what was imported last.

    `is_deleted` says that it was imported before, and that the log has no such note any more.
    """

    note: Note | None = None
    record: ItemRecord | None = None
    is_deleted: bool = False


def list_work_keys(proposal: Proposal, schema: Schema) -> Iterator[str]:
    """Yield the keys by which the work of a proposal is known: identifiers, then addresses."""
    for name in schema.locators:
        value = proposal.fields.get(name)
        if isinstance(value, str) and value:
            yield _make_work_key(proposal, name, value, schema)


def _make_work_key(proposal: Proposal, name: str, value: str, schema: Schema) -> str:
    return identifiers.make_work_key(schema.fields[name].make_reference(value), proposal.title)


class UnitedProposals(NamedTuple):
    """Proposals, one for each work, and remarks on those that have become one."""

    proposals: tuple[Proposal, ...]
    remarks: tuple[str, ...]


def unite_proposals(proposals: Iterable[Proposal], schema: Schema) -> UnitedProposals:
    """Return the proposals, one for each work and id.

    Several on one work, as libraries have them, become one, but the writer's own notes stay apart:
    all but the first lose the address that they share.
    """
    by_key: dict[str, str] = {}
    united: dict[str, Proposal] = {}
    remarks: list[str] = []
    numbers: dict[str, int] = {}
    for proposal in proposals:
        keys = list(dict.fromkeys(list_work_keys(proposal, schema)))
        shared = next((key for key in keys if key in by_key), "")
        first = united.get(by_key[shared] if shared else proposal.id)
        if first and not shared and fold(first.title) != fold(proposal.title):
            free_id = _make_free_id(proposal.id, united, numbers)
            proposal = replace(proposal, id=free_id)  # noqa: PLW2901
            remarks.append(
                f"another entry is called `{first.id}` too: it is kept as `{proposal.id}`"
            )
            first = None
        own = proposal.id
        if first and proposal.is_own and first.id != own:
            remarks.append(
                f"`{own}` is about the work of `{first.id}` (`{shared}`); both are kept, and only "
                f"`{first.id}` says where the work is"
            )
            proposal = _leave_out_locators(proposal, by_key, schema)  # noqa: PLW2901
            first = None
        if first:
            remarks.append(_describe_union(first, proposal, shared))
            united[first.id] = _unite(first, proposal)
        else:
            united[own] = proposal
        for key in keys:
            by_key.setdefault(key, first.id if first else own)
    return UnitedProposals(tuple(united.values()), tuple(remarks))


def _make_free_id(id_: str, taken: Collection[str], numbers: dict[str, int]) -> str:
    """Return an id with a number behind it that no proposal has; `numbers` are the last that ids
    were given.
    """
    following = count(numbers.get(id_, 1) + 1)
    numbers[id_] = next(number for number in following if f"{id_} ({number})" not in taken)
    return f"{id_} ({numbers[id_]})"


def _describe_union(first: Proposal, second: Proposal, key: str) -> str:
    """Return the remark that two proposals are one note, with what the second loses."""
    ours = {"title": first.title, **first.fields}
    theirs = {"title": second.title, **second.fields}
    lost = [
        f"`{name}: {value if isinstance(value, str) else ', '.join(value)}`"
        for name, value in theirs.items()
        if value and ours.get(name, value) != value
    ]
    same = f"two entries are called `{first.id}`"
    if key:
        same = f"`{second.id}` is the same work as `{first.id}` (`{key}`)"
    left_out = f"; left out of the second: {', '.join(lost)}" if lost else ""
    return f"{same}: they become one note{left_out}"


def _leave_out_locators(proposal: Proposal, taken: Mapping[str, str], schema: Schema) -> Proposal:
    """Return a proposal without what says that it is about a work of another one."""
    fields = {
        name: value
        for name, value in proposal.fields.items()
        if name not in schema.locators
        or _make_work_key(proposal, name, str(value), schema) not in taken
    }
    addresses = [
        str(value)
        for name, value in proposal.fields.items()
        if name not in fields and name == "url"
    ]
    lead = "".join(f"<{address}>\n\n" for address in addresses)
    links = tuple(link._replace(start=link.start + len(lead)) for link in proposal.links)
    return replace(proposal, fields=fields, body=lead + proposal.body, links=links)


def _unite(first: Proposal, second: Proposal) -> Proposal:
    """Return the first of two proposals with what it lacks from the second."""
    fields: dict[str, FieldValue] = {**second.fields, **first.fields}
    bodies = [body for body in (first.body.strip("\n"), second.body.strip("\n")) if body.strip()]
    if len(bodies) == 2 and bodies[1] in bodies[0]:
        del bodies[1]
    keywords = tuple(dict.fromkeys((*first.keywords, *second.keywords)))
    return replace(
        first,
        fields=fields,
        keywords=keywords,
        body="\n\n".join(bodies),
        losses=(*first.losses, *second.losses),
    )


def match_proposals(
    proposals: Iterable[Proposal], base: ImportBase, notebook: Notebook
) -> dict[str, Match]:
    """Return the match of each proposal, by its id; no two match one note."""
    proposals = list(proposals)
    ids = {proposal.id for proposal in proposals}
    vanished = {id_: item for id_, item in base.items.items() if id_ not in ids}
    matches: dict[str, Match] = {}
    claimed: set[Note] = set()
    for proposal in proposals:  # what was imported before keeps its note
        record = base.items.get(proposal.id)
        if record and (note := find_note(record.note, notebook)) and note not in claimed:
            matches[proposal.id] = Match(note, record)
            claimed.add(note)
    for proposal in proposals:
        if proposal.id in matches:
            continue
        record = base.items.get(proposal.id)
        note = _find_by_work(proposal, notebook, claimed)
        if note:
            record = record or _take_record(note, vanished, notebook)
            claimed.add(note)
        matches[proposal.id] = Match(note, record, is_deleted=note is None and record is not None)
    return matches


def find_note(name: str, notebook: Notebook) -> Note | None:
    """Return the note that has or had a name, None where that is not one."""
    names = notebook.names
    if found := names.by_name.get(fold(name)):
        return found[0] if len(found) == 1 else None
    former = [note for note in notebook.notes if fold(name) in map(fold, note.former_names)]
    return former[0] if len(former) == 1 else None


def _find_by_work(proposal: Proposal, notebook: Notebook, claimed: set[Note]) -> Note | None:
    for key in list_work_keys(proposal, notebook.schema):
        for note in notebook.names.by_work.get(key, ()):
            if note not in claimed and not note.is_hub:
                return note
    return None


def _take_record(
    note: Note, vanished: dict[str, ItemRecord], notebook: Notebook
) -> ItemRecord | None:
    """Return, and take away, the record of a note whose id in the source is another now."""
    for id_, record in vanished.items():
        if find_note(record.note, notebook) is note:
            del vanished[id_]
            return record
    return None
