"""git: asked what is where, and never to change anything."""

from __future__ import annotations

import os
import subprocess
from collections.abc import Collection
from pathlib import Path

# Set by a hook for its own repository; asked about is the one around the folder.
_OF_A_HOOK = frozenset(
    {
        "GIT_DIR",
        "GIT_WORK_TREE",
        "GIT_COMMON_DIR",
        "GIT_INDEX_FILE",
        "GIT_OBJECT_DIRECTORY",
        "GIT_PREFIX",
    }
)
_TIMEOUT = 120  # seconds: a partial clone may have to fetch


class GitError(Exception):
    """Why git cannot say what is asked, and what to do."""


def try_git(folder: Path, *words: str) -> str:
    """What git prints when it is run in `folder`; '' where it fails or is not there."""
    try:
        done = _run(folder, *words)
    except GitError:
        return ""
    return done.stdout.decode("utf-8", "replace").strip() if done.returncode == 0 else ""


def _run(
    folder: Path, *words: str, sent: bytes = b"", of_hook: Collection[str] = ()
) -> subprocess.CompletedProcess[bytes]:
    env = {
        name: value
        for name, value in os.environ.items()
        if name not in _OF_A_HOOK or name in of_hook
    }
    env |= {"LC_ALL": "C", "GIT_TERMINAL_PROMPT": "0"}
    command = ["git", "-C", str(folder), *words]
    try:
        return subprocess.run(  # noqa: S603
            command, input=sent, capture_output=True, env=env, timeout=_TIMEOUT, check=False
        )
    except OSError as error:
        message = f"git cannot be run: {(error.strerror or str(error)).lower()}; install it, or put it on the PATH"
        raise GitError(message) from error
    except subprocess.TimeoutExpired as error:
        message = f"git did not answer within {_TIMEOUT} seconds"
        raise GitError(message) from error


def run_git(folder: Path, *words: str, sent: bytes = b"", of_hook: Collection[str] = ()) -> bytes:
    """What git prints when it is run in `folder` and `sent` this; it sees the variables `of_hook`. Raises GitError where it fails."""
    done = _run(folder, *words, sent=sent, of_hook=of_hook)
    if done.returncode:
        line = (
            done.stderr.decode("utf-8", "replace")
            .strip()
            .partition("\n")[0]
            .removeprefix("fatal: ")
        )
        message = f"git says of {folder}: {line or f'exit {done.returncode}'}"
        raise GitError(message)
    return done.stdout


def run_git_on_index(folder: Path, *words: str) -> bytes:
    """What git prints of the index: in a hook of the repository around `folder`, the one that is being committed.

    `git commit PATH` and `git commit --all` make one of their own. Raises GitError.
    """
    which = ("rev-parse", "--absolute-git-dir")
    own = (
        "GIT_INDEX_FILE" in os.environ
        and _run(folder, *which).stdout == _run(Path(), *which, of_hook=_OF_A_HOOK).stdout
    )
    return run_git(folder, *words, of_hook=("GIT_INDEX_FILE",) if own else ())


def find_default_base(folder: Path) -> str:
    """The branch that a change is for, where none is named: that of `origin`, else main."""
    upstream = try_git(folder, "symbolic-ref", "--short", "refs/remotes/origin/HEAD")
    return upstream or next(
        (name for name in ("origin/main", "main") if _commit(folder, name)), "main"
    )


def find_merge_base(folder: Path, base: str) -> str:
    """The commit in which HEAD and `base` part, as a pull request shows it; `base` itself where they share none.

    '' where nothing is committed yet. Raises GitError where there is no repository, or no such commit.
    """
    if not base or base.startswith("-") or not base.isprintable():
        message = (
            f"`{base}` names no commit: write a branch, a tag or a commit, such as origin/main"
        )
        raise GitError(message)
    if commit := _commit(folder, base):
        return try_git(folder, "merge-base", commit, "HEAD") or commit
    run_git(folder, "rev-parse", "--git-dir")  # which says why, where there is no repository
    if _commit(folder, "HEAD"):
        raise GitError(_not_there(folder, base))
    return ""


def _commit(folder: Path, name: str) -> str:
    return try_git(
        folder, "rev-parse", "--verify", "--quiet", "--end-of-options", f"{name}^{{commit}}"
    )


def _not_there(folder: Path, base: str) -> str:
    if _commit(folder, f"origin/{base}"):
        return f"this clone has no commit `{base}`; did you mean `origin/{base}`?"
    if try_git(folder, "rev-parse", "--is-shallow-repository") == "true":
        fetch = f"git fetch --depth=1 origin {base.removeprefix('origin/')}"
        return f"this clone is shallow and has no commit `{base}`: run `{fetch}`, or clone with fetch-depth: 0"
    return f"no commit is named `{base}`: write a branch, a tag or a commit, such as origin/main"
