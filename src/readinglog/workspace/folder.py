"""Reading a folder of notes."""

from __future__ import annotations

import os
from pathlib import Path
from typing import NamedTuple, Protocol

from readinglog.model.attachments import (
    HEAD_LENGTH,
    SIZE_LIMIT,
    SVG_LIMIT,
    find_publication_obstacle,
    is_svg,
    needs_bytes,
)
from readinglog.model.text import Source
from readinglog.workspace.files import (
    REMOVALS,
    SITE_CONFIG,
    VOCABULARY,
    is_about_repository,
    is_list,
    is_note,
    is_skipped,
    read_bytes,
    walk_files,
)

READ_LIMIT = 16_000_000  # bytes of one file; the limit of a note is lower, and is reported
NOT_UTF8 = "its name is not UTF-8"
TO_NOTHING = "it is a symbolic link without a target, or in a circle"
TO_OUTSIDE = "it is a symbolic link out of the notes folder"
TO_HIDDEN = "it is a symbolic link to something hidden"
TO_FOLDER = "it is a symbolic link to a folder"


class Folder(NamedTuple):
    """Notes, vocabulary and removals of a folder, and for each other file why it is not published,
    or ''.
    """

    notes: list[Source]
    vocabulary: Source | None
    files: dict[str, str]
    removals: Source | None = None


class ReadFile(Protocol):
    """The shape of `read_file`."""

    def __call__(
        self, path: str, entry: os.DirEntry[str], root: Path, limit: int, /
    ) -> Source | str:
        """Return what is known of the file at `path` below `root`."""


def read_file(path: str, entry: os.DirEntry[str], root: Path, limit: int) -> Source | str:
    """Return the source of a note or of a list beside the notes; of another file, why it is not
    published, or ''.

    `limit` is the size of the largest file that is published.
    """
    if is_list(path) or is_note(path):
        return _read_source(path, entry, root)
    if not _is_utf8(path):
        return NOT_UTF8
    return _find_link_obstacle(entry, root) or _find_obstacle(path, entry, limit)


def read_folder(folder: Path, limit: int = SIZE_LIMIT, read: ReadFile = read_file) -> Folder:
    """Return all files in `folder` and below it that are not hidden.

    Larger attachments than `limit` are not published. Links out of the folder are not followed.
    Raise NotADirectoryError or FileNotFoundError where `folder` is not a folder.
    """
    root = folder.resolve(strict=True)
    if not root.is_dir():
        raise NotADirectoryError(str(folder))
    notes: list[Source] = []
    lists: dict[str, Source] = {}
    files: dict[str, str] = {}
    is_at_top = (root / SITE_CONFIG).is_file()
    for path, entry in walk_files(root):
        if is_at_top and is_about_repository(path):
            continue
        match read(path, entry, root, limit):
            case Source() as source if is_list(path):
                lists[path] = source
            case Source() as source:
                notes.append(source)
            case obstacle:
                files[make_printable_path(path)] = obstacle
    return Folder(notes, lists.get(VOCABULARY), files, lists.get(REMOVALS))


def _find_link_obstacle(entry: os.DirEntry[str], root: Path) -> str:
    """Return why a symbolic link is not followed, or ''."""
    if not entry.is_symlink():
        return ""
    try:
        target = Path(entry.path).resolve(strict=True)
    except (OSError, RuntimeError):
        return TO_NOTHING
    if not target.is_relative_to(root):
        return TO_OUTSIDE
    if any(map(is_skipped, target.relative_to(root).parts)):
        return TO_HIDDEN
    return "" if target.is_file() else TO_FOLDER


def make_printable_path(path: str) -> str:
    """Return a path with a mark in place of what is not UTF-8."""
    return path if _is_utf8(path) else os.fsencode(path).decode("utf-8", "replace")


def _is_utf8(path: str) -> bool:
    """Return whether a path is UTF-8, as it must be to be written in a page or in JSON."""
    try:
        path.encode()
    except UnicodeEncodeError:
        return False
    return True


def _read_source(path: str, entry: os.DirEntry[str], root: Path) -> Source:
    if not _is_utf8(path):
        return Source(make_printable_path(path), unreadable=NOT_UTF8)
    if obstacle := _find_link_obstacle(entry, root):
        return Source(path, unreadable=obstacle)
    try:
        return Source(path, read_bytes(entry.path, READ_LIMIT))
    except OSError as error:
        return Source(path, unreadable=(error.strerror or type(error).__name__).lower())


def _find_obstacle(path: str, entry: os.DirEntry[str], limit: int) -> str:
    if not needs_bytes(path):
        return find_publication_obstacle(path)
    try:
        data = read_bytes(entry.path, SVG_LIMIT + 1 if is_svg(path) else HEAD_LENGTH)
        return find_publication_obstacle(path, data, entry.stat().st_size, limit)
    except OSError:
        return "this file cannot be read"
