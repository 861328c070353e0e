"""Notes that go because the source has them no longer: only those that nobody else has touched."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from typing import NamedTuple

from readinglog.interchange.merging.block_merge import make_digest
from readinglog.interchange.merging.import_base import ItemRecord
from readinglog.interchange.merging.matching import Match, find_note
from readinglog.model.errors import ReadinglogError
from readinglog.model.note import Note
from readinglog.model.text import Source, pluralize
from readinglog.notebook.notebook import Notebook
from readinglog.parsing.note import parse_note

_FEW, _SHARE = 5, 0.1  # how many notes a source may remove unasked, and which share of them


class ImportRefusedError(ReadinglogError):
    """An import that would remove more than is likely to be meant. Nothing is changed."""

    exit_status = 1


class Removals(NamedTuple):
    """The notes that go with the source, and remarks on those that stay without it."""

    notes: list[Note]
    remarks: list[str]


def find_removals(
    matches: Iterable[Match], items: Mapping[str, ItemRecord], notebook: Notebook
) -> Removals:
    """Return the notes of `items` that the source has no longer, and that nobody has changed."""
    matches = list(matches)
    present = {id(match.record) for match in matches if match.record}
    claimed = {match.note for match in matches if match.note}
    gone: list[Note] = []
    remarks = []
    for record in items.values():
        note = None if id(record) in present else find_note(record.note, notebook)
        if note is None or note in claimed or note in gone:
            continue
        if make_digest(note.text) == record.text:
            gone.append(note)
        else:
            reason = "the source has it no longer, but you have changed it"
            remarks.append(f"{note.path} is kept: {reason}")
    return Removals(gone, remarks)


def keep_linked(gone: Sequence[Note], notebook: Notebook, texts: Mapping[str, str]) -> Removals:
    """Return the notes of `gone` to which no note links that stays; `texts` are those of notes
    that change, by path.
    """
    if not gone:
        return Removals([], [])
    by_path = {note.path: note for note in gone}
    staying = [note for note in notebook.notes if note.path not in texts]
    sources = (Source(path, text.encode()) for path, text in texts.items())
    changed = [parse_note(source, notebook.schema) for source in sources]
    after = notebook.with_notes((*staying, *changed))
    linked: set[str] = set()
    while found := _find_linked(by_path.keys() - linked, after):
        linked |= found
    reason = "the source has it no longer, but other notes link to it"
    remarks = [f"{path} is kept: {reason}" for path in sorted(linked)]
    return Removals([note for note in gone if note.path not in linked], remarks)


def _find_linked(gone: Collection[str], notebook: Notebook) -> set[str]:
    """Return the paths of `gone` to which a note links that is not one of them."""
    return {
        target.path
        for note in notebook.notes
        if note.path not in gone
        for target in _list_targets(note, notebook)
        if target.path in gone
    }


def _list_targets(note: Note, notebook: Notebook) -> Iterator[Note]:
    for link in notebook.links.list_links(note):
        yield from link.resolution.candidates
    for relation in notebook.links.list_relations(note):
        yield from relation.resolution.candidates


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
