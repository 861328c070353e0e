"""Questions to git. Nothing here changes a repository."""

from __future__ import annotations

import os
import subprocess
from collections.abc import Collection
from pathlib import Path

from readinglog.model.errors import ReadinglogError, describe_os_error

# Set by git for the hooks of one repository; the questions here are about the one around a folder.
_HOOK_VARIABLES = frozenset(
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
_BASE_HINT = "write a branch, a tag or a commit, such as origin/main"


class GitError(ReadinglogError):
    """Git cannot be run, or cannot answer."""


def try_git(folder: Path, *arguments: str) -> str:
    """Return what git prints when run in `folder`, or '' where it fails or is missing."""
    try:
        process = _run(folder, *arguments)
    except GitError:
        return ""
    return _decode(process.stdout) if process.returncode == 0 else ""


def run_git(
    folder: Path, *arguments: str, stdin: bytes = b"", hook_variables: Collection[str] = ()
) -> bytes:
    """Return what git prints when run in `folder`. Raise GitError where it fails.

    Of the variables that git sets for a hook, it sees only `hook_variables`.
    """
    process = _run(folder, *arguments, stdin=stdin, hook_variables=hook_variables)
    if process.returncode:
        reason = _decode(process.stderr).partition("\n")[0].removeprefix("fatal: ")
        if reason.startswith("not a git repository"):
            message = f"the folder {folder} is not a git repository or part of one"
            raise GitError(message, "run `git init` and commit the notes first")
        message = f"git fails in {folder}: {reason or f'exit status {process.returncode}'}"
        raise GitError(message)
    return process.stdout


def run_git_on_index(folder: Path, *arguments: str) -> bytes:
    """Return what git prints about the index. Raise GitError where it fails.

    In a hook of the repository around `folder`, that is the index being committed, as `git commit
    PATH` and `git commit --all` make one of their own.
    """
    is_own_hook = "GIT_INDEX_FILE" in os.environ and _is_hook_repository(folder)
    return run_git(folder, *arguments, hook_variables=("GIT_INDEX_FILE",) if is_own_hook else ())


def _is_hook_repository(folder: Path) -> bool:
    """Return whether the repository around `folder` is the one whose hook is running."""
    arguments = ("rev-parse", "--absolute-git-dir")
    around = _run(folder, *arguments).stdout
    return around == _run(Path(), *arguments, hook_variables=_HOOK_VARIABLES).stdout


def _run(
    folder: Path, *arguments: str, stdin: bytes = b"", hook_variables: Collection[str] = ()
) -> subprocess.CompletedProcess[bytes]:
    hidden = _HOOK_VARIABLES.difference(hook_variables)
    env = {name: value for name, value in os.environ.items() if name not in hidden}
    env |= {"LC_ALL": "C", "GIT_TERMINAL_PROMPT": "0"}
    command = ["git", "-C", str(folder), *arguments]
    try:
        return subprocess.run(  # noqa: S603
            command, input=stdin, capture_output=True, env=env, timeout=_TIMEOUT, check=False
        )
    except OSError as error:
        reason = describe_os_error(error)
        message = f"git cannot be run: {reason}; install it, or put it on the PATH"
        raise GitError(message) from error
    except subprocess.TimeoutExpired as error:
        message = f"git did not answer within {_TIMEOUT} seconds"
        raise GitError(message) from error


def _decode(output: bytes) -> str:
    return output.decode("utf-8", "replace").strip()


def find_default_base(folder: Path) -> str:
    """Return the branch that a change is meant for: the default branch of `origin`, else main."""
    upstream = try_git(folder, "symbolic-ref", "--short", "refs/remotes/origin/HEAD")
    if upstream:
        return upstream
    return "origin/main" if _find_commit(folder, "origin/main") else "main"


def find_merge_base(folder: Path, base: str) -> str:
    """Return the last common commit of HEAD and `base`, as in a pull request.

    It is `base` itself where there is none, and '' where nothing is committed yet. Raise GitError
    where there is no repository, or no such commit.
    """
    if not base or base.startswith("-") or not base.isprintable():
        raise GitError(f"`{base}` is not a commit", _BASE_HINT)
    if commit := _find_commit(folder, base):
        return try_git(folder, "merge-base", commit, "HEAD") or commit
    run_git(folder, "rev-parse", "--git-dir")  # raises where there is no repository
    if _find_commit(folder, "HEAD"):
        raise _make_missing_commit_error(folder, base)
    return ""


def _find_commit(folder: Path, name: str) -> str:
    revision = f"{name}^{{commit}}"
    return try_git(folder, "rev-parse", "--verify", "--quiet", "--end-of-options", revision)


def _make_missing_commit_error(folder: Path, base: str) -> GitError:
    if _find_commit(folder, f"origin/{base}"):
        return GitError(f"this clone has no commit `{base}`; did you mean `origin/{base}`?")
    if try_git(folder, "rev-parse", "--is-shallow-repository") == "true":
        fetch = f"git fetch --depth=1 origin {base.removeprefix('origin/')}"
        hint = f"run `{fetch}`, or clone with fetch-depth: 0"
        return GitError(f"this clone is shallow and has no commit `{base}`", hint)
    return GitError(f"no commit is named `{base}`", _BASE_HINT)
