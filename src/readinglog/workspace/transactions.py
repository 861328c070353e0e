"""Many files written at once: all of them, or none."""

from __future__ import annotations

import errno
from collections.abc import Iterator, Mapping
from contextlib import ExitStack, contextmanager
from itertools import takewhile
from pathlib import Path

from readinglog.workspace.files import stage_file

CHANGED = "it has changed since it was read"


def write_files(
    folder: Path,
    before: Mapping[str, str | None],
    texts: Mapping[str, str | None],
    moves: Mapping[str, str] | None = None,
) -> None:
    """Give the files at these paths below `folder` their new `texts`, and take away those whose text is None.

    They must hold what they held `before`. `moves` gives the old path of each file that is new under its path; a file that is there
    already is not overwritten by it.
    Everything is staged before anything is changed, and put back when something fails: then OSError is raised, with the path.
    """
    root, moves = folder.resolve(strict=True), moves or {}
    for path in texts:
        with _about(path):
            _refuse(root, path, moves.get(path), before[path])
    in_the_way = {
        old for new, old in moves.items() if (root / new).exists()
    }  # under a name that differs by case alone
    with ExitStack() as made, ExitStack() as leftovers, ExitStack() as undo:
        new, old = dict[str, Path](), dict[str, Path]()
        for path, text in texts.items():
            target, known = root / path, root / moves.get(path, path)
            with _about(path):
                _make_folders(target, made)
                if path not in moves:
                    old[path] = stage_file(target, known.read_bytes(), known)
                    leftovers.callback(old[path].unlink, missing_ok=True)
                if text is not None:
                    new[path] = stage_file(target, text.encode(), known)
                    leftovers.callback(new[path].unlink, missing_ok=True)
        for path in sorted(
            texts, key=lambda path: (path not in in_the_way, texts[path] is None)
        ):  # what moves goes when it has come
            with _about(path):
                _put(root / path, new.get(path), old.get(path), undo)
        undo.pop_all()
        made.pop_all()


def _put(target: Path, new: Path | None, old: Path | None, undo: ExitStack) -> None:
    """Put `new` in the place of a file, or nothing; `old` brings it back, also where an interruption comes right behind."""
    if old:
        undo.callback(old.replace, target)
    else:
        undo.callback(target.unlink, missing_ok=True)
    if new:
        new.replace(target)
    else:
        target.unlink()


def _refuse(root: Path, path: str, moved_from: str | None, before: str | None) -> None:
    """Raise OSError where something at `path` is no file of our own, is not as it was `before`, or is there and should not be."""
    target = root / path
    for at in takewhile(root.__ne__, (target, *target.parents)):
        if at.is_symlink():
            raise OSError(
                errno.ELOOP,
                "it is a symbolic link" if at == target else "its folder is a symbolic link",
            )
    if moved_from is None and not target.is_file():
        raise FileNotFoundError(errno.ENOENT, "it is no file any more")
    if moved_from is None and target.read_bytes() != (before or "").encode():
        raise OSError(errno.EBUSY, CHANGED)
    if moved_from is not None and target.exists() and not target.samefile(root / moved_from):
        raise FileExistsError(errno.EEXIST, "something is there already")


def _make_folders(target: Path, made: ExitStack) -> None:
    for folder in reversed([parent for parent in target.parents if not parent.exists()]):
        folder.mkdir()
        made.callback(folder.rmdir)


@contextmanager
def _about(path: str) -> Iterator[None]:
    """Tell which file an error is about."""
    try:
        yield
    except OSError as error:
        raise OSError(error.errno, error.strerror or str(error), path) from error
