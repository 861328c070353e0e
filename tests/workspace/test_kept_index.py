"""The index of the command, kept from one search to the next."""

from __future__ import annotations

import os
import shutil
import sqlite3
from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path

import pytest

from readinglog.notebook.notebook import Notebook
from readinglog.search.engine import Search
from readinglog.workspace import kept_index, kept_values
from readinglog.workspace.kept_index import open_index
from readinglog.workspace.loading import load_notebook
from support.brute_force import brute_force
from support.paths import CASES
from support.searching import find
from support.worlds import work


class Log:
    """A folder of notes and one for caches, and how often the notes have been read."""

    def __init__(self, folder: Path) -> None:
        self.notes = folder / "notes"
        self.cache = folder / "cache"
        self.reads = 0
        self.write("a.md", "Gates.")

    def write(self, path: str, body: str) -> None:
        file = self.notes / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(work(body), encoding="utf-8")

    def load(self) -> Notebook:
        self.reads += 1
        return load_notebook(self.notes)

    def find(self, text: str) -> list[str]:
        return find(Search(open_index(self.notes, self.cache, self.load)), text)


@pytest.fixture
def log(tmp_path: Path) -> Log:
    return Log(tmp_path)


def test_an_index_is_read_again_while_no_note_changes(log: Log) -> None:
    assert [log.find("gates") for _ in range(3)] == [["a"]] * 3
    assert log.reads == 1
    assert (log.cache / ".gitignore").read_text() == "*\n"


def _edit(log: Log) -> None:
    log.write("a.md", "Tiles and gates.")


def _edit_and_keep_the_time(log: Log) -> None:
    before = (log.notes / "a.md").stat()
    log.write("a.md", "Tiles, gates; longer.")
    os.utime(log.notes / "a.md", ns=(before.st_atime_ns, before.st_mtime_ns))


def _edit_and_keep_the_length(log: Log) -> None:
    log.write("a.md", "Tiles.")
    later = (log.notes / "a.md").stat().st_mtime_ns + 1_000
    os.utime(log.notes / "a.md", ns=(later, later))


def _add(log: Log) -> None:
    log.write("deep/b.md", "Tiles.")


def _rename(log: Log) -> None:
    (log.notes / "a.md").rename(log.notes / "tiles.md")


def _add_tags(log: Log) -> None:
    (log.notes / "tags.yml").write_text("moe: {aliases: [tiles]}\n", encoding="utf-8")


@pytest.mark.parametrize(
    "change",
    [_edit, _edit_and_keep_the_time, _edit_and_keep_the_length, _add, _rename, _add_tags],
)
def test_a_change_is_found_at_once(log: Log, change: Callable[[Log], None]) -> None:
    assert log.find("tiles") == []
    change(log)
    assert len(log.find("tiles")) == 1
    assert log.reads == 2
    log.find("tiles")
    assert log.reads == 2


def test_a_deleted_note_is_not_found(log: Log) -> None:
    log.write("b.md", "Tiles.")
    assert log.find("tiles") == ["b"]
    (log.notes / "b.md").unlink()
    assert log.find("tiles") == []
    assert log.find("gates") == ["a"]


def test_a_new_day_makes_it_anew(log: Log, monkeypatch: pytest.MonkeyPatch) -> None:
    class Tomorrow(date):
        @classmethod
        def today(cls) -> date:
            return date.fromordinal(date.today().toordinal()) + timedelta(1)  # noqa: DTZ011

    log.find("gates")
    monkeypatch.setattr(kept_index, "date", Tomorrow)
    log.find("gates")
    assert log.reads == 2


def _cut(file: Path) -> None:
    file.write_bytes(file.read_bytes()[:100])


def _overwrite(file: Path) -> None:
    file.write_bytes(b"no database" * 1_000)


def _empty(file: Path) -> None:
    file.write_bytes(b"")


def _damage_pages(file: Path) -> None:
    data = bytearray(file.read_bytes())
    data[4096:] = b"\xff" * (len(data) - 4096)
    file.write_bytes(data)


def _drop_the_table(file: Path) -> None:
    with sqlite3.connect(file) as database:
        database.execute("DROP TABLE kept")
    database.close()


def _lose_the_catalogue(file: Path) -> None:
    with sqlite3.connect(file) as database:
        database.execute("DELETE FROM kept WHERE key = 'catalogue'")
    database.close()


def _lose_a_shard(file: Path) -> None:
    with sqlite3.connect(file) as database:
        database.execute("DELETE FROM kept WHERE key = 'terms/0'")
    database.close()


def _cut_a_shard(file: Path) -> None:
    with sqlite3.connect(file) as database:
        database.execute("UPDATE kept SET value = '{' WHERE key = 'terms/0'")
    database.close()


def _make_it_a_folder(file: Path) -> None:
    file.unlink()
    file.mkdir()


@pytest.mark.parametrize(
    "damage",
    [
        _cut,
        _overwrite,
        _empty,
        _damage_pages,
        _drop_the_table,
        _lose_the_catalogue,
        _lose_a_shard,
        _cut_a_shard,
        _make_it_a_folder,
    ],
)
def test_a_damaged_index_is_made_anew(log: Log, damage: Callable[[Path], None]) -> None:
    log.find("gates")
    [file] = log.cache.glob("search-*.db")
    damage(file)
    assert log.find("gates") == ["a"]


def test_a_folder_that_cannot_be_written_to_is_no_obstacle(log: Log) -> None:
    log.cache.write_text("a file in its place", encoding="utf-8")
    assert [log.find("gates") for _ in range(2)] == [["a"], ["a"]]
    assert log.reads == 2


def test_a_read_only_folder_is_no_obstacle(log: Log, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object, **__: object) -> None:
        raise PermissionError("read-only")

    monkeypatch.setattr(kept_values, "make_cache_folder", refuse)
    assert log.find("gates") == ["a"]
    assert not log.cache.exists()


def test_a_full_disk_leaves_the_index_there_is(log: Log, monkeypatch: pytest.MonkeyPatch) -> None:
    log.find("gates")
    [file] = log.cache.glob("search-*.db")
    before = file.read_bytes()
    log.write("b.md", "Gates.")

    def fill(*_: Path) -> None:
        raise OSError("no room")

    monkeypatch.setattr(Path, "replace", fill)
    assert sorted(log.find("gates")) == ["a", "b"]
    monkeypatch.undo()
    assert file.read_bytes() == before
    assert sorted(log.find("gates")) == ["a", "b"]


def test_two_folders_have_indexes_of_their_own(log: Log, tmp_path: Path) -> None:
    other = Log(tmp_path / "other")
    other.cache = log.cache
    other.write("b.md", "Gates.")
    for _ in range(2):
        assert log.find("gates") == ["a"]
        assert sorted(other.find("gates")) == ["a", "b"]
    assert (log.reads, other.reads) == (1, 1)


@pytest.mark.parametrize(
    "query", ["routing", "注意力", "tag:moe -routing", '"load balancing"', "rotuing"]
)
def test_a_kept_index_answers_like_a_new_one(tmp_path: Path, query: str) -> None:
    log = Log(tmp_path)
    shutil.rmtree(log.notes)
    shutil.copytree(CASES / "searching", log.notes)
    expected = brute_force(load_notebook(CASES / "searching"), query)
    assert [log.find(query) for _ in range(2)] == [expected, expected]
    assert log.reads == 1
