"""The index of a folder of notes, kept from one search to the next."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Callable, Iterable, Mapping
from contextlib import closing, suppress
from datetime import date
from hashlib import blake2b
from pathlib import Path
from typing import TYPE_CHECKING

from readinglog.search.index_reader import SearchIndex
from readinglog.workspace.files import list_stamps, make_cache_folder

if TYPE_CHECKING:
    from readinglog.notebook.notebook import Notebook

_PACKAGE = Path(__file__).parent.parent
_STAMP = ""  # the path under which the stamp of the notes is kept


def open_index(notes: Path, cache: Path, load: Callable[[], Notebook]) -> SearchIndex:
    """Return the index of the folder `notes`, from a file in `cache` where no note has changed
    since.

    Otherwise `load` reads the notes, and the new index is kept.
    """
    stamp = _compute_stamp(notes)
    file = cache / f"search-{blake2b(str(notes).encode(), digest_size=8).hexdigest()}.db"
    if (reader := _open_kept(file, stamp)) is not None:
        return SearchIndex(_Fallback(reader, lambda: _make(cache, file, stamp, load)))
    return SearchIndex(_make(cache, file, stamp, load).__getitem__)


def _make(
    cache: Path, file: Path, stamp: str, load: Callable[[], Notebook]
) -> Mapping[str, object]:
    """Return the files of a new index, and keep them."""
    from readinglog.search.index_writer import make_index  # noqa: PLC0415 - takes a tenth of a second

    files = make_index(load())
    with suppress(OSError, sqlite3.Error):  # a folder that cannot be written to: it is made again
        make_cache_folder(cache)
        _keep(file, stamp, ((path, _dump(value)) for path, value in files.items()))
    return files


def _compute_stamp(notes: Path) -> str:
    """Return a digest of all files that the index depends on, and of the day, as future notes are
    not published.
    """
    stamps = [date.today().isoformat()]  # noqa: DTZ011
    for folder in (notes, _PACKAGE):
        stamps += [f"{path}\0{changed}\0{size}" for path, changed, size in list_stamps(folder)]
    return blake2b("\0".join(stamps).encode(errors="surrogatepass"), digest_size=16).hexdigest()


def _open_kept(file: Path, stamp: str) -> _Reader | None:
    """Return the reader of the index that is kept in `file` if it has that stamp."""
    if not file.is_file():
        return None
    try:
        database = sqlite3.connect(f"{file.as_uri()}?mode=ro", uri=True)
        read = _Reader(database)
        return read if read(_STAMP) == stamp and read("catalogue.json") else None
    except (sqlite3.Error, KeyError, ValueError):
        return None


class _Reader:
    """Reads the values of an index by path."""

    def __init__(self, database: sqlite3.Connection) -> None:
        self._database = database

    def __call__(self, path: str) -> object:
        query = "SELECT data FROM files WHERE path = ?"
        found = self._database.execute(query, (path,)).fetchone()
        if found is None:
            raise KeyError(path)
        return json.loads(found[0])


class _Fallback:
    """Reads a kept index; once a value cannot be read, those of an index made anew."""

    def __init__(self, reader: _Reader, make: Callable[[], Mapping[str, object]]) -> None:
        self._read: Callable[[str], object] = reader
        self._make = make

    def __call__(self, path: str) -> object:
        try:
            return self._read(path)
        except (sqlite3.Error, KeyError, ValueError):
            self._read = self._make().__getitem__
            return self._read(path)


def _keep(file: Path, stamp: str, files: Iterable[tuple[str, bytes]]) -> None:
    new = file.with_suffix(".new")
    new.unlink(missing_ok=True)
    with closing(sqlite3.connect(new, isolation_level=None)) as database:
        database.execute("PRAGMA journal_mode = OFF")
        database.execute("PRAGMA synchronous = OFF")
        database.execute("CREATE TABLE files (path TEXT PRIMARY KEY, data BLOB) WITHOUT ROWID")
        database.execute("BEGIN")
        database.executemany("INSERT INTO files VALUES (?, ?)", [(_STAMP, _dump(stamp)), *files])
        database.execute("COMMIT")
    new.replace(file)


def _dump(value: object) -> bytes:
    text = json.dumps(value, ensure_ascii=False, separators=(",", ":"))
    return text.encode("utf-8", "surrogatepass")
