"""The folder of notes at a commit or in git's index, read from git's objects without a checkout."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import NamedTuple

from readinglog.model.attachments import find_publication_obstacle, is_svg
from readinglog.model.text import Source
from readinglog.workspace.files import VOCABULARY, is_note, is_skipped
from readinglog.workspace.folder import NOT_UTF8, READ_LIMIT, Folder
from readinglog.workspace.git import GitError, run_git, run_git_on_index
from readinglog.workspace.symbolic_links import follow_links

_LINK_MODE = "120000"
_SUBMODULE_MODE = "160000"


class _Entry(NamedTuple):
    """A file that git lists: its mode, the id of its blob, and the bytes of its path."""

    mode: str
    id: str
    path: bytes


class _File(NamedTuple):
    """A file in git: the id of its blob, or why it cannot be read."""

    id: str
    obstacle: str = ""


def read_commit(folder: Path, commit: str, known: Iterable[Source] = ()) -> Folder:
    """Return what `folder` held at `commit`, as `read_folder` would have found it; nothing for ''.

    Of `known` sources those are used again that were the same but for their line ends. Submodules
    are left out. Raise GitError where git cannot read it.
    """
    return _read_entries(folder, _list_committed(folder, commit) if commit else (), known)


def read_index(folder: Path, known: Iterable[Source] = ()) -> Folder:
    """Return what git's index holds of `folder`, like `read_commit`.

    Raise GitError where git cannot read it, or a file is not merged.
    """
    return _read_entries(folder, _list_staged(folder), known)


def _list_committed(folder: Path, commit: str) -> Iterator[_Entry]:
    for line in run_git(folder, "ls-tree", "-r", "-z", commit).split(b"\0")[:-1]:
        facts, _, path = line.partition(b"\t")
        mode, _, id_ = facts.decode().split(" ")
        yield _Entry(mode, id_, path)


def _list_staged(folder: Path) -> list[_Entry]:
    entries = []
    for line in run_git_on_index(folder, "ls-files", "--stage", "-z").split(b"\0")[:-1]:
        facts, _, path = line.partition(b"\t")
        mode, id_, stage = facts.decode().split(" ")
        if stage != "0":
            message = f"`{path.decode('utf-8', 'replace')}` is not merged"
            raise GitError(message, "resolve its conflict and `git add` it")
        entries.append(_Entry(mode, id_, path))
    return _drop_intended(folder, entries)


def _drop_intended(folder: Path, entries: list[_Entry]) -> list[_Entry]:
    """Return `entries` without those of `git add --intent-to-add`, which no commit takes."""
    empty = {entry for entry in entries if _has_id(b"", entry.id)}
    if not empty:
        return entries
    arguments = ("diff-files", "--name-only", "--diff-filter=A", "--relative", "-z")
    intended = run_git_on_index(folder, *arguments).split(b"\0")
    return [entry for entry in entries if entry not in empty or entry.path not in intended]


def _read_entries(folder: Path, entries: Iterable[_Entry], known: Iterable[Source]) -> Folder:
    files = _list_files(folder, entries)
    is_source = {path: is_note(path) or path == VOCABULARY for path in files}
    sources, unread = _find_known({path: files[path] for path in files if is_source[path]}, known)
    others = {
        path: file
        for path, file in files.items()
        if not is_source[path] and file.obstacle != NOT_UTF8
    }
    drawings = [file.id for path, file in others.items() if is_svg(path) and not file.obstacle]
    data = _read_blobs(folder, [*unread.values(), *drawings])
    sources |= {path: Source(path, data[id_]) for path, id_ in unread.items()}
    vocabulary = sources.pop(VOCABULARY, None)
    return Folder(
        list(sources.values()),
        vocabulary,
        {
            path: file.obstacle or find_publication_obstacle(path, data.get(file.id, b""))
            for path, file in others.items()
        },
    )


def _find_known(
    files: Mapping[str, _File], known: Iterable[Source]
) -> tuple[dict[str, Source], dict[str, str]]:
    """Return the sources that need not be read, and the ids of the others, both by path."""
    known_by_path = {source.path: source for source in known}
    sources: dict[str, Source] = {}
    unread: dict[str, str] = {}
    for path, file in files.items():
        if file.obstacle:
            sources[path] = Source(path, unreadable=file.obstacle)
        elif path in known_by_path and _has_id(known_by_path[path].data, file.id):
            sources[path] = known_by_path[path]
        else:
            unread[path] = file.id
    return sources, unread


def _list_files(folder: Path, entries: Iterable[_Entry]) -> dict[str, _File]:
    """Return the files below `folder` by path, with symbolic links followed."""
    files: dict[str, _File] = {}
    links: dict[str, str] = {}
    for mode, id_, name in entries:
        path = name.decode("utf-8", "replace")
        if mode == _SUBMODULE_MODE or any(map(is_skipped, path.split("/"))):
            continue
        files[path] = _File(id_, "" if path.encode() == name else NOT_UTF8)
        if mode == _LINK_MODE and not files[path].obstacle:
            links[path] = id_
    if links:
        data = _read_blobs(folder, links.values())
        targets = {path: data[id_].decode("utf-8", "replace") for path, id_ in links.items()}
        for path, (target, obstacle) in follow_links(targets, files).items():
            files[path] = _File("", obstacle) if obstacle else files[target]
    return files


def _read_blobs(folder: Path, ids: Iterable[str]) -> dict[str, bytes]:
    """Return the bytes of each blob, up to the size limit of a file.

    Raise GitError where one is missing.
    """
    wanted = dict.fromkeys(ids)
    found: dict[str, bytes] = {}
    if not wanted:
        return found
    stdin = "".join(f"{id_}\n" for id_ in wanted).encode()
    batch, offset = run_git(folder, "cat-file", "--batch", stdin=stdin), 0
    while offset < len(batch):
        start = batch.index(b"\n", offset) + 1
        id_, kind, *size = batch[offset : start - 1].decode().split(" ")
        if not size:
            message = f"git has no file {id_} ({kind}), which a commit or the index needs"
            raise GitError(message, "fetch it again")
        found[id_] = batch[start : start + min(int(size[0]), READ_LIMIT)]
        offset = start + int(size[0]) + 1
    return found


def _has_id(data: bytes, id_: str) -> bool:
    """Return whether a file is the blob of that id, also if checked out with CR LF line ends."""
    return any(
        _compute_id(each, id_) == id_
        for each in dict.fromkeys((data, data.replace(b"\r\n", b"\n")))
    )


def _compute_id(data: bytes, like: str) -> str:
    """Return the id of a blob by the algorithm that made the id `like`."""
    algorithm = "sha256" if len(like) == 64 else "sha1"
    digest = hashlib.new(algorithm, b"blob %d\0" % len(data), usedforsecurity=False)
    digest.update(data)
    return digest.hexdigest()
