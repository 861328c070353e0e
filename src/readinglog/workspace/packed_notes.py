"""Notes as bytes, for a cache and for other processes."""

from __future__ import annotations

import copyreg
import pickle
from collections.abc import Callable
from datetime import date
from io import BytesIO

from readinglog.model.claim import Claim, InlineField
from readinglog.model.diagnostic import Diagnostic, RelatedLocation, Severity
from readinglog.model.note import ExternalLink, Footnote, Heading, Link, Note, Region
from readinglog.model.schema import Schema
from readinglog.model.text import Edit, Source, Span
from readinglog.model.yaml_values import Compound, Entry, Scalar

_CLASSES = (
    *(Note, Source, Span, Heading, Region, Footnote, Link, ExternalLink),
    *(Claim, InlineField),
    *(Scalar, Compound, Entry),
    *(Diagnostic, RelatedLocation, Edit, Severity, date),
)
_PROTOCOL = 5  # of pickle
_BY_NAME = {(cls.__module__, cls.__qualname__): cls for cls in _CLASSES}


def pack_note(note: Note, *, with_words: bool = False) -> bytes:
    """Return a note as bytes; `with_words`, with the words that it repeats."""
    if with_words:
        _ = note.repeated_words  # from now on, a part of the note
    buffer = BytesIO()
    pickler = pickle.Pickler(buffer, _PROTOCOL)
    pickler.dispatch_table = {**copyreg.dispatch_table, Schema: _leave_out}
    pickler.dump(note)
    return buffer.getvalue()


def _leave_out(_: Schema) -> tuple[type, tuple[()]]:
    """Return what stands for the schema, which is not kept: a call without arguments."""
    return Schema, ()


def unpack_note(data: bytes, schema: Schema) -> Note | None:
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
