"""Parsed notes, kept from one run to the next."""

from __future__ import annotations

import pickle
from collections.abc import Collection, Iterable
from datetime import date
from io import BytesIO
from pathlib import Path

import yaml

from readinglog.model.diagnostic import Diagnostic, RelatedLocation, Severity
from readinglog.model.note import ExternalLink, Heading, Link, Note, Region
from readinglog.model.text import Edit, Source, Span
from readinglog.model.yaml_values import Compound, Entry, Scalar
from readinglog.workspace.files import compute_package_stamp
from readinglog.workspace.kept_values import KeptValues

_CLASSES = (
    *(Note, Source, Span, Heading, Region, Link, ExternalLink, Scalar, Compound, Entry),
    *(Diagnostic, RelatedLocation, Edit, Severity, date),
)
_PROTOCOL = 5  # of pickle
_BY_NAME = {(cls.__module__, cls.__qualname__): cls for cls in _CLASSES}


class KeptNotes:
    """The notes of a folder as an earlier run has parsed them, in the folder `cache`."""

    def __init__(self, cache: Path) -> None:
        version = f"{compute_package_stamp()} {yaml.__version__}"
        self._values = KeptValues(cache / "notes.db", version)

    def find(self, source: Source) -> Note | None:
        """Return the note that was parsed from the same file with the same text, or None."""
        data = None if source.unreadable else self._values.get(source.path)
        note = _load(data) if data else None
        if note is None or note.path != source.path or note.source.data != source.data:
            return None
        return note

    def keep(self, new: Iterable[Note], paths: Collection[str]) -> None:
        """Keep new notes, and of those that were kept the ones at `paths`, if any is new."""
        values = [(note.path, note) for note in new if not note.source.unreadable]
        if values:
            pickled = ((path, pickle.dumps(note, _PROTOCOL)) for path, note in values)
            self._values.update(pickled, paths)


def _load(data: bytes) -> Note | None:
    """Return the note in `data`, or None where there is none."""
    try:
        note = _Unpickler(BytesIO(data)).load()
    except Exception:  # noqa: BLE001 - of damaged data, anything may come
        return None
    return note if isinstance(note, Note) else None


class _Unpickler(pickle.Unpickler):
    """Reads notes, and nothing that would run: a stranger may have written the file."""

    def find_class(self, module: str, name: str) -> type:
        """Return one of the classes that notes are made of. Raise KeyError for any other."""
        return _BY_NAME[module, name]
