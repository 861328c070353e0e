"""The files of the last build, set aside while MkDocs empties its folder, and put back."""

from __future__ import annotations

import json
import os
import shutil
from collections.abc import Iterable, Iterator, Mapping
from contextlib import suppress
from hashlib import blake2b
from pathlib import Path
from typing import NamedTuple

from readinglog.workspace.files import make_cache_folder, write_file


class FileKeys(NamedTuple):
    """A key of what a file is made of, and one that is found more quickly, but changes more often;
    '' is none.
    """

    key: str
    quick_key: str = ""


_NO_KEYS = FileKeys("")


class FormerSite:
    """The files of the last build in the folder `site`, which a build keeps in `cache` meanwhile.

    A file that a new build has no reason to write again stays as it is; with the key that it had,
    it is neither made nor read. Where something cannot be moved, as to another file system, MkDocs
    removes it.
    """

    def __init__(self, cache: Path, site: Path) -> None:
        name = blake2b(os.fsencode(site.absolute()), digest_size=8).hexdigest()
        self._cache, self._site = cache, site
        self._aside = cache / "former-site" / name
        self._record_file = cache / "written-files" / f"{name}.json"
        self._record: Mapping[str, object] = {}
        self._kept: set[str] = set()

    def set_aside(self) -> None:
        """Move what MkDocs would remove; what a killed build has set aside is used instead."""
        if self._aside.exists() or not self._site.is_dir():
            return
        with suppress(OSError):
            make_cache_folder(self._cache)
            self._aside.mkdir(parents=True)
            for path in list(self._site.iterdir()):
                if not path.is_symlink() and not path.name.startswith("."):
                    path.rename(self._aside / path.name)

    def put_back(self, paths: Iterable[str]) -> None:
        """Move all back but what MkDocs has written anew, or what is in the way of a new file at
        one of `paths`.
        """
        if not self._aside.is_dir():
            return
        self._record = _read_record(self._record_file)
        with suppress(OSError):
            self._kept = set(_move_back(self._aside, self._site, ""))
            self._remove(self._list_obstacles(paths))
        shutil.rmtree(self._aside, ignore_errors=True)

    def _list_obstacles(self, paths: Iterable[str]) -> Iterator[str]:
        """Yield the former files where there is to be a folder, or in a folder that is to be a
        file.
        """
        files = set(paths)
        yield from self._kept & _list_folders(files)
        for folder in _list_folders(self._kept) & files:
            yield from (path for path in self._kept if path.startswith(f"{folder}/"))

    @property
    def has_keys(self) -> bool:
        """Whether the last build has left the keys of its files."""
        return bool(self._record)

    def has(self, path: str, key: str) -> bool:
        """Return whether the file at `path` is as the last build has written it, with the same key:
        '' is none.
        """
        return bool(key) and self._find(path).key == key

    def find_key(self, path: str, quick_key: str) -> str:
        """Return the key of the file at `path` where it is as the last build has written it, with
        the same quick key, or ''.
        """
        found = self._find(path) if quick_key else _NO_KEYS
        return found.key if found.quick_key == quick_key else ""

    def _find(self, path: str) -> FileKeys:
        """Return the keys of the file at `path` where it is as the last build has written it."""
        match self._record.get(path):
            case [str(key), str(quick_key), *stamp] if stamp == [*self._stamp(path)]:
                return FileKeys(key, quick_key)
        return _NO_KEYS

    def finish(self, keys: Mapping[str, FileKeys]) -> None:
        """Remove the files that the new build has not written, and remember the keys of those that
        it has, by path.
        """
        self._remove(self._kept.difference(keys))
        record = {path: [*each, *self._stamp(path)] for path, each in keys.items() if each.key}
        with suppress(OSError):
            make_cache_folder(self._cache)
            write_file(self._record_file, json.dumps(record).encode("utf-8", "surrogatepass"))

    def _stamp(self, path: str) -> tuple[int, int]:
        """Return the time (in nanoseconds) and the size of a file, or -1 where there is none."""
        try:
            status = os.stat(f"{self._site}/{path}", follow_symlinks=False)  # noqa: PTH116 - fast
        except OSError:
            return -1, -1
        return status.st_mtime_ns, status.st_size

    def _remove(self, paths: Iterable[str]) -> None:
        for path in list(paths):
            file = self._site / path
            file.unlink(missing_ok=True)
            with suppress(OSError):  # until a folder holds something else
                os.removedirs(file.parent)
            self._kept.discard(path)


def _read_record(file: Path) -> Mapping[str, object]:
    with suppress(OSError, ValueError):
        record = json.loads(file.read_bytes())
        if isinstance(record, dict):
            return record
    return {}


def _list_folders(paths: Iterable[str]) -> set[str]:
    """Return the folders around some paths."""
    folders: set[str] = set()
    for path in paths:
        folder = path.rpartition("/")[0]
        while folder and folder not in folders:
            folders.add(folder)
            folder = folder.rpartition("/")[0]
    return folders


def _move_back(aside: Path, folder: Path, inside: str) -> Iterator[str]:
    """Move files where there is none, and yield their paths, which `inside` begins."""
    for path in list(aside.iterdir()):
        target, inner = folder / path.name, f"{inside}{path.name}"
        if path.is_symlink():
            continue
        if path.is_dir() and target.is_dir():
            yield from _move_back(path, target, f"{inner}/")
        elif not target.exists():
            path.rename(target)
            yield from _list_files(target, f"{inner}/") if target.is_dir() else [inner]


def _list_files(folder: Path, inside: str) -> Iterator[str]:
    """Yield the paths of the files in `folder`, where symbolic links are removed."""
    for entry in list(os.scandir(folder)):
        if entry.is_symlink():
            Path(entry).unlink()
        elif entry.is_dir():
            yield from _list_files(Path(entry), f"{inside}{entry.name}/")
        else:
            yield f"{inside}{entry.name}"
