"""Parsed notes, kept from one run to the next."""

from __future__ import annotations

import copyreg
import pickle
from collections.abc import Callable, Collection, Iterable
from datetime import date
from io import BytesIO
from pathlib import Path

import yaml

from readinglog.model.claim import Claim, InlineField
from readinglog.model.diagnostic import Diagnostic, RelatedLocation, Severity
from readinglog.model.note import ExternalLink, Footnote, Heading, Link, Note, Region
from readinglog.model.schema import Schema
from readinglog.model.text import Edit, Source, Span
from readinglog.model.yaml_values import Compound, Entry, Scalar
from readinglog.workspace.files import compute_package_stamp
from readinglog.workspace.kept_values import KeptValues

_CLASSES = (
    *(Note, Source, Span, Heading, Region, Footnote, Link, ExternalLink),
    *(Claim, InlineField),
    *(Scalar, Compound, Entry),
    *(Diagnostic, RelatedLocation, Edit, Severity, date),
)
_PROTOCOL = 5  # of pickle
_BY_NAME = {(cls.__module__, cls.__qualname__): cls for cls in _CLASSES}


class KeptNotes:
    """The notes of a folder as an earlier run has parsed them, in the folder `cache`.

    With `with_words`, each has the words that it repeats as well. Notes that were parsed by another
    schema than `schema` count as not kept.
    """

    def __init__(self, cache: Path, schema: Schema, *, with_words: bool = False) -> None:
        version = f"{compute_package_stamp()} {yaml.__version__} {schema.key}"
        self._schema = schema
        self._values = KeptValues(cache / "notes.db", version)
        self._with_words = with_words
        self._found: set[str] = set()

    def find(self, source: Source) -> Note | None:
        """Return the note that was parsed from the same file with the same text, or None."""
        data = None if source.unreadable else self._values.get(source.path)
        note = _load(data, self._schema) if data else None
        if note is None or note.path != source.path or note.source.data != source.data:
            return None
        if not self._with_words or "repeated_words" in vars(note):
            self._found.add(note.path)
        return note

    def keep(self, notes: Iterable[Note], paths: Collection[str]) -> None:
        """Keep those of `notes` that are not kept yet, and of those that are the ones at `paths`,
        if any is new.
        """
        new = [
            note for note in notes if note.path not in self._found and not note.source.unreadable
        ]
        if new:
            self._values.update(((note.path, self._pickle(note)) for note in new), paths)

    def _pickle(self, note: Note) -> bytes:
        if self._with_words:
            _ = note.repeated_words  # from now on, a part of the note
        buffer = BytesIO()
        pickler = pickle.Pickler(buffer, _PROTOCOL)
        pickler.dispatch_table = {**copyreg.dispatch_table, Schema: _leave_out}
        pickler.dump(note)
        return buffer.getvalue()


def _leave_out(_: Schema) -> tuple[type, tuple[()]]:
    """Return what stands for the schema, which is not kept: a call without arguments."""
    return Schema, ()


def _load(data: bytes, schema: Schema) -> Note | None:
    """Return the note in `data`, with the schema by which it was parsed, or None where there is
    none.
    """
    try:
        note = _Unpickler(BytesIO(data), schema).load()
    except Exception:  # noqa: BLE001 - of damaged data, anything may come
        return None
    return note if isinstance(note, Note) else None


class _Unpickler(pickle.Unpickler):
    """Reads notes, and nothing that would run: a stranger may have written the file."""

    def __init__(self, data: BytesIO, schema: Schema) -> None:
        super().__init__(data)
        self._schema = schema

    def find_class(self, module: str, name: str) -> Callable[..., object]:
        """Return one of the classes that notes are made of, of the schema a function that returns
        it. Raise KeyError for any other.
        """
        if (module, name) == (Schema.__module__, Schema.__qualname__):
            return self._get_schema
        return _BY_NAME[module, name]

    def _get_schema(self) -> Schema:
        return self._schema
