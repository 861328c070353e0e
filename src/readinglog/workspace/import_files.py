"""The file or folder that is imported, read file by file when it is asked for."""

from __future__ import annotations

import os
from functools import cached_property
from pathlib import Path

from readinglog.workspace.files import walk_files

_LIMIT = 200_000_000  # bytes of one file


class ImportFile:
    """One file, or what came from an address."""

    def __init__(self, name: str, data: bytes) -> None:
        self.name = name
        self.paths = (name,)
        self._data = data

    def read(self, _: str) -> bytes:
        """Return what is in the file."""
        return self._data


class ImportFolder:
    """A folder with all files in it and below it that are not hidden; links are not followed."""

    def __init__(self, folder: Path, name: str) -> None:
        self.name = name
        self._folder = folder.resolve(strict=True)

    @cached_property
    def paths(self) -> tuple[str, ...]:
        """The paths of the files."""
        entries = walk_files(self._folder)
        return tuple(path for path, entry in entries if entry.is_file(follow_symlinks=False))

    def read(self, path: str) -> bytes:
        """Return what is in a file. Raise OSError where it cannot be read."""
        return read_limited(self._folder / path)


def read_limited(path: Path) -> bytes:
    """Return what is in a file. Raise OSError where it cannot be read, or is too large."""
    with path.open("rb") as file:
        size = os.fstat(file.fileno()).st_size
        if size > _LIMIT:
            raise OSError(None, f"it has {size:,} bytes, and {_LIMIT:,} is the limit")
        return file.read(_LIMIT + 1)
