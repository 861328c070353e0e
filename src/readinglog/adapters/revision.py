"""The folder of notes at a commit, read from git's objects without a checkout."""

from __future__ import annotations

import hashlib
import posixpath
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import NamedTuple

from readinglog.adapters.disk import (
    NOT_UTF8,
    READ_LIMIT,
    TO_FOLDER,
    TO_HIDDEN,
    TO_NOTHING,
    TO_OUTSIDE,
    VOCABULARY,
    Folder,
    is_note,
    is_skipped,
)
from readinglog.adapters.git import GitError, answer
from readinglog.text import Source

_LINK = "120000"  # the mode of a symbolic link


class Blob(NamedTuple):
    """A file of a commit: its id, or why it cannot be read."""

    id: str
    why: str = ""


def read_at(folder: Path, commit: str, at_hand: Iterable[Source] = ()) -> Folder:
    """What `folder` held at `commit`, as `disk.read` would have found it; nothing for ''. Submodules are passed over.

    Sources `at_hand` that were the same, but perhaps for how their lines end, are given back, and git is not asked for them.
    Raises GitError.
    """
    tree = _tree(folder, commit) if commit else {}
    known = {source.path: source for source in at_hand}
    sources: dict[str, Source] = {}
    unread: dict[str, str] = {}
    for path, blob in tree.items():
        if not is_note(path) and path != VOCABULARY:
            continue
        if blob.why:
            sources[path] = Source(path, unreadable=blob.why)
        elif path in known and _is_of(known[path].data, blob.id):
            sources[path] = known[path]
        else:
            unread[path] = blob.id
    data = _contents(folder, unread.values())
    sources |= {path: Source(path, data[id_]) for path, id_ in unread.items()}
    vocabulary = sources.pop(VOCABULARY, None)
    files = [path for path, blob in tree.items() if not blob.why and path != VOCABULARY and not is_note(path)]
    return Folder(list(sources.values()), vocabulary, files)


def _tree(folder: Path, commit: str) -> dict[str, Blob]:
    """The files that a commit holds below `folder`, by path; those of symbolic links are what they lead to."""
    found: dict[str, Blob] = {}
    links: dict[str, str] = {}
    for entry in answer(folder, "ls-tree", "-r", "-z", commit).split(b"\0")[:-1]:
        about, _, name = entry.partition(b"\t")
        mode, kind, id_ = about.decode().split(" ")
        path = name.decode("utf-8", "replace")
        if kind == "blob" and not any(map(is_skipped, path.split("/"))):
            found[path] = Blob(id_, "" if path.encode() == name else NOT_UTF8)
            links |= {path: id_} if mode == _LINK and not found[path].why else {}
    if links:
        data = _contents(folder, links.values())
        targets = {path: data[id_].decode("utf-8", "replace") for path, id_ in links.items()}
        found |= {path: _followed(path, targets, found) for path in links}
    return found


def _followed(path: str, targets: Mapping[str, str], found: Mapping[str, Blob]) -> Blob:
    """What the symbolic link at `path` leads to, or why it is not followed."""
    seen = set()
    while path in targets:
        if path in seen:
            return Blob("", TO_NOTHING)
        seen.add(path)
        path = posixpath.normpath(posixpath.join(posixpath.dirname(path), targets[path]))
    parts = path.split("/")
    if parts[0] in ("", ".."):
        return Blob("", TO_OUTSIDE)
    if path == "." or any(other.startswith(f"{path}/") for other in found):
        return Blob("", TO_FOLDER)
    return found.get(path) or Blob("", TO_HIDDEN if any(part.startswith(".") for part in parts) else TO_NOTHING)


def _contents(folder: Path, ids: Iterable[str]) -> dict[str, bytes]:
    """The bytes of each of these blobs, up to the limit of a file."""
    wanted = dict.fromkeys(ids)
    found: dict[str, bytes] = {}
    if not wanted:
        return found
    batch, at = answer(folder, "cat-file", "--batch", sent="".join(f"{id_}\n" for id_ in wanted).encode()), 0
    while at < len(batch):
        start = batch.index(b"\n", at) + 1
        id_, kind, *size = batch[at : start - 1].decode().split(" ")
        if not size:
            message = f"git has no file {id_} ({kind}), which a commit names: fetch it anew"
            raise GitError(message)
        found[id_] = batch[start : start + min(int(size[0]), READ_LIMIT)]
        at = start + int(size[0]) + 1
    return found


def _is_of(data: bytes, id_: str) -> bool:
    """Whether a file is the blob of that id, by the algorithm that made it; git may have written its lines to end with CR LF."""
    return any(_id(one, id_) == id_ for one in dict.fromkeys((data, data.replace(b"\r\n", b"\n"))))


def _id(data: bytes, like: str) -> str:
    made = hashlib.new("sha256" if len(like) == 64 else "sha1", b"blob %d\0" % len(data), usedforsecurity=False)
    made.update(data)
    return made.hexdigest()
