"""Reading a folder again and again: only the files that have changed since."""

from __future__ import annotations

import os
import time
from pathlib import Path
from typing import NamedTuple

from readinglog.model.attachments import SIZE_LIMIT
from readinglog.model.text import Source
from readinglog.workspace.folder import Folder, read_file, read_folder

# A file that was changed so shortly before it was read (in nanoseconds) may have been changed again
# within the same tick of the file system's clock.
_TICK = 100_000_000


class Stamp(NamedTuple):
    """What a change of a file changes: times in nanoseconds, its size, its inode."""

    modified: int
    status_changed: int
    size: int
    inode: int


class FolderReader:
    """Reads a folder; what it has read of files is kept as long as they stay the same."""

    def __init__(self) -> None:
        self.stamps: dict[str, Stamp] = {}  # by path, as of the last reading
        self._kept: dict[str, tuple[Stamp, Source | str]] = {}
        self._limit = SIZE_LIMIT

    def read(self, folder: Path, limit: int = SIZE_LIMIT) -> Folder:
        """Return all files in `folder`, as `read_folder` does."""
        if limit != self._limit:  # of what is kept, some may be published now or no longer
            self._limit, self._kept = limit, {}
        stamps: dict[str, Stamp] = {}
        kept: dict[str, tuple[Stamp, Source | str]] = {}

        def read(path: str, entry: os.DirEntry[str], root: Path, limit: int) -> Source | str:
            stamp = _get_stamp(entry)  # before the file is read, so that a later change shows
            if stamp is None:
                return read_file(path, entry, root, limit)
            stamps[path] = stamp
            known = self._kept.get(path)
            if known and known[0] == stamp:
                kept[path] = known
                return known[1]
            found = read_file(path, entry, root, limit)
            if time.time_ns() - stamp.status_changed > _TICK:
                kept[path] = (stamp, found)
            return found

        result = read_folder(folder, limit, read)
        self.stamps, self._kept = stamps, kept
        return result


def _get_stamp(entry: os.DirEntry[str]) -> Stamp | None:
    """Return the stamp of a file, or None where there is none any more."""
    try:
        status = entry.stat()
    except OSError:
        return None
    return Stamp(status.st_mtime_ns, status.st_ctime_ns, status.st_size, status.st_ino)
