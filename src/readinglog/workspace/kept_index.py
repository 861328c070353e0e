"""The index of a folder of notes, kept from one search to the next."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from contextlib import suppress
from datetime import date
from hashlib import blake2b
from pathlib import Path
from typing import TYPE_CHECKING

from readinglog.search.index_reader import SearchIndex
from readinglog.workspace.files import compute_package_stamp, list_stamps
from readinglog.workspace.kept_values import KeptValues, dump_json

if TYPE_CHECKING:
    from readinglog.notebook.notebook import Notebook
    from readinglog.search.index_writer import IndexFiles


def open_index(
    notes: Path, cache: Path, load: Callable[[], Notebook], context: str = ""
) -> SearchIndex:
    """Return the index of the folder `notes`, from a file in `cache` where no note has changed
    since, nor `context`.

    Otherwise `load` reads the notes, and the new index is kept.
    """
    name = blake2b(str(notes).encode(), digest_size=8).hexdigest()
    kept = KeptValues(cache / f"search-{name}.db", _compute_stamp(notes, context))
    return SearchIndex(_Reader(kept, cache, load))


def make_kept_index(notebook: Notebook, cache: Path) -> IndexFiles:
    """Return the files of the index of `notebook`; parts of it are kept in the folder `cache`."""
    from readinglog.workspace import kept_batches  # noqa: PLC0415 - takes a tenth of a second

    return kept_batches.make_index_with_cache(notebook, cache)


def _compute_stamp(notes: Path, context: str) -> str:
    """Return a digest of all files that the index depends on, and of the day, as future notes are
    not published.
    """
    stamps = [date.today().isoformat(), compute_package_stamp(), context]  # noqa: DTZ011
    stamps += [f"{path}\0{changed}\0{size}" for path, changed, size in list_stamps(notes)]
    return blake2b("\0".join(stamps).encode(errors="surrogatepass"), digest_size=16).hexdigest()


class _Reader:
    """Reads a kept index; where it has no value that can be read, those of an index made anew."""

    def __init__(self, kept: KeptValues, cache: Path, load: Callable[[], Notebook]) -> None:
        self._kept = kept
        self._cache = cache
        self._load = load
        self._made: Mapping[str, object] | None = None

    def __call__(self, path: str) -> object:
        """Return the value at `path`."""
        if self._made is None:
            with suppress(ValueError):
                return json.loads(self._kept.get(path) or b"")
            self._made = self._make()
        return self._made[path]

    def _make(self) -> Mapping[str, object]:
        """Return the values of a new index, and keep them."""
        made = make_kept_index(self._load(), self._cache)
        self._kept.replace((path, dump_json(value)) for path, value in made.items())
        return made
