"""Symbolic links among files that are not on disk, followed as a file system follows them."""

from __future__ import annotations

import posixpath
from collections.abc import Collection, Mapping

from readinglog.workspace.files import is_skipped
from readinglog.workspace.folder import TO_FOLDER, TO_HIDDEN, TO_NOTHING, TO_OUTSIDE

# Characters of all links followed for one path; it ends circles too. Systems allow as many for one
# link.
_LENGTH_LIMIT = 4095


def follow_links(targets: Mapping[str, str], files: Collection[str]) -> dict[str, tuple[str, str]]:
    """Return the file that each link leads to, and why it is not followed, or ''.

    `targets` has the texts of the links by their paths, which are among `files`. All paths are
    relative to the notes.
    """
    folders = {"."}
    for path in files:
        folders.update(path[:at] for at, character in enumerate(path) if character == "/")
    ends = {path: _follow_link(path, targets, files, folders) for path in targets}
    return {path: (end, TO_FOLDER if end in folders else why) for path, (end, why) in ends.items()}


def _follow_link(
    path: str, targets: Mapping[str, str], files: Collection[str], folders: Collection[str]
) -> tuple[str, str]:
    """Return where a link ends, or why it does not. Every part of a path may be a link itself."""
    at, ahead, length = "", path.split("/")[::-1], 0
    while ahead:
        at = posixpath.normpath(posixpath.join(at, ahead.pop()))
        if at in targets:
            target = targets[at]
            length += len(target) + 1
            if length > _LENGTH_LIMIT:
                return "", TO_NOTHING
            if target.startswith("/"):
                return "", TO_OUTSIDE
            at, ahead = posixpath.dirname(at), ahead + target.split("/")[::-1]
        elif at == "..":
            return "", TO_OUTSIDE
        elif at not in folders and (ahead or at not in files):
            return "", TO_HIDDEN if is_skipped(posixpath.basename(at)) else TO_NOTHING
    return at, ""
