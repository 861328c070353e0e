"""Writing many files at once: all of them, or none."""

from __future__ import annotations

import errno
from collections.abc import Collection, Iterator, Mapping
from contextlib import ExitStack, contextmanager
from itertools import takewhile
from pathlib import Path

from readinglog.workspace.files import stage_file

CHANGED = "it has changed since it was read"
Content = str | bytes | None


def write_files(
    folder: Path,
    before: Mapping[str, Content],
    texts: Mapping[str, Content],
    moves: Mapping[str, str] | None = None,
    created: Collection[str] = (),
) -> None:
    """Write `texts`, each a text or bytes, to the files below `folder`, and remove those for which
    there is None.

    The files must hold what they held `before`. `moves` gives the old path of each file that is new
    at its path, `created` the paths of other new files; nothing may be there. Everything is staged
    before anything is changed, and undone when something fails: then OSError is raised, with the
    path.
    """
    root, moves = folder.resolve(strict=True), moves or {}
    for path in texts:
        with _name_file(path):
            source = None if path in created else moves.get(path, path)
            _check_target(root, path, source, before.get(path))
    # Old files whose names differ from the new ones by case alone, on a file system that ignores
    # case.
    in_the_way = {old for new, old in moves.items() if (root / new).exists()}
    with ExitStack() as folders, ExitStack() as leftovers, ExitStack() as undo:
        new, old = dict[str, Path](), dict[str, Path]()
        for path, text in texts.items():
            target, known = root / path, root / moves.get(path, path)
            with _name_file(path):
                _make_folders(target, folders)
                if path not in moves and path not in created:
                    old[path] = stage_file(target, known.read_bytes(), known)
                    leftovers.callback(old[path].unlink, missing_ok=True)
                if text is not None:
                    new[path] = stage_file(target, _encode(text), known)
                    leftovers.callback(new[path].unlink, missing_ok=True)
        # A moved file is removed from its old path once it is at the new one.
        for path in sorted(texts, key=lambda path: (path not in in_the_way, texts[path] is None)):
            with _name_file(path):
                _replace(root / path, new.get(path), old.get(path), undo)
        undo.pop_all()
        folders.pop_all()


def _replace(target: Path, new: Path | None, old: Path | None, undo: ExitStack) -> None:
    """Put `new` in place of a file, or remove it.

    `undo` restores `old`, even if an interruption comes right after.
    """
    if old:
        undo.callback(old.replace, target)
    else:
        undo.callback(target.unlink, missing_ok=True)
    if new:
        new.replace(target)
    else:
        target.unlink()


def _check_target(root: Path, path: str, known: str | None, before: Content) -> None:
    """Raise OSError where `path` is a symbolic link, has changed since `before`, or is taken.

    `known` is where its file is so far, None where it is new.
    """
    target = root / path
    for at in takewhile(root.__ne__, (target, *target.parents)):
        if at.is_symlink():
            subject = "it" if at == target else "its folder"
            raise OSError(errno.ELOOP, f"{subject} is a symbolic link")
    if known != path:
        if target.exists() and not (known and target.samefile(root / known)):
            raise FileExistsError(errno.EEXIST, "something is there already")
        return
    if not target.is_file():
        raise FileNotFoundError(errno.ENOENT, "it is no longer a file")
    if target.read_bytes() != _encode(before or ""):
        raise OSError(errno.EBUSY, CHANGED)


def _encode(content: str | bytes) -> bytes:
    return content.encode() if isinstance(content, str) else content


def _make_folders(target: Path, created: ExitStack) -> None:
    for folder in reversed([parent for parent in target.parents if not parent.exists()]):
        folder.mkdir()
        created.callback(folder.rmdir)


@contextmanager
def _name_file(path: str) -> Iterator[None]:
    """Add the path to an error about a file."""
    try:
        yield
    except OSError as error:
        raise OSError(error.errno, error.strerror or str(error), path) from error
