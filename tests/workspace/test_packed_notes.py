"""Notes as bytes: of a kept note, only what is asked for is unpacked."""

from __future__ import annotations

from dataclasses import fields, replace

import pytest

from readinglog.model.note import Note
from readinglog.model.schema import BUILT_IN
from readinglog.model.text import Source
from readinglog.parsing.note import parse_note
from readinglog.workspace import packed_notes
from readinglog.workspace.packed_notes import pack_note, unpack_note
from support.worlds import work

SOURCE = Source("a.md", work("# A\n\nSee [[b]] and [the code](../train.py).").encode())


def unpack(data: bytes, source: Source = SOURCE) -> Note:
    unpacked = unpack_note(data, source, BUILT_IN)
    assert unpacked is not None
    return unpacked.note


def list_parts(note: Note) -> dict[str, object]:
    """Return all that parsing finds in a note, its file apart."""
    names = {field.name for field in fields(note)} - {"source", "diagnostics"}
    return {name: getattr(note, name) for name in names}


def test_a_packed_note_is_the_note_that_was_parsed() -> None:
    note = unpack(pack_note(parse_note(SOURCE)))
    assert note.source is SOURCE
    assert list_parts(note) == list_parts(parse_note(SOURCE))
    assert list_parts(replace(note, shared_name="x/a"))["links"] == parse_note(SOURCE).links


def test_what_finds_a_note_is_there_before_the_rest_is_unpacked(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    expected = parse_note(SOURCE)
    note = unpack(pack_note(expected))
    monkeypatch.setattr(packed_notes, "_unpack", None)
    assert (note.title, note.texts("tags")) == (expected.title, expected.texts("tags"))
    assert (note.outline, note.outside_paths) == (expected.outline, {"../train.py"})


@pytest.mark.parametrize("with_words", [False, True])
def test_a_note_comes_with_its_words_or_counts_them(*, with_words: bool) -> None:
    source = Source("a.md", work("Again and again.").encode())
    unpacked = unpack_note(pack_note(parse_note(source), with_words=with_words), source, BUILT_IN)
    assert unpacked is not None
    assert unpacked.has_words is with_words
    assert unpacked.note.repeated_words == {"again": 2}


def test_the_bytes_of_another_text_are_no_note() -> None:
    data = pack_note(parse_note(SOURCE))
    assert unpack_note(data, Source("a.md", b"Another text."), BUILT_IN) is None
    assert unpack_note(data, Source("b.md", SOURCE.data), BUILT_IN) is None


@pytest.mark.parametrize("kept", range(0, 2_000, 37))
def test_of_cut_bytes_the_note_is_none_or_parsed_again(kept: int) -> None:
    unpacked = unpack_note(pack_note(parse_note(SOURCE))[:kept], SOURCE, BUILT_IN)
    if unpacked:
        assert list_parts(unpacked.note) == list_parts(parse_note(SOURCE))
