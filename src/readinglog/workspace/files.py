"""The file system: read a folder of notes, write files whole or not at all."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from readinglog.model.attachments import SVG_LIMIT, find_publication_obstacle, is_drawing
from readinglog.model.text import Source, with_bom

VOCABULARY = "tags.yml"
_SKIPPED = frozenset({"node_modules", "__pycache__"})
READ_LIMIT = 16_000_000  # bytes of one file; parsing refuses less, and says so
NOT_UTF8 = "its name is not UTF-8"
TO_NOTHING = "it is a symbolic link that leads nowhere or round in a circle"
TO_OUTSIDE = "it is a symbolic link that leads out of the notes folder"
TO_HIDDEN = "it is a symbolic link to something hidden"
TO_FOLDER = "it is a symbolic link to a folder"


class Folder(NamedTuple):
    """What a folder holds: the notes, the vocabulary if there is one, and why each other file may not be published, or ''."""

    notes: list[Source]
    vocabulary: Source | None
    files: dict[str, str]


def read_folder(folder: Path) -> Folder:
    """Everything in `folder` and below it that is not hidden. A link that leaves the folder is not followed.

    Raises NotADirectoryError or FileNotFoundError where `folder` is no folder.
    """
    root = folder.resolve(strict=True)
    if not root.is_dir():
        raise NotADirectoryError(str(folder))
    notes: list[Source] = []
    vocabulary: Source | None = None
    files: dict[str, str] = {}
    for path, entry in _walk(root, ""):
        if path == VOCABULARY:
            vocabulary = _source(path, entry, root)
        elif is_note(path):
            notes.append(_source(path, entry, root))
        elif _is_text(path) and not _escapes(entry, root):
            files[path] = _why_unpublished(path, entry)
    return Folder(notes, vocabulary, files)


def is_note(path: str) -> bool:
    """Whether a path is that of a note."""
    return path.lower().endswith(".md")


def is_skipped(name: str) -> bool:
    """Whether a file or a folder of that name is passed over."""
    return name.startswith(".") or name in _SKIPPED


def _walk(folder: Path | str, prefix: str) -> Iterator[tuple[str, os.DirEntry[str]]]:
    """The files below `folder` with their POSIX paths; linked folders are not entered, so that none can loop."""
    try:
        entries = sorted(os.scandir(folder), key=lambda entry: entry.name)
    except PermissionError:
        return
    for entry in entries:
        if is_skipped(entry.name):
            continue
        if entry.is_dir(follow_symlinks=False):
            yield from _walk(entry.path, f"{prefix}{entry.name}/")
        elif entry.is_symlink() or entry.is_file(follow_symlinks=False):
            yield f"{prefix}{entry.name}", entry


def _escapes(entry: os.DirEntry[str], root: Path) -> str:
    """Why a symbolic link is not followed, or ''."""
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


def _is_text(path: str) -> bool:
    """Whether a path is UTF-8: what is not cannot be written in a page, nor in JSON."""
    try:
        path.encode()
    except UnicodeEncodeError:
        return False
    return True


def _source(path: str, entry: os.DirEntry[str], root: Path) -> Source:
    if not _is_text(path):
        return Source(os.fsencode(path).decode("utf-8", "replace"), unreadable=NOT_UTF8)
    if why := _escapes(entry, root):
        return Source(path, unreadable=why)
    try:
        return Source(path, _bytes(entry.path))
    except OSError as error:
        return Source(path, unreadable=(error.strerror or type(error).__name__).lower())


def _why_unpublished(path: str, entry: os.DirEntry[str]) -> str:
    try:
        return find_publication_obstacle(
            path, _bytes(entry.path, SVG_LIMIT + 1) if is_drawing(path) else b""
        )
    except OSError:
        return "this file cannot be read"


def _bytes(path: str, limit: int = READ_LIMIT) -> bytes:
    """The file's bytes up to the limit, by one call of the system: a file object takes several times as long."""
    handle = os.open(path, os.O_RDONLY | getattr(os, "O_BINARY", 0))
    try:
        return os.read(handle, min(os.fstat(handle).st_size, limit))
    finally:
        os.close(handle)


def write_file(path: Path, data: bytes) -> None:
    """Write the file whole or not at all, its folders made where they are missing."""
    path.parent.mkdir(parents=True, exist_ok=True)
    temporary = stage_file(path, data)
    try:
        temporary.replace(path)
    except BaseException:
        temporary.unlink(missing_ok=True)
        raise


def create_file(path: Path, data: bytes) -> None:
    """Write a new file whole or not at all. Raises FileExistsError where there is something at `path` by then."""
    path.open("xb").close()  # from here on, whoever else would create it finds it there
    try:
        write_file(path, data)
    except BaseException:
        path.unlink(missing_ok=True)
        raise


def stage_file(path: Path, data: bytes, like: Path | None = None) -> Path:
    """A hidden file beside `path` that holds `data`, ready to be put in its place, with the mode of the file `like` or its own."""
    import tempfile  # noqa: PLC0415 - what only reads starts sooner without it

    like = like or path
    handle, name = tempfile.mkstemp(dir=path.parent, prefix=".readinglog-")
    temporary = Path(name)
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(data)
        temporary.chmod(like.stat().st_mode if like.exists() else 0o666 & ~_umask())
    except BaseException:
        temporary.unlink(missing_ok=True)
        raise
    return temporary


def rewrite_source(folder: Path, source: Source, text: str) -> None:
    """Put `text` in the place of a note's, its byte order mark kept."""
    write_file((folder / source.path).resolve(), with_bom(source, text).encode())


def _umask() -> int:
    current = os.umask(0)
    os.umask(current)
    return current
