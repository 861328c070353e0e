"""Symbolic links among files that are not on disk, followed as a file system follows them."""

from __future__ import annotations

import posixpath
from collections.abc import Collection, Mapping

from readinglog.workspace.files import TO_FOLDER, TO_HIDDEN, TO_NOTHING, TO_OUTSIDE, is_skipped

_LENGTH = 4095  # characters of all links on a way, which ends circles too; systems allow as many of one link


def follow_links(targets: Mapping[str, str], files: Collection[str]) -> dict[str, tuple[str, str]]:
    """For each link the file that it leads to, by other links and linked folders too, and why it is not followed, or ''.

    `targets` has the texts of the links, by their paths, which are among those of the `files`; all are relative to the notes.
    """
    folders = {"."} | {path[:at] for path in files for at, mark in enumerate(path) if mark == "/"}
    ends = {path: _end(path, targets, files, folders) for path in targets}
    return {path: (end, TO_FOLDER if end in folders else why) for path, (end, why) in ends.items()}


def _end(
    path: str, targets: Mapping[str, str], files: Collection[str], folders: Collection[str]
) -> tuple[str, str]:
    """Where a link ends, or why not: each part of its way is looked at, as any may be a link."""
    at, ahead, length = "", path.split("/")[::-1], 0
    while ahead:
        at = posixpath.normpath(posixpath.join(at, ahead.pop()))
        if at in targets:
            target = targets[at]
            length += len(target) + 1
            if length > _LENGTH:
                return "", TO_NOTHING
            if target.startswith("/"):
                return "", TO_OUTSIDE
            at, ahead = posixpath.dirname(at), ahead + target.split("/")[::-1]
        elif at == "..":
            return "", TO_OUTSIDE
        elif at not in folders and (ahead or at not in files):
            return "", TO_HIDDEN if is_skipped(posixpath.basename(at)) else TO_NOTHING
    return at, ""
