"""Notes parsed in several processes are those that one would parse."""

from __future__ import annotations

import pytest

from readinglog.model.schema import BUILT_IN
from readinglog.model.text import Source
from readinglog.parsing.note import parse_note
from readinglog.workspace import note_parser
from readinglog.workspace.note_parser import parse_notes
from readinglog.workspace.packed_notes import pack_note
from support.worlds import work

FILES = [
    *(Source(f"{number}.md", work(f"About [[{number - 1}]].").encode()) for number in range(9)),
    Source("broken.md", b"---\ntitle: [\n---\n"),
    Source("gone.md", unreadable="permission denied"),
    Source("latin.md", b"\xff\xfe\x00caf\xe9"),
    Source("marked.md", b"\xef\xbb\xbf# Title\n"),
]


@pytest.mark.usefixtures("two_processes")
@pytest.mark.parametrize("with_words", [False, True])
def test_many_files_give_the_notes_that_each_gives(*, with_words: bool) -> None:
    for source, (note, packed) in zip(
        FILES, parse_notes(FILES, BUILT_IN, with_words=with_words), strict=True
    ):
        assert note.source.is_same(source)
        expected = pack_note(parse_note(source, BUILT_IN), with_words=with_words)
        assert (packed, pack_note(note, with_words=with_words)) == (expected, expected)


def test_few_files_are_parsed_here() -> None:
    for source, (note, packed) in zip(
        FILES, parse_notes(FILES, BUILT_IN, with_words=False), strict=True
    ):
        assert note.source is source
        assert packed == b""


@pytest.mark.usefixtures("two_processes")
def test_an_error_in_a_process_ends_all(monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(source: Source, _: object) -> None:
        raise RuntimeError(source.path)

    monkeypatch.setattr(note_parser, "parse_note", fail)
    with pytest.raises(RuntimeError, match=r"0\.md"):
        list(parse_notes(FILES, BUILT_IN, with_words=False))
