"""Notes and diagnostics as bytes, for a cache and for other processes."""

from __future__ import annotations

import copyreg
import pickle
from collections.abc import Callable, Iterable, Mapping
from dataclasses import fields
from datetime import date
from io import BytesIO
from typing import Any, NamedTuple

from readinglog.model.claim import Claim, InlineField
from readinglog.model.diagnostic import Diagnostic, RelatedLocation, Severity
from readinglog.model.note import ExternalLink, Footnote, Heading, Link, Note, Outline, Region
from readinglog.model.schema import Schema
from readinglog.model.text import Edit, Source, Span
from readinglog.model.yaml_values import Compound, Entry, Scalar
from readinglog.parsing.note import parse_note

_CLASSES = (
    *(Span, Heading, Region, Footnote, Link, ExternalLink, Outline),
    *(Claim, InlineField),
    *(Scalar, Compound, Entry),
    *(Diagnostic, RelatedLocation, Edit, Severity, date),
)
_PROTOCOL = 5  # of pickle
_BY_NAME = {(cls.__module__, cls.__qualname__): cls for cls in _CLASSES}
_LENGTH = 4  # bytes that say how long the head is
# What a log is put together from; the rest of a note is unpacked when it is asked for.
_IN_HEAD = ("values", "body", "title", "outside_paths", "outline")
_ELSEWHERE = ("source", "schema", "shared_name")
_WORDS = "repeated_words"
_IN_REST = tuple(field.name for field in fields(Note) if field.name not in {*_IN_HEAD, *_ELSEWHERE})
FindSource = Callable[[str], Source]


def pack_note(note: Note, *, with_words: bool = False) -> bytes:
    """Return a note as bytes, without its text; `with_words`, with the words that it repeats."""
    parts = (*_IN_REST, _WORDS) if with_words else _IN_REST
    head = {name: getattr(note, name) for name in _IN_HEAD}
    packed = _pack((note.source.digest, with_words, head))
    rest = _pack({name: getattr(note, name) for name in parts})
    return len(packed).to_bytes(_LENGTH) + packed + rest


class UnpackedNote(NamedTuple):
    """A note, and whether it came with the words that it repeats."""

    note: Note
    has_words: bool


def unpack_note(data: bytes, source: Source, schema: Schema) -> UnpackedNote | None:
    """Return the note that was parsed from `source` by `schema`, or None where `data` is another or
    none.
    """
    start = _LENGTH + int.from_bytes(data[:_LENGTH])
    try:
        digest, has_words, head = _unpack(data[_LENGTH:start], lambda _: source)
        if digest != source.digest or set(head) != {*_IN_HEAD}:
            return None
    except Exception:  # noqa: BLE001 - of damaged data, anything may come
        return None
    note = object.__new__(_PackedNote)
    vars(note).update(head, source=source, schema=schema, shared_name="", packed=data[start:])
    return UnpackedNote(note, has_words)


class _PackedNote(Note):
    """A note that is unpacked as far as it is asked for."""


class _Part:
    """A part of a note that is unpacked with all others at its first use."""

    def __init__(self, name: str) -> None:
        self._name = name

    def __get__(self, note: Note | None, owner: type) -> Any:  # noqa: ANN401
        if note is None:
            return self
        parts = vars(note)
        if "packed" in parts:
            parts.update(_unpack_rest(parts.pop("packed"), note))
        if self._name not in parts:  # the words, where the note came without
            parts[self._name] = note.count_repeated_words()
        return parts[self._name]


for _name in (*_IN_REST, _WORDS):
    setattr(_PackedNote, _name, _Part(_name))


def _unpack_rest(data: bytes, note: Note) -> Mapping[str, object]:
    """Return the parts of a note by name; what is damaged is parsed again."""
    try:
        rest: Mapping[str, object] = _unpack(data, lambda _: note.source)
        if {*_IN_REST} <= set(rest):
            return rest
    except Exception:  # noqa: BLE001, S110 - of damaged data, anything may come
        pass
    return vars(parse_note(note.source, note.schema))


def pack_diagnostics(diagnostics: Iterable[Diagnostic]) -> bytes:
    """Return diagnostics as bytes, with the paths of the files that they are about."""
    return _pack(tuple(diagnostics))


def unpack_diagnostics(data: bytes, notes: Mapping[str, Note]) -> tuple[Diagnostic, ...] | None:
    """Return the diagnostics in `data`, or None where it is damaged, or about a file that is gone.

    `notes` has the notes by path.
    """
    try:
        return tuple(_unpack(data, lambda path: notes[path].source))
    except Exception:  # noqa: BLE001 - of damaged data, anything may come
        return None


def _pack(value: object) -> bytes:
    buffer = BytesIO()
    pickler = pickle.Pickler(buffer, _PROTOCOL)
    pickler.dispatch_table = {**copyreg.dispatch_table, Source: _name_source}
    pickler.dump(value)
    return buffer.getvalue()


def _name_source(source: Source) -> tuple[type[Source], tuple[str]]:
    """Return what stands for a file: a call with its path."""
    return Source, (source.path,)


def _unpack(data: bytes, find_source: FindSource) -> Any:  # noqa: ANN401
    return _Unpickler(BytesIO(data), find_source).load()


class _Unpickler(pickle.Unpickler):
    """Reads what notes are made of, and nothing that would run: a stranger may have written the
    file.
    """

    def __init__(self, data: BytesIO, find_source: FindSource) -> None:
        super().__init__(data)
        self._find_source = find_source

    def find_class(self, module: str, name: str) -> Callable[..., object]:
        """Return one of the classes that notes are made of, of files the function that finds them.

        Raise KeyError for any other.
        """
        if (module, name) == (Source.__module__, Source.__qualname__):
            return self._find_source
        return _BY_NAME[module, name]
