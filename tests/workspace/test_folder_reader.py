"""Reading a folder again: what has changed is read, and nothing else."""

from __future__ import annotations

import os
import time
from pathlib import Path

import pytest

from readinglog.workspace import folder_reader
from readinglog.workspace.folder import read_folder
from readinglog.workspace.folder_reader import FolderReader


@pytest.fixture
def read(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """A list that fills with the paths of the files that are read."""
    found: list[str] = []
    original = folder_reader.read_file
    monkeypatch.setattr(
        folder_reader,
        "read_file",
        lambda path, entry, root, limit: found.append(path) or original(path, entry, root, limit),
    )
    return found


def let_age(*files: Path) -> None:
    """Wait until files are older than a tick of the clock."""
    time.sleep(0.15)
    assert all(file.exists() for file in files)


def test_a_file_that_stays_is_read_once(tmp_path: Path, read: list[str]) -> None:
    for name in ("a.md", "b.md", "tags.yml", "x.csv"):
        (tmp_path / name).write_text(name, encoding="utf-8")
    let_age()
    reader = FolderReader()
    assert reader.read(tmp_path) == reader.read(tmp_path)
    assert sorted(read) == ["a.md", "b.md", "tags.yml", "x.csv"]
    assert sorted(reader.stamps) == sorted(read)


def test_a_change_that_keeps_time_and_size_is_seen(tmp_path: Path) -> None:
    note = tmp_path / "a.md"
    note.write_text("one", encoding="utf-8")
    let_age(note)
    reader = FolderReader()
    reader.read(tmp_path)
    status = note.stat()
    note.write_text("two", encoding="utf-8")
    os.utime(note, ns=(status.st_atime_ns, status.st_mtime_ns))
    assert [source.text for source in reader.read(tmp_path).notes] == ["two"]


def test_a_file_that_was_just_written_is_not_trusted(tmp_path: Path, read: list[str]) -> None:
    (tmp_path / "a.md").write_text("one", encoding="utf-8")
    reader = FolderReader()
    reader.read(tmp_path)
    reader.read(tmp_path)
    assert read == ["a.md", "a.md"]


def test_links_and_files_that_come_and_go_are_as_in_a_first_reading(tmp_path: Path) -> None:
    (tmp_path / "a.md").write_text("one", encoding="utf-8")
    (tmp_path / "link.md").symlink_to("a.md")
    (tmp_path / "broken.md").symlink_to("gone.md")
    reader = FolderReader()
    reader.read(tmp_path)
    (tmp_path / "a.md").rename(tmp_path / "gone.md")
    found, fresh = reader.read(tmp_path), read_folder(tmp_path)
    assert [(note.path, note.data, note.unreadable) for note in found.notes] == [
        (note.path, note.data, note.unreadable) for note in fresh.notes
    ]
