"""Merging what the source has changed of a note into the note as the log has it."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from difflib import SequenceMatcher
from typing import NamedTuple

from readinglog.interchange.merging.block_merge import SourceBlock, merge_blocks
from readinglog.interchange.merging.composition import Composition
from readinglog.interchange.merging.conflicts import report_block, report_field
from readinglog.interchange.merging.field_merge import merge_fields
from readinglog.interchange.merging.import_base import ItemRecord
from readinglog.model.diagnostic import Diagnostic
from readinglog.model.note import Note
from readinglog.model.text import Source, apply_edits
from readinglog.parsing.note import parse_note


class MergedNote(NamedTuple):
    """The text of a note with what the source has changed, and what could not be merged."""

    text: str
    conflicts: tuple[Diagnostic, ...]
    remarks: tuple[str, ...]


def merge_note(
    note: Note,
    record: ItemRecord | None,
    composition: Composition,
    theirs: Sequence[SourceBlock],
) -> MergedNote:
    """Return a note of the log with what its source has changed since `record`; `theirs` are the
    blocks of the composition, aligned with those of the record.
    """
    digests = record.list_digests() if record else []
    merged = merge_blocks(note.text, note.body, digests, theirs)
    fields = merge_fields(note, record.fields if record else None, composition.fields)
    text, remarks = merged.text, []
    if fields.edits:
        head = apply_edits(note.text[: note.body.start], fields.edits)
        edited = head + merged.text[note.body.start :]
        if _has_same_fields(note, edited, fields.names):
            text = edited
        else:
            shown = ", ".join(fields.names)
            remarks.append(f"{note.path} is written so that {shown} cannot be changed")
    conflicts = [report_block(note, each) for each in merged.conflicts]
    conflicts += [report_field(note, each) for each in fields.conflicts]
    return MergedNote(text, tuple(conflicts), tuple(remarks))


def align_blocks(
    composition: Composition, record: ItemRecord | None, written: list[list[SourceBlock]]
) -> list[list[SourceBlock]]:
    """Return the written blocks, with the digests of last time where the source is the same."""
    aligned = list(written)
    sources = [block.source for block in record.blocks] if record else []
    matcher = SequenceMatcher(None, sources, composition.sources, autojunk=False)
    for start, new_start, size in matcher.get_matching_blocks():
        for offset in range(size):
            own = aligned[new_start + offset]
            digests = record.blocks[start + offset].written if record else ()
            texts = [block.text for block in own]
            if len(digests) != len(own):
                texts = ["\n\n".join(texts), *[""] * len(digests)][: len(digests)]
            is_item = bool(own) and own[0].is_item
            aligned[new_start + offset] = [
                SourceBlock(text, digest, is_item)
                for text, digest in zip(texts, digests, strict=True)
            ]
    return aligned


def _has_same_fields(note: Note, text: str, changed: Collection[str]) -> bool:
    """Return whether an edited text of a note says the same but for the fields that changed."""
    after = parse_note(Source(note.path, text.encode()), note.schema)
    others = set(note.values) - set(changed)
    problems = {each.message for each in after.diagnostics}
    return problems <= {each.message for each in note.diagnostics} and all(
        after.values.get(name) == note.values[name] for name in others
    )
