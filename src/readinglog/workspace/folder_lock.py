"""Locks on folders that are written to, which other processes respect."""

from __future__ import annotations

import os
from collections.abc import Callable
from contextlib import suppress
from hashlib import blake2b
from pathlib import Path
from typing import IO

from readinglog.workspace.files import make_cache_folder

try:
    import fcntl
except ImportError:  # on Windows, where nothing is locked
    fcntl = None  # type: ignore[assignment]


class FolderLock:
    """A lock on `folder`, as a file in `cache`; it ends with the process, however that ends."""

    def __init__(self, cache: Path, folder: Path) -> None:
        name = blake2b(os.fsencode(folder.absolute()), digest_size=8).hexdigest()
        self._file = cache / "locks" / name
        self._opened: IO[bytes] | None = None

    def acquire(self, tell: Callable[[], None]) -> None:
        """Take the lock; where another process has it, call `tell` and wait.

        Where no file can be written, there is no lock.
        """
        self.release()
        if fcntl is None:
            return
        with suppress(OSError):
            make_cache_folder(self._file.parent.parent)
            self._file.parent.mkdir(exist_ok=True)
            self._opened = self._file.open("wb")
            try:
                fcntl.flock(self._opened, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError:
                tell()
                fcntl.flock(self._opened, fcntl.LOCK_EX)

    def release(self) -> None:
        """Give the lock back."""
        if self._opened:
            self._opened.close()
            self._opened = None
