"""Writing exports: all of their files, or none, and nothing over what others wrote.

What an export has written is remembered by its digests in the cache folder, so that the next one
knows its own files.
"""

from __future__ import annotations

import errno
import json
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager
from hashlib import blake2b
from pathlib import Path
from typing import NamedTuple

from readinglog.model.errors import ReadinglogError
from readinglog.workspace.files import make_cache_folder, write_file

_RECORDS = "exports.json"
_LISTED_PATHS = 3


class ExportError(ReadinglogError):
    """An export that is not written. Nothing is changed."""


class WrittenExport(NamedTuple):
    """How many files an export has, and how many were removed that an earlier one had."""

    files: int
    removed: int


def write_export(
    target: Path, files: Mapping[str, bytes | Path], cache: Path, *, force: bool = False
) -> WrittenExport:
    """Write the files of an export to `target`, a file or a folder.

    `files` maps paths below the folder of `target` to data, or to the file to copy. Files of an
    earlier export to `target` are replaced or removed if they are as it left them, and with `force`
    those in the way whoever wrote them. `cache` is the folder of what is kept from run to run.
    Raise ExportError where files would be lost, OSError, with the path, where one cannot be
    written; nothing is changed then.
    """
    folder = target.parent
    earlier = _read_record(cache, target)
    old = {path for path, digest in earlier.items() if digest == _compute_digest(folder / path)}
    if not force:
        _check_free(folder, [path for path in files if path not in old])
    obsolete = sorted(old - files.keys())
    folder.mkdir(parents=True, exist_ok=True)
    digests: dict[str, str] = {}
    with ExitStack() as cleanup:
        # Hidden, and on the file system of the target, so that files are moved and not copied.
        aside = Path(
            cleanup.enter_context(tempfile.TemporaryDirectory(prefix=".readinglog-", dir=folder))
        )
        for number, (path, content) in enumerate(files.items()):
            with _name_file(folder / path):
                data = content.read_bytes() if isinstance(content, Path) else content
                (aside / f"new-{number}").write_bytes(data)
            digests[path] = _digest(data)
        undo = cleanup.enter_context(ExitStack())
        for number, path in enumerate(obsolete):
            _set_aside(folder / path, aside / f"obsolete-{number}", undo)
        for number, path in enumerate(files):
            with _name_file(folder / path):
                _set_aside(folder / path, aside / f"old-{number}", undo)
                _make_folders(folder / path, undo)
                undo.callback((folder / path).unlink, missing_ok=True)
                (aside / f"new-{number}").rename(folder / path)
        _write_record(cache, target, digests)
        undo.pop_all()
    _remove_empty_folders(folder, obsolete)
    return WrittenExport(len(files), len(obsolete))


def _check_free(folder: Path, paths: Sequence[str]) -> None:
    """Raise ExportError where something is at one of `paths` that no export wrote."""
    taken = [path for path in paths if (folder / path).exists() or (folder / path).is_symlink()]
    if not taken:
        return
    shown = ", ".join(f"`{folder / path}`" for path in taken[:_LISTED_PATHS])
    more = f" and {len(taken) - _LISTED_PATHS} more" if len(taken) > _LISTED_PATHS else ""
    message = (
        f"{shown}{more} would be overwritten, and was not written by an export, or has changed"
    )
    raise ExportError(message, "choose another path, or add --force to overwrite")


def _set_aside(path: Path, aside: Path, undo: ExitStack) -> None:
    """Move what is at `path` away; a folder is in the way."""
    if path.is_dir() and not path.is_symlink():
        raise IsADirectoryError(errno.EISDIR, "it is a folder")
    if path.exists() or path.is_symlink():
        path.rename(aside)
        undo.callback(aside.rename, path)


def _make_folders(path: Path, undo: ExitStack) -> None:
    for folder in reversed([parent for parent in path.parents if not parent.exists()]):
        folder.mkdir()
        undo.callback(folder.rmdir)


def _remove_empty_folders(folder: Path, paths: Sequence[str]) -> None:
    """Remove the folders that have lost their last file."""
    above = {parent for path in paths for parent in Path(path).parents} - {Path()}
    for each in sorted(above, reverse=True):
        if (folder / each).is_dir() and not any((folder / each).iterdir()):
            (folder / each).rmdir()


def _compute_digest(path: Path) -> str:
    """Return the digest of a file, '' where there is none."""
    return _digest(path.read_bytes()) if path.is_file() and not path.is_symlink() else ""


def _digest(data: bytes) -> str:
    return blake2b(data, digest_size=16).hexdigest()


def _read_records(cache: Path) -> dict[str, dict[str, str]]:
    """Return the digests of the files of each export, by its path; what is broken is forgotten."""
    try:
        records = json.loads((cache / _RECORDS).read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}
    return records if isinstance(records, dict) else {}


def _read_record(cache: Path, target: Path) -> dict[str, str]:
    record = _read_records(cache).get(str(target), {})
    if not isinstance(record, dict):
        return {}
    # A path that leads elsewhere was not written here.
    return {path: digest for path, digest in record.items() if ".." not in Path(path).parts}


def _write_record(cache: Path, target: Path, digests: Mapping[str, str]) -> None:
    records = _read_records(cache) | {str(target): dict(digests)}
    make_cache_folder(cache)
    write_file(cache / _RECORDS, json.dumps(records, sort_keys=True).encode())


@contextmanager
def _name_file(path: Path) -> Iterator[None]:
    """Add the path to an error about a file."""
    try:
        yield
    except OSError as error:
        raise OSError(error.errno, error.strerror or str(error), str(path)) from error
