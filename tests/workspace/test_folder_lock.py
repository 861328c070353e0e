"""A lock on a folder that is written to: another process waits for it."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from readinglog.workspace import folder_lock
from readinglog.workspace.folder_lock import FolderLock

HOLD = """
import sys
from pathlib import Path
from readinglog.workspace.folder_lock import FolderLock
lock = FolderLock(Path(sys.argv[1]), Path(sys.argv[2]))
lock.acquire(lambda: print("waiting", flush=True))
print("has it", flush=True)
sys.stdin.read()
"""


def start(cache: Path, folder: Path) -> subprocess.Popen[str]:
    """Start a process that takes the lock and has it until its input ends."""
    return subprocess.Popen(
        [sys.executable, "-c", HOLD, str(cache), str(folder)],
        env={**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)},
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )


def read_line(process: subprocess.Popen[str]) -> str:
    assert process.stdout
    return process.stdout.readline().strip()


def test_a_second_process_waits_and_says_so(tmp_path: Path) -> None:
    with start(tmp_path / "cache", tmp_path / "site") as first:
        assert read_line(first) == "has it"
        with start(tmp_path / "cache", tmp_path / "site") as second:
            assert read_line(second) == "waiting"
            first.communicate()
            assert read_line(second) == "has it"
            second.communicate()


def test_a_process_that_is_killed_leaves_no_lock(tmp_path: Path) -> None:
    with start(tmp_path / "cache", tmp_path / "site") as first:
        assert read_line(first) == "has it"
        first.send_signal(signal.SIGKILL)
        first.wait()
    told: list[str] = []
    lock = FolderLock(tmp_path / "cache", tmp_path / "site")
    lock.acquire(lambda: told.append("waiting"))
    assert told == []
    lock.release()


def test_folders_have_locks_of_their_own(tmp_path: Path) -> None:
    with start(tmp_path / "cache", tmp_path / "one") as first:
        assert read_line(first) == "has it"
        with start(tmp_path / "cache", tmp_path / "two") as second:
            assert read_line(second) == "has it"
            second.communicate()
        first.communicate()


def test_a_folder_that_cannot_be_written_to_is_no_obstacle(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(_: Path) -> None:
        raise PermissionError("read-only")

    monkeypatch.setattr(folder_lock, "make_cache_folder", refuse)
    FolderLock(tmp_path / "cache", tmp_path / "site").acquire(lambda: None)
    assert not (tmp_path / "cache").exists()
