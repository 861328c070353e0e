"""Parsing notes, in several processes where there are many."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import partial
from typing import NamedTuple

from readinglog.model.note import Note
from readinglog.model.schema import Schema
from readinglog.model.text import Source
from readinglog.parsing.note import parse_note
from readinglog.workspace.packed_notes import pack_note, unpack_note
from readinglog.workspace.parallel import are_many, map_notes


class ParsedNote(NamedTuple):
    """A note, and what `pack_note` makes of it where that is known, else b''."""

    note: Note
    packed: bytes = b""


def parse_notes(
    sources: Sequence[Source], schema: Schema, *, with_words: bool
) -> Iterator[ParsedNote]:
    """Yield the notes in files, in their order.

    Of many files, the notes come packed as well: `with_words`, with the words that they repeat.
    """
    if not are_many(sources):
        yield from (ParsedNote(parse_note(source, schema)) for source in sources)
        return
    packed = map_notes(partial(_pack_part, schema, with_words), sources)
    for source, data in zip(sources, packed, strict=True):
        # No note is known that cannot be unpacked; it would be parsed here.
        unpacked = unpack_note(data, source, schema)
        yield ParsedNote(unpacked.note if unpacked else parse_note(source, schema), data)


def _pack_part(schema: Schema, with_words: bool, sources: Sequence[Source]) -> list[bytes]:  # noqa: FBT001
    return [pack_note(parse_note(source, schema), with_words=with_words) for source in sources]
