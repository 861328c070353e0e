"""Values kept in a file from one run to the next: only what can be made again."""

from __future__ import annotations

import json
import os
import sqlite3
from collections.abc import Collection, Iterable
from contextlib import closing, suppress
from itertools import chain
from pathlib import Path

from readinglog.workspace.files import make_cache_folder

_VERSION = ""  # the key of the version
_PATIENCE = 2  # seconds for another run to finish writing


class KeptValues:
    """Values by key in `file`, made by one version of the program.

    What cannot be read, for whatever reason, is as if it were not there; what cannot be written is
    not kept. A file that is damaged or of another version is replaced.
    """

    def __init__(self, file: Path, version: str) -> None:
        self._file = file
        self._version = version.encode()
        self._database = self._open()

    def get(self, key: str) -> bytes | None:
        """Return the value with that key, or None."""
        if self._database is None:
            return None
        try:
            return _read(self._database, key)
        except sqlite3.Error:
            self._close()
            return None

    def get_all(self) -> dict[str, bytes]:
        """Return all values by key."""
        if self._database is None:
            return {}
        try:
            found = self._database.execute("SELECT key, value FROM kept").fetchall()
        except sqlite3.Error:
            self._close()
            return {}
        return {key: value for key, value in found if key and isinstance(value, bytes)}

    def update(
        self, values: Iterable[tuple[str, bytes]], keys: Collection[str] | None = None
    ) -> None:
        """Keep new values, and of those that were kept the ones with `keys`, or all."""
        if self._database is None:
            self.replace(values)
            return
        self._close()
        with suppress(OSError, sqlite3.Error):
            _update(self._file, values, keys)
        self._database = self._open()

    def replace(self, values: Iterable[tuple[str, bytes]]) -> None:
        """Keep these values, and no others."""
        self._close()
        with suppress(OSError, sqlite3.Error):
            make_cache_folder(self._file.parent)
            _write(self._file, chain([(_VERSION, self._version)], values))
        self._database = self._open()

    def _open(self) -> sqlite3.Connection | None:
        """Return a connection if the file is of this version; what a killed run has begun to write
        is rolled back.
        """
        if not self._file.is_file():
            return None
        with suppress(sqlite3.Error):
            address = f"{self._file.absolute().as_uri()}?mode=rw"
            # Threads that share this take turns.
            database = sqlite3.connect(address, uri=True, check_same_thread=False)
            with suppress(sqlite3.Error):
                if _read(database, _VERSION) == self._version:
                    return database
            database.close()
        return None

    def _close(self) -> None:
        if self._database:
            self._database.close()
            self._database = None


def dump_json(value: object) -> bytes:
    """Return a value as JSON, to be kept."""
    text = json.dumps(value, ensure_ascii=False, separators=(",", ":"))
    return text.encode("utf-8", "surrogatepass")


def _read(database: sqlite3.Connection, key: str) -> bytes | None:
    found = database.execute("SELECT value FROM kept WHERE key = ?", (key,)).fetchone()
    return found[0] if found and isinstance(found[0], bytes) else None


def _update(file: Path, values: Iterable[tuple[str, bytes]], keys: Collection[str] | None) -> None:
    with closing(sqlite3.connect(file, timeout=_PATIENCE, isolation_level=None)) as database:
        database.execute("BEGIN IMMEDIATE")
        if keys is not None:
            kept = {key for (key,) in database.execute("SELECT key FROM kept")}
            gone = [(key,) for key in kept.difference(keys, [_VERSION])]
            database.executemany("DELETE FROM kept WHERE key = ?", gone)
        database.executemany("REPLACE INTO kept VALUES (?, ?)", values)
        database.execute("COMMIT")


def _write(file: Path, values: Iterable[tuple[str, bytes]]) -> None:
    new = file.with_name(f"{file.name}.{os.getpid()}")
    try:
        new.unlink(missing_ok=True)
        with closing(sqlite3.connect(new, isolation_level=None)) as database:
            database.execute("PRAGMA journal_mode = OFF")  # nobody else knows this file
            database.execute("PRAGMA synchronous = OFF")
            database.execute("CREATE TABLE kept (key TEXT PRIMARY KEY, value BLOB) WITHOUT ROWID")
            database.execute("BEGIN")
            database.executemany("INSERT INTO kept VALUES (?, ?)", values)
            database.execute("COMMIT")
        file.with_name(f"{file.name}-journal").unlink(missing_ok=True)  # that of another file
        new.replace(file)
    finally:
        new.unlink(missing_ok=True)
