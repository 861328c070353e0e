"""Listing files, and writing them whole or not at all."""

from __future__ import annotations

import os
import re
import shutil
from collections.abc import Iterator
from functools import cache
from hashlib import blake2b
from operator import attrgetter
from pathlib import Path

from readinglog.model.text import Source, with_bom

VOCABULARY = "tags.yml"
REMOVALS = "removed.yml"
_PACKAGE = Path(__file__).parent.parent
_SKIPPED = frozenset({"node_modules", "__pycache__"})
SITE_CONFIG = "mkdocs.yml"
# What stands at the top of a repository and is about it, not about a work. Some are words that a
# note may be named by, unless they are in capitals.
_ABOUT_REPOSITORY = re.compile(
    r"(?:(?i:changelog|code[_-]of[_-]conduct|codeowners|contributing|licen[cs]e|readme)"
    r"|AUTHORS|CITATION|COPYING|GOVERNANCE|MAINTAINERS|NOTICE|SECURITY|SUPPORT)(?:[._-][^/]*)?"
    r"|mkdocs\.ya?ml|(?:readinglog|pyproject)\.toml|requirements[\w.-]*\.txt|Makefile|justfile"
    r"|package(?:-lock)?\.json"
)


def list_stamps(folder: Path) -> Iterator[tuple[str, int, int]]:
    """Yield the path of each file in `folder` and below it, when it was changed (in nanoseconds)
    and its size (in bytes).
    """
    for path, entry in walk_files(folder):
        try:
            status = entry.stat()
        except OSError:  # a link that leads nowhere
            continue
        yield path, status.st_mtime_ns, status.st_size


@cache
def compute_package_stamp() -> str:
    """Return a digest of the files of this package, on which all that it makes depends."""
    stamps = (f"{path}\0{changed}\0{size}" for path, changed, size in list_stamps(_PACKAGE))
    return blake2b("\0".join(stamps).encode(), digest_size=16).hexdigest()


def make_cache_folder(folder: Path) -> None:
    """Create a folder for caches, which git ignores."""
    folder.mkdir(parents=True, exist_ok=True)
    ignore = folder / ".gitignore"
    if not ignore.exists():
        write_file(ignore, b"*\n")


def is_note(path: str) -> bool:
    """Return whether a path is that of a note."""
    return path.lower().endswith(".md")


def is_list(path: str) -> bool:
    """Return whether a path is that of a list beside the notes: the vocabulary, or the removals."""
    return path in (VOCABULARY, REMOVALS)


def is_skipped(name: str) -> bool:
    """Return whether files and folders of that name are ignored."""
    return name.startswith(".") or name in _SKIPPED


def is_hidden_in(path: Path, folder: Path) -> bool:
    """Return whether `path` is below `folder` where no note is read."""
    return path.is_relative_to(folder) and any(map(is_skipped, path.relative_to(folder).parts))


def is_about_repository(path: str) -> bool:
    """Return whether a file is about the repository, where the notes are at its top.

    They are where the settings of the site are among them.
    """
    return _ABOUT_REPOSITORY.fullmatch(path) is not None


def walk_files(folder: Path | str, prefix: str = "") -> Iterator[tuple[str, os.DirEntry[str]]]:
    """Yield the files below `folder` with their POSIX paths.

    Linked folders are not entered, as they may form loops.
    """
    try:
        entries = sorted(os.scandir(folder), key=attrgetter("name"))
    except PermissionError:
        return
    for entry in entries:
        if is_skipped(entry.name):
            continue
        if entry.is_file(follow_symlinks=False) or entry.is_symlink():
            yield f"{prefix}{entry.name}", entry
        elif entry.is_dir(follow_symlinks=False):
            yield from walk_files(entry.path, f"{prefix}{entry.name}/")


def read_bytes(path: str | Path, limit: int) -> bytes:
    """Return the bytes of a file, `limit` at most, without a file object, which takes longer."""
    handle = os.open(path, os.O_RDONLY | getattr(os, "O_BINARY", 0))
    try:
        return os.read(handle, min(os.fstat(handle).st_size, limit))
    finally:
        os.close(handle)


def write_bytes(path: str | Path, data: bytes) -> None:
    """Write a file that may be left cut, without a file object, which takes longer."""
    handle = os.open(
        path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC | getattr(os, "O_BINARY", 0), 0o666
    )
    try:
        rest = memoryview(data)
        while rest:
            rest = rest[os.write(handle, rest) :]
    finally:
        os.close(handle)


def write_file(path: Path, data: bytes) -> None:
    """Write the file whole or not at all, and create its folders."""
    path.parent.mkdir(parents=True, exist_ok=True)
    temporary = stage_file(path, data)
    try:
        temporary.replace(path)
    except BaseException:
        temporary.unlink(missing_ok=True)
        raise


def create_file(path: Path, data: bytes) -> None:
    """Write a new file whole or not at all. Raise FileExistsError where something is at `path`."""
    path.open("xb").close()  # reserves the path
    try:
        write_file(path, data)
    except BaseException:
        path.unlink(missing_ok=True)
        raise


def stage_file(path: Path, data: bytes, like: Path | None = None) -> Path:
    """Write `data` to a hidden file beside `path`, with the mode of `like` or of `path`."""
    import tempfile  # noqa: PLC0415 - commands that only read start faster without it

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


def replace_folder(old: Path, new: Path) -> None:
    """Move all that is in `new` to `old`, and remove what else is there.

    A file that is the same already is left alone, so that its time stays.
    """
    files = [path.relative_to(new) for path in new.rglob("*") if path.is_file()]
    kept, folders = set(files), {parent for path in files for parent in path.parents}
    for path in sorted(old.rglob("*"), reverse=True):  # what is in a folder before the folder
        inside = path.relative_to(old)
        is_folder = path.is_dir() and not path.is_symlink()
        if is_folder and inside not in folders:
            path.rmdir()
        elif not is_folder and (inside not in kept or path.is_symlink()):
            path.unlink()
    for path in files:
        target = old / path
        if not (target.is_file() and target.read_bytes() == (new / path).read_bytes()):
            target.parent.mkdir(parents=True, exist_ok=True)
            shutil.move(new / path, target)


def rewrite_source(folder: Path, source: Source, text: str) -> None:
    """Replace the text of a file in `folder`, and keep its byte order mark."""
    write_file((folder / source.path).resolve(), with_bom(source, text).encode())


def _umask() -> int:
    current = os.umask(0)
    os.umask(current)
    return current
