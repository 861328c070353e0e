"""The folder of notes at a commit or in git's index, read from git's objects without a checkout."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import NamedTuple

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
)
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


def read_commit(
    folder: Path, commit: str, known: Iterable[Source] = (), limit: int = SIZE_LIMIT
) -> Folder:
    """Return what `folder` held at `commit`, as `read_folder` would have found it; nothing for ''.

    Of `known` sources those are used again that were the same but for their line ends. Submodules
    are left out. Raise GitError where git cannot read it.
    """
    return _read_entries(folder, _list_committed(folder, commit) if commit else (), known, limit)


def read_index(folder: Path, known: Iterable[Source] = (), limit: int = SIZE_LIMIT) -> Folder:
    """Return what git's index holds of `folder`, like `read_commit`.

    Raise GitError where git cannot read it, or a file is not merged.
    """
    return _read_entries(folder, _list_staged(folder), known, limit)


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
    empty_id = _compute_id(b"", entries[0].id) if entries else ""
    empty = {entry for entry in entries if entry.id == empty_id}
    if not empty:
        return entries
    arguments = ("diff-files", "--name-only", "--diff-filter=A", "--relative", "-z")
    intended = run_git_on_index(folder, *arguments).split(b"\0")
    return [entry for entry in entries if entry not in empty or entry.path not in intended]


def _read_entries(
    folder: Path, entries: Iterable[_Entry], known: Iterable[Source], limit: int
) -> Folder:
    files = _list_files(folder, entries)
    is_source = {path: is_note(path) or is_list(path) for path in files}
    sources, unread = _find_known({path: files[path] for path in files if is_source[path]}, known)
    others = {path: file for path, file in files.items() if not is_source[path]}
    data = _read_blobs(folder, unread.values())
    sources |= {path: Source(path, data[id_]) for path, id_ in unread.items()}
    vocabulary, removals = sources.pop(VOCABULARY, None), sources.pop(REMOVALS, None)
    obstacles = _find_obstacles(folder, others, limit)
    return Folder(list(sources.values()), vocabulary, obstacles, removals)


class _Head(NamedTuple):
    """The first bytes of a file, and how many it has."""

    data: bytes
    size: int


def _find_obstacles(folder: Path, files: Mapping[str, _File], limit: int) -> dict[str, str]:
    """Return for each file why it is not published, or ''."""
    heads = _read_heads(folder, files, limit)
    found: dict[str, str] = {}
    for path, file in files.items():
        data, size = heads.get(path, _Head(b"", 0))
        found[path] = file.obstacle or find_publication_obstacle(path, data, size, limit)
    return found


def _read_heads(folder: Path, files: Mapping[str, _File], limit: int) -> dict[str, _Head]:
    """Return how the files begin whose kind may be published; of drawings, all.

    What the folder has already is not read from git, nor what is too large to be published.
    """
    heads: dict[str, _Head] = {}
    ids: dict[str, str] = {}
    for path, file in files.items():
        if not file.obstacle and needs_bytes(path):
            if head := _read_head_on_disk(folder / path, file.id, limit):
                heads[path] = head
            else:
                ids[path] = file.id
    sizes = _read_sizes(folder, ids.values())
    for batch in _split_by_size({id_: size for id_, size in sizes.items() if size <= limit}):
        data = _read_blobs(folder, batch)
        for path, id_ in ids.items():
            if id_ in data:
                heads[path] = _Head(data[id_][: _get_head_length(path)], sizes[id_])
    return {path: _Head(b"", sizes[id_]) for path, id_ in ids.items()} | heads


def _read_head_on_disk(file: Path, id_: str, limit: int) -> _Head | None:
    """Return the head of a file on disk if that is the blob of this id."""
    try:
        if not file.is_file() or file.stat().st_size > limit:
            return None
        data = file.read_bytes()
    except OSError:
        return None
    return _Head(data[: _get_head_length(file.name)], len(data)) if _has_id(data, id_) else None


def _get_head_length(path: str) -> int:
    return SVG_LIMIT + 1 if is_svg(path) else HEAD_LENGTH


def _split_by_size(sizes: Mapping[str, int]) -> Iterator[list[str]]:
    """Yield the blobs in parts that are not much larger than `READ_LIMIT`."""
    part: list[str] = []
    total = 0
    for id_, size in sizes.items():
        part.append(id_)
        total += size
        if total > READ_LIMIT:
            yield part
            part, total = [], 0
    yield part


def _read_sizes(folder: Path, ids: Iterable[str]) -> dict[str, int]:
    """Return how many bytes each blob has; raise GitError where one is missing."""
    wanted = dict.fromkeys(ids)
    if not wanted:
        return {}
    stdin = "".join(f"{id_}\n" for id_ in wanted).encode()
    sizes: dict[str, int] = {}
    for line in run_git(folder, "cat-file", "--batch-check", stdin=stdin).decode().splitlines():
        id_, kind, *size = line.split(" ")
        if not size:
            raise _make_missing_blob_error(id_, kind)
        sizes[id_] = int(size[0])
    return sizes


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
    if SITE_CONFIG in files:
        return {path: file for path, file in files.items() if not is_about_repository(path)}
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
            raise _make_missing_blob_error(id_, kind)
        found[id_] = batch[start : start + min(int(size[0]), READ_LIMIT)]
        offset = start + int(size[0]) + 1
    return found


def _make_missing_blob_error(id_: str, kind: str) -> GitError:
    message = f"git has no file {id_} ({kind}), which a commit or the index needs"
    return GitError(message, "fetch it again")


def _has_id(data: bytes, id_: str) -> bool:
    """Return whether a file is the blob of that id, also if checked out with CR LF line ends."""
    if _compute_id(data, id_) == id_:
        return True
    return b"\r\n" in data and _compute_id(data.replace(b"\r\n", b"\n"), id_) == id_


def _compute_id(data: bytes, like: str) -> str:
    """Return the id of a blob by the algorithm that made the id `like`."""
    algorithm = "sha256" if len(like) == 64 else "sha1"
    digest = hashlib.new(algorithm, b"blob %d\0" % len(data), usedforsecurity=False)
    digest.update(data)
    return digest.hexdigest()
