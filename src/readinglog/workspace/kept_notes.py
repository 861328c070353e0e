"""Parsed notes, kept from one run to the next."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from pathlib import Path

import yaml

from readinglog.model.note import Note
from readinglog.model.schema import Schema
from readinglog.model.text import Source
from readinglog.workspace.files import compute_package_stamp
from readinglog.workspace.kept_values import KeptValues
from readinglog.workspace.note_parser import ParsedNote
from readinglog.workspace.packed_notes import pack_note, unpack_note

_FEW = 20  # notes: so many are read one at a time, with more all at once


class KeptNotes:
    """The notes of a folder as an earlier run has parsed them, in the folder `cache`.

    If `with_words`, each has the words that it repeats as well. Notes that were parsed by another
    schema than `schema` count as not kept.
    """

    def __init__(self, cache: Path, schema: Schema, *, with_words: bool = False) -> None:
        version = f"{compute_package_stamp()} {yaml.__version__} {schema.key}"
        self._schema = schema
        self._values = KeptValues(cache / "notes.db", version)
        self._packed: dict[str, bytes] | None = None
        self._asked = 0
        self.with_words = with_words
        self._found: set[str] = set()

    def find(self, source: Source) -> Note | None:
        """Return the note that was parsed from the same file with the same text, or None."""
        data = None if source.unreadable else self._get(source.path)
        unpacked = unpack_note(data, source, self._schema) if data else None
        if unpacked is None:
            return None
        if unpacked.has_words or not self.with_words:
            self._found.add(source.path)
        return unpacked.note

    def _get(self, path: str) -> bytes | None:
        self._asked += 1
        if self._asked <= _FEW:
            return self._values.get(path)
        if self._packed is None:
            self._packed = self._values.get_all()
        return self._packed.pop(path, None)

    def keep(self, notes: Iterable[ParsedNote], paths: Collection[str]) -> None:
        """Keep those of `notes` that are not kept yet, and of those that are the ones at `paths`,
        if any is new.
        """
        new = [
            (note, packed)
            for note, packed in notes
            if note.path not in self._found and not note.source.unreadable
        ]
        if new:
            values = (
                (note.path, packed or pack_note(note, with_words=self.with_words))
                for note, packed in new
            )
            self._values.update(values, paths)
