"""The files that imported texts show or link to: which come into the log, and where."""

from __future__ import annotations

import posixpath
from collections.abc import Callable, Mapping, Sequence
from hashlib import blake2b
from typing import NamedTuple

from readinglog.interchange.importers.importer import SourceFiles
from readinglog.interchange.merging.import_base import ImportBase
from readinglog.model.attachments import find_publication_obstacle
from readinglog.model.text import pluralize

_LISTED = 3  # files in a remark

ReadLogFile = Callable[[str], bytes | None]
"""Returns what the file at a path of the notes folder holds, None where there is none."""


class MergedFiles(NamedTuple):
    """Files that are to be written, by their paths in the log: what they hold before and after.

    `paths` has the paths in the log by those in the source, `records` what the base keeps of them.
    """

    writes: dict[str, tuple[bytes | None, bytes]]
    paths: dict[str, str]
    records: dict[str, tuple[str, str]]
    remarks: tuple[str, ...]


class FilePolicy(NamedTuple):
    """Where files come, below the notes folder, and how large one may be."""

    folder: str
    limit: int


def merge_files(
    wanted: Mapping[str, str],
    files: SourceFiles,
    base: ImportBase,
    read_log_file: ReadLogFile,
    policy: FilePolicy,
) -> MergedFiles:
    """Return the files of the source that come into the log; `wanted` has their paths in the source
    by those by which texts refer to them.

    One that the log has changed stays as it is, and one that it has removed does not come back.
    """
    merged = MergedFiles({}, {}, {}, ())
    remarks = []
    refused: dict[str, list[str]] = {}
    for path in sorted(wanted):
        try:
            data = files.read(wanted[path])
        except OSError as error:
            remarks.append(f"{path} cannot be read: {(error.strerror or str(error)).lower()}")
            continue
        if obstacle := find_publication_obstacle(path, data, len(data), policy.limit):
            refused.setdefault(obstacle, []).append(path)
        elif remark := _merge_file(path, data, merged, base, read_log_file, policy.folder):
            remarks.append(remark)
    remarks += (_describe_refused(paths, reason) for reason, paths in refused.items())
    return merged._replace(remarks=tuple(remarks))


def _describe_refused(paths: Sequence[str], reason: str) -> str:
    if len(paths) == 1:
        return f"{paths[0]} is left out: {reason}"
    more = len(paths) - _LISTED
    listed = ", ".join(paths[:_LISTED]) + (f" and {more:,} more" if more > 0 else "")
    return f"{pluralize(paths, 'file')} are left out: {reason}: {listed}"


def _merge_file(
    path: str,
    data: bytes,
    merged: MergedFiles,
    base: ImportBase,
    read_log_file: ReadLogFile,
    folder: str,
) -> str:
    """Add a file to those that are merged, and return a remark on it, or ''."""
    digest = blake2b(data, digest_size=8).hexdigest()
    record = base.files.get(path)
    if record is None:
        target = _find_free_path(posixpath.join(folder, path), data, merged, read_log_file)
        have = read_log_file(target)
        if have is None:
            merged.writes[target] = (None, data)
    else:
        target, before = record
        have = read_log_file(target)
        have_digest = blake2b(have or b"", digest_size=8).hexdigest()
        if have is not None and digest not in (before, have_digest):
            if have_digest == before:
                merged.writes[target] = (have, data)
            else:
                merged.records[path] = (target, digest)
                merged.paths[path] = target
                return f"{target} has changed in the source and in the log: yours is kept"
    merged.records[path] = (target, digest)
    if have is not None or target in merged.writes:
        merged.paths[path] = target
    return ""


def _find_free_path(path: str, data: bytes, merged: MergedFiles, read_log_file: ReadLogFile) -> str:
    """Return the path for a file: its own, else that with a number behind it."""
    stem, dot, suffix = path.rpartition(".")
    number = 1
    target = path
    while target in merged.writes or read_log_file(target) not in (None, data):
        number += 1
        target = f"{stem}-{number}{dot}{suffix}"
    return target
