"""Parsed notes, kept from one run to the next."""

from __future__ import annotations

import dataclasses
import os
import pickle
import re
import shutil
import signal
import sqlite3
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path

import pytest

from readinglog.model.note import Note
from readinglog.model.schema import Schema
from readinglog.model.text import Source
from readinglog.parsing.note import parse_note
from readinglog.workspace import kept_notes, kept_values, note_parser
from readinglog.workspace.loading import load_notebook
from support.paths import CASES
from support.worlds import work

_NOWHERE = Source("")


class Log:
    """A folder of notes and one for caches, and the paths of the notes that were parsed."""

    def __init__(self, folder: Path) -> None:
        self.notes = folder / "notes"
        self.cache = folder / "cache"
        self.parsed: list[str] = []
        for name in "abc":
            self.write(f"{name}.md", f"About {name}.")

    def write(self, path: str, body: str) -> None:
        file = self.notes / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(work(body), encoding="utf-8")

    def load(self) -> list[str]:
        """Return the paths of the notes that are parsed while the log is loaded."""
        self.parsed = []
        notes = load_notebook(self.notes, cache=self.cache).notes
        parsed = list(self.parsed)
        expected = load_notebook(self.notes).notes
        assert [describe(note) for note in notes] == [describe(note) for note in expected]
        return parsed


def describe(note: Note) -> dict[str, object]:
    """Return all that parsing finds in a note."""
    found = {field.name: getattr(note, field.name) for field in dataclasses.fields(note)}
    found["source"] = describe_source(note.source)
    found["diagnostics"] = [
        (dataclasses.replace(diagnostic, source=_NOWHERE), describe_source(diagnostic.source))
        for diagnostic in note.diagnostics
    ]
    return found


def describe_source(source: Source) -> tuple[str, bytes, str]:
    return source.path, source.data, source.unreadable


@pytest.fixture
def log(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Log:
    log = Log(tmp_path)

    def count(source: Source, schema: Schema) -> Note:
        log.parsed.append(source.path)
        return parse_note(source, schema)

    monkeypatch.setattr(note_parser, "parse_note", count)
    return log


def test_only_what_has_changed_is_parsed_again(log: Log) -> None:
    assert log.load() == ["a.md", "b.md", "c.md"]
    assert log.load() == []
    log.write("b.md", "Something else.")
    assert log.load() == ["b.md"]
    (log.notes / "a.md").rename(log.notes / "d.md")
    assert log.load() == ["d.md"]
    (log.notes / "c.md").unlink()
    log.write("e.md", "New.")
    assert log.load() == ["e.md"]
    assert log.load() == []
    assert (log.cache / ".gitignore").read_text() == "*\n"
    assert sorted(path.name for path in log.cache.iterdir()) == [".gitignore", "notes.db"]


def test_a_folder_that_was_moved_keeps_its_notes(log: Log, tmp_path: Path) -> None:
    log.load()
    shutil.move(tmp_path / "notes", tmp_path / "elsewhere")
    log.notes = tmp_path / "elsewhere"
    assert log.load() == []


def test_another_version_parses_everything_anew(log: Log, monkeypatch: pytest.MonkeyPatch) -> None:
    log.load()
    monkeypatch.setattr(kept_notes, "compute_package_stamp", lambda: "another")
    assert log.load() == ["a.md", "b.md", "c.md"]
    assert log.load() == []


@pytest.mark.parametrize("folder", [CASES / "sample" / "notes", CASES / "searching"])
def test_kept_notes_are_as_if_they_were_parsed(tmp_path: Path, folder: Path) -> None:
    for _ in range(2):
        notes = load_notebook(folder, cache=tmp_path / "cache").notes
    expected = load_notebook(folder).notes
    assert [describe(note) for note in notes] == [describe(note) for note in expected]


@pytest.mark.parametrize(
    "data",
    [
        b"---\ntitle: [\n---\n\nText.\n",
        b"\xff\xfe-\x00",
        b"\xef\xbb\xbf---\r\ntitle: A\r\ndate: 2026-01-32\r\n---\r\n\r\nText \xff.\r\n",
        b"",
        ("(" * 60).encode(),
    ],
)
def test_what_parsing_finds_wrong_is_kept_too(log: Log, data: bytes) -> None:
    (log.notes / "b.md").write_bytes(data)
    assert "b.md" in log.load()
    assert log.load() == []


def _cut(file: Path) -> None:
    file.write_bytes(file.read_bytes()[: file.stat().st_size // 2])


def _empty(file: Path) -> None:
    file.write_bytes(b"")


def _overwrite(file: Path) -> None:
    file.write_bytes(b"not a database" * 1000)


def _damage_pages(file: Path) -> None:
    data = bytearray(file.read_bytes())
    data[4096:] = b"\xff" * (len(data) - 4096)
    file.write_bytes(data)


def _make_it_a_folder(file: Path) -> None:
    file.unlink()
    file.mkdir()


def _set_values(file: Path, value: object) -> None:
    with closing(sqlite3.connect(file)) as database, database:
        database.execute("UPDATE kept SET value = ? WHERE key != ''", (value,))


def _cut_values(file: Path) -> None:
    _set_values(file, pickle.dumps(parse_note(Source("a.md", b"A")))[:-9])


def _write_text(file: Path) -> None:
    _set_values(file, "a text")


def _mix_up_values(file: Path) -> None:
    _set_values(file, pickle.dumps(parse_note(Source("a.md", b"Another text."))))


def _write_something_else(file: Path) -> None:
    _set_values(file, pickle.dumps(Source("a.md", b"A")))


@pytest.mark.parametrize(
    "damage",
    [
        _cut,
        _empty,
        _overwrite,
        _damage_pages,
        _make_it_a_folder,
        _cut_values,
        _write_text,
        _mix_up_values,
        _write_something_else,
    ],
)
def test_a_damaged_file_is_made_anew(log: Log, damage: Callable[[Path], None]) -> None:
    log.load()
    damage(log.cache / "notes.db")
    assert log.load() == ["a.md", "b.md", "c.md"]
    assert damage is _make_it_a_folder or log.load() == []


class _Intruder:
    """What writes a file when it is unpickled without care."""

    def __init__(self, file: Path) -> None:
        self.file = file

    def __reduce__(self) -> tuple[object, ...]:
        return (Path.touch, (self.file,))


def test_nothing_in_the_file_is_run(log: Log, tmp_path: Path) -> None:
    log.load()
    _set_values(log.cache / "notes.db", pickle.dumps(_Intruder(tmp_path / "was-here")))
    log.load()
    assert not (tmp_path / "was-here").exists()


def test_a_folder_that_cannot_be_written_to_is_no_obstacle(
    log: Log, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_: object) -> None:
        raise PermissionError("read-only")

    monkeypatch.setattr(kept_values, "make_cache_folder", refuse)
    assert [len(log.load()) for _ in range(2)] == [3, 3]
    assert not log.cache.exists()


def test_a_full_disk_leaves_what_there_is(log: Log, monkeypatch: pytest.MonkeyPatch) -> None:
    log.load()
    log.write("b.md", "Changed.")

    def fill(*_: object) -> Iterator[object]:
        raise sqlite3.OperationalError("database or disk is full")

    monkeypatch.setattr(kept_values, "_update", fill)
    assert log.load() == ["b.md"]
    monkeypatch.undo()
    assert (log.cache / "notes.db").exists()


_RUN = """
import sys
from pathlib import Path
from readinglog.workspace.loading import load_notebook
from support.worlds import work
notes, cache, name = Path(sys.argv[1]), Path(sys.argv[2]), sys.argv[3]
for number in range(int(sys.argv[4])):
    (notes / f"{name}.md").write_text(work(f"Number {number}."), encoding="utf-8")
    assert len(load_notebook(notes, cache=cache).notes) == 5
"""


def _start(log: Log, name: str, rounds: int) -> subprocess.Popen[bytes]:
    words = (str(log.notes), str(log.cache), name, str(rounds))
    command = [sys.executable, "-c", _RUN, *words]
    return subprocess.Popen(command, env={**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)})


def test_two_runs_at_once_do_not_harm_each_other(log: Log) -> None:
    for name in ("d", "e"):
        log.write(f"{name}.md", "New.")
    runs = [_start(log, name, 20) for name in ("d", "e")]
    assert [run.wait(60) for run in runs] == [0, 0]
    log.load()
    assert log.load() == []


def _read_round(log: Log) -> int:
    """Return the number that a run wrote last, 0 while it is writing."""
    found = re.search(r"Number (\d+)\.", (log.notes / "d.md").read_text(encoding="utf-8"))
    return int(found[1]) if found else 0


def test_a_run_that_is_killed_leaves_nothing_broken(log: Log) -> None:
    for name in ("d", "e"):
        log.write(f"{name}.md", "New.")
    log.load()
    run = _start(log, "d", 10_000)
    while _read_round(log) < 5:
        assert run.poll() is None
        time.sleep(0.01)
    run.send_signal(signal.SIGKILL)
    run.wait(60)
    log.load()
    assert log.load() == []


EVERYTHING = """\
# Heading

A [[b#Part|link]], an [address](https://example.org), ![a picture](p.png), a formula $x$, `code`,
<b>HTML</b>, a footnote[^1], one in the text^[here], and a block. ^block

```query
tag:moe
```

[^1]: The footnote.
"""


def test_whatever_a_note_holds_is_kept(log: Log) -> None:
    log.write("everything.md", EVERYTHING)
    log.write("broken.md", "Text.\ntitle: [")
    (log.notes / "wrong.md").write_text("---\ntitle: a: b\ntags: moe\n---\n", encoding="utf-8")
    assert "everything.md" in log.load()
    assert log.load() == []


def test_the_words_of_a_note_are_counted_once(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    log = Log(tmp_path)
    log.load()  # without words
    load_notebook(log.notes, cache=log.cache, keep_words=True)
    monkeypatch.setattr(Note, "list_words", lambda _: pytest.fail("counted again"))
    notes = load_notebook(log.notes, cache=log.cache, keep_words=True).notes
    monkeypatch.undo()
    fresh = load_notebook(log.notes).notes
    assert [note.repeated_words for note in notes] == [note.repeated_words for note in fresh]
