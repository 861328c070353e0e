"""Notes that go because the source has them no longer: only those that nobody else has touched."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from readinglog.interchange.merging.block_merge import make_digest
from readinglog.interchange.merging.import_base import ImportBase
from readinglog.interchange.merging.matching import Match, find_note
from readinglog.model.errors import ReadinglogError
from readinglog.model.note import Note
from readinglog.model.text import pluralize
from readinglog.notebook.notebook import Notebook

_FEW, _SHARE = 5, 0.1  # how many notes a source may remove unasked, and which share of them


class ImportRefusedError(ReadinglogError):
    """An import that would remove more than is likely to be meant. Nothing is changed."""

    exit_status = 1


class Removals(NamedTuple):
    """The notes that go with the source, and remarks on those that stay without it."""

    notes: list[Note]
    remarks: list[str]


def find_removals(matches: Iterable[Match], base: ImportBase, notebook: Notebook) -> Removals:
    """Return the notes that the source has no longer, and that nobody has changed or linked to."""
    matches = list(matches)
    present = {id(match.record) for match in matches if match.record}
    claimed = {match.note for match in matches if match.note}
    gone: list[Note] = []
    remarks = []
    for record in base.items.values():
        note = None if id(record) in present else find_note(record.note, notebook)
        if note is None or note in claimed or note in gone:
            continue
        if make_digest(note.text) == record.text:
            gone.append(note)
        else:
            reason = "the source has it no longer, but you have changed it"
            remarks.append(f"{note.path} is kept: {reason}")
    linked = _find_linked(gone, notebook)
    reason = "the source has it no longer, but other notes link to it"
    remarks += (f"{note.path} is kept: {reason}" for note in gone if note in linked)
    return Removals([note for note in gone if note not in linked], remarks)


def refuse_shrunk_source(name: str, now: int, before: int, removed: Sequence[Note]) -> None:
    """Raise ImportRefusedError where a source that has shrunk would remove many notes."""
    is_gone = not now and before
    if is_gone or len(removed) > max(_FEW, before * _SHARE):
        message = (
            f"{name} has {pluralize(now, 'note')}, and had {before:,} the last time; "
            f"{pluralize(removed, 'note')} would be removed"
        )
        hint = "import the whole source, or add --allow-removals if you mean this"
        raise ImportRefusedError(message, hint)


def _find_linked(gone: Sequence[Note], notebook: Notebook) -> set[Note]:
    """Return the notes of `gone` to which others link that stay."""
    linked: set[Note] = set()
    while True:
        staying = (note for note in notebook.notes if note not in gone or note in linked)
        found = {
            target
            for note in staying
            for target in _list_targets(note, notebook)
            if target in gone and target is not note
        }
        if found <= linked:
            return linked
        linked |= found


def _list_targets(note: Note, notebook: Notebook) -> Iterator[Note]:
    for link in notebook.links.list_links(note):
        yield from link.resolution.candidates
    for relation in notebook.links.list_relations(note):
        yield from relation.resolution.candidates
