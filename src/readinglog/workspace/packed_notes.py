"""Notes and diagnostics as bytes, for a cache and for other processes."""

from __future__ import annotations

import pickle
from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import fields
from datetime import date
from functools import cached_property, lru_cache
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
_LENGTH = 4  # bytes that say how long a part is
# What a log is put together from.
_IN_HEAD = (
    *("values", "written_authors", "body", "title", "claims", "outside_paths", "outline"),
    *("region_kinds", "word_count", "diagnostics"),
)
# What relates notes, unpacked when it is asked for.
_RELATING = ("links", "headings", "blocks")
_ELSEWHERE = ("source", "schema", "shared_name")
# Fields with their places, which take long to unpack and are seldom asked for, and the rest. Both
# are unpacked for a while: those of all notes together would take much memory.
_FIELDS = ("fields",)
_IN_BODY = tuple(
    field.name
    for field in fields(Note)
    if field.name not in {*_IN_HEAD, *_RELATING, *_FIELDS, *_ELSEWHERE}
)
_FORGOTTEN = {"packed_fields": _FIELDS, "packed_body": _IN_BODY}
_KEPT_UNPACKED = 64  # of these parts, two a note
FindSource = Callable[[str], Source]


def pack_note(note: Note, *, with_words: bool = False) -> bytes:
    """Return a note as bytes, without its text; `with_words`, with the words that it repeats."""
    head = _pack((note.source.digest, with_words, _get_parts(note, _IN_HEAD)))
    words = _pack(dict(note.repeated_words)) if with_words else b""
    parts = (_pack(_get_parts(note, names)) for names in (_RELATING, _FIELDS, _IN_BODY))
    return _join((head, words, *parts))


def _get_parts(note: Note, names: Iterable[str]) -> dict[str, object]:
    return {name: getattr(note, name) for name in names}


def _join(parts: Iterable[bytes]) -> bytes:
    """Return parts as one, each behind its length."""
    return b"".join(len(part).to_bytes(_LENGTH) + part for part in parts)


def _split(data: bytes) -> list[bytes]:
    """Return the parts that were joined."""
    parts: list[bytes] = []
    end = 0
    while end < len(data):
        start = end + _LENGTH
        end = start + int.from_bytes(data[end:start])
        parts.append(data[start:end])
    return parts


class UnpackedNote(NamedTuple):
    """A note, and whether it came with the words that it repeats."""

    note: Note
    has_words: bool


def unpack_note(data: bytes, source: Source, schema: Schema) -> UnpackedNote | None:
    """Return the note that was parsed from `source` by `schema`, or None where `data` is another or
    none.
    """
    try:
        first, words, relating, in_fields, body = _split(data)
        digest, has_words, head = _unpack(first, lambda _: source)
        if digest != source.digest or set(head) != {*_IN_HEAD}:
            return None
    except Exception:  # noqa: BLE001 - of damaged data, anything may come
        return None
    note = object.__new__(_PackedNote)
    vars(note).update(head, source=source, schema=schema, shared_name="")
    vars(note).update(packed_words=words, packed_relating=relating)
    vars(note).update(packed_fields=in_fields, packed_body=body)
    return UnpackedNote(note, has_words)


class _PackedNote(Note):
    """A note that is unpacked as far as it is asked for."""

    @property
    def repeated_words(self) -> Mapping[str, int]:
        """The words that are more than once in the summary and the body, with how often.

        They are unpacked each time, as those of all notes together would take much memory.
        """
        try:
            words: Mapping[str, int] = _unpack(vars(self)["packed_words"], lambda _: self.source)
        except Exception:  # noqa: BLE001 - there are none, or they are damaged
            return self._counted_words
        return words

    @cached_property
    def _counted_words(self) -> Mapping[str, int]:
        return self.count_repeated_words()


class _RelatingPart:
    """A part of a note that is unpacked with all that relates notes, at the first use of one."""

    def __init__(self, name: str) -> None:
        self._name = name

    def __get__(self, note: Note | None, owner: type) -> Any:  # noqa: ANN401
        if note is None:
            return self
        parts = vars(note)
        if "packed_relating" in parts:
            parts.update(_unpack_parts(parts.pop("packed_relating"), _RELATING, note))
        return parts[self._name]


class _ForgottenPart:
    """A part of a note that is unpacked with those that it was packed with, and forgotten after a
    while.
    """

    def __init__(self, name: str, packed: str) -> None:
        self._name, self._packed = name, packed

    def __get__(self, note: Note | None, owner: type) -> Any:  # noqa: ANN401
        return self if note is None else _unpack_for_a_while(note, self._packed)[self._name]


for _name in _RELATING:
    setattr(_PackedNote, _name, _RelatingPart(_name))
for _packed, _names in _FORGOTTEN.items():
    for _name in _names:
        setattr(_PackedNote, _name, _ForgottenPart(_name, _packed))


@lru_cache(maxsize=_KEPT_UNPACKED)
def _unpack_for_a_while(note: Note, packed: str) -> Mapping[str, object]:
    return _unpack_parts(vars(note)[packed], _FORGOTTEN[packed], note)


def _unpack_parts(data: bytes, names: Collection[str], note: Note) -> Mapping[str, object]:
    """Return parts of a note by name; what is damaged is parsed again."""
    try:
        parts: dict[str, Any] = _unpack(data, lambda _: note.source)
        if {*names} <= set(parts):
            return parts
    except Exception:  # noqa: BLE001, S110 - of damaged data, anything may come
        pass
    return _get_parts(parse_note(note.source, note.schema), names)


def pack_diagnostics(diagnostics: Iterable[Diagnostic]) -> bytes:
    """Return diagnostics as bytes, with the paths of the files that they are about."""
    found = tuple(diagnostics)
    return _pack(found) if found else _NO_DIAGNOSTICS


def unpack_diagnostics(data: bytes, notes: Mapping[str, Note]) -> tuple[Diagnostic, ...] | None:
    """Return the diagnostics in `data`, or None where it is damaged, or about a file that is gone.

    `notes` has the notes by path.
    """
    if data == _NO_DIAGNOSTICS:  # as most are
        return ()
    try:
        return tuple(_unpack(data, lambda path: notes[path].source))
    except Exception:  # noqa: BLE001 - of damaged data, anything may come
        return None


def _pack(value: object) -> bytes:
    buffer = BytesIO()
    pickler = pickle.Pickler(buffer, _PROTOCOL)
    pickler.dispatch_table = _REDUCERS
    pickler.dump(value)
    return buffer.getvalue()


def _name_source(source: Source) -> tuple[type[Source], tuple[str]]:
    """Return what stands for a file: a call with its path."""
    return Source, (source.path,)


def _reduce_tuple(value: tuple[object, ...]) -> tuple[type, tuple[object, ...]]:
    """Return a named tuple as its class and its parts, which takes half the time of pickle's own
    way.
    """
    return value.__class__, tuple(value)


_REDUCERS: dict[type, Callable[[Any], tuple[Callable[..., object], tuple[object, ...]]]] = {
    **{cls: _reduce_tuple for cls in _CLASSES if issubclass(cls, tuple)},
    Source: _name_source,
}


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


_NO_DIAGNOSTICS = _pack(())
