"""The folder of notes at a commit, or as it is staged, read from git's objects without a checkout."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import NamedTuple

from readinglog.model.attachments import find_publication_obstacle, is_drawing
from readinglog.model.text import Source
from readinglog.workspace.files import NOT_UTF8, READ_LIMIT, VOCABULARY, Folder, is_note, is_skipped
from readinglog.workspace.git import GitError, run_git, run_git_on_index
from readinglog.workspace.symbolic_links import follow_links

_LINK = "120000"  # the mode of a symbolic link
_SUBMODULE = "160000"


class _Entry(NamedTuple):
    """What git lists: the mode, the id of the object, and the path's bytes."""

    mode: str
    id: str
    name: bytes


class Blob(NamedTuple):
    """A file that git has: its id, or why it cannot be read."""

    id: str
    why: str = ""


def read_at(folder: Path, commit: str, at_hand: Iterable[Source] = ()) -> Folder:
    """What `folder` held at `commit`, as `disk.read` would have found it; nothing for ''. Submodules are passed over.

    Sources `at_hand` that were the same, but perhaps for how their lines end, are given back, and git is not asked for them.
    Raises GitError.
    """
    return _read(folder, _committed(folder, commit) if commit else (), at_hand)


def read_staged(folder: Path, at_hand: Iterable[Source] = ()) -> Folder:
    """What git's index holds of `folder`, as `read_at` has it of a commit. Raises GitError, where a file is not merged too."""
    return _read(folder, _staged(folder), at_hand)


def _committed(folder: Path, commit: str) -> Iterator[_Entry]:
    for entry in run_git(folder, "ls-tree", "-r", "-z", commit).split(b"\0")[:-1]:
        about, _, name = entry.partition(b"\t")
        mode, _, id_ = about.decode().split(" ")
        yield _Entry(mode, id_, name)


def _staged(folder: Path) -> list[_Entry]:
    found = []
    for entry in run_git_on_index(folder, "ls-files", "--stage", "-z").split(b"\0")[:-1]:
        about, _, name = entry.partition(b"\t")
        mode, id_, stage = about.decode().split(" ")
        if stage != "0":
            message = f"`{name.decode('utf-8', 'replace')}` is not merged: settle its conflict and `git add` it"
            raise GitError(message)
        found.append(_Entry(mode, id_, name))
    if empty := {
        entry for entry in found if _is_of(b"", entry.id)
    }:  # as are those of `add --intent-to-add`, which no commit takes
        intended = run_git_on_index(
            folder, "diff-files", "--name-only", "--diff-filter=A", "--relative", "-z"
        ).split(b"\0")
        found = [entry for entry in found if entry not in empty or entry.name not in intended]
    return found


def _read(folder: Path, entries: Iterable[_Entry], at_hand: Iterable[Source]) -> Folder:
    tree = _tree(folder, entries)
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
    others = {
        path: blob.id
        for path, blob in tree.items()
        if not blob.why and path != VOCABULARY and not is_note(path)
    }
    data = _contents(
        folder, [*unread.values(), *(id_ for path, id_ in others.items() if is_drawing(path))]
    )
    sources |= {path: Source(path, data[id_]) for path, id_ in unread.items()}
    vocabulary = sources.pop(VOCABULARY, None)
    files = {
        path: find_publication_obstacle(path, data.get(id_, b"")) for path, id_ in others.items()
    }
    return Folder(list(sources.values()), vocabulary, files)


def _tree(folder: Path, entries: Iterable[_Entry]) -> dict[str, Blob]:
    """The files below `folder`, by path; those of symbolic links are what they lead to."""
    found: dict[str, Blob] = {}
    links: dict[str, str] = {}
    for mode, id_, name in entries:
        path = name.decode("utf-8", "replace")
        if mode != _SUBMODULE and not any(map(is_skipped, path.split("/"))):
            found[path] = Blob(id_, "" if path.encode() == name else NOT_UTF8)
            links |= {path: id_} if mode == _LINK and not found[path].why else {}
    if links:
        data = _contents(folder, links.values())
        targets = {path: data[id_].decode("utf-8", "replace") for path, id_ in links.items()}
        led = follow_links(targets, found)
        found |= {path: Blob("", why) if why else found[to] for path, (to, why) in led.items()}
    return found


def _contents(folder: Path, ids: Iterable[str]) -> dict[str, bytes]:
    """The bytes of each of these blobs, up to the limit of a file."""
    wanted = dict.fromkeys(ids)
    found: dict[str, bytes] = {}
    if not wanted:
        return found
    batch, at = (
        run_git(folder, "cat-file", "--batch", sent="".join(f"{id_}\n" for id_ in wanted).encode()),
        0,
    )
    while at < len(batch):
        start = batch.index(b"\n", at) + 1
        id_, kind, *size = batch[at : start - 1].decode().split(" ")
        if not size:
            message = (
                f"git has no file {id_} ({kind}), which a commit or the index names: fetch it anew"
            )
            raise GitError(message)
        found[id_] = batch[start : start + min(int(size[0]), READ_LIMIT)]
        at = start + int(size[0]) + 1
    return found


def _is_of(data: bytes, id_: str) -> bool:
    """Whether a file is the blob of that id, by the algorithm that made it; git may have written its lines to end with CR LF."""
    return any(_id(one, id_) == id_ for one in dict.fromkeys((data, data.replace(b"\r\n", b"\n"))))


def _id(data: bytes, like: str) -> str:
    made = hashlib.new(
        "sha256" if len(like) == 64 else "sha1", b"blob %d\0" % len(data), usedforsecurity=False
    )
    made.update(data)
    return made.hexdigest()
