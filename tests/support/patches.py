"""Patches, held to git itself."""

from __future__ import annotations

import os
import subprocess
from collections.abc import Mapping
from pathlib import Path
from tempfile import TemporaryDirectory

from readinglog.workspace.patch import format_patch

Files = Mapping[str, str | None]


def apply_patch(before: Files, after: Files, moves: Mapping[str, str]) -> dict[str, str]:
    """The files that `git apply` makes of `before` by the patch."""
    patch = format_patch(before, after, moves)
    with TemporaryDirectory() as folder:
        root = Path(folder)
        for path, text in before.items():
            if text is not None:
                (root / path).parent.mkdir(parents=True, exist_ok=True)
                (root / path).write_bytes(text.encode())
        if patch:
            message = git_apply(root, patch)
            assert message == "", message
        return {
            file.relative_to(root).as_posix(): file.read_bytes().decode()
            for file in sorted(root.rglob("*"))
            if file.is_file()
        }


def git_apply(folder: Path, patch: str | bytes) -> str:
    """What git says of a patch, '' where it takes it."""
    done = subprocess.run(
        ["git", "apply", "--whitespace=nowarn", "-"],
        cwd=folder,
        env=os.environ
        | {
            "GIT_CEILING_DIRECTORIES": str(folder.parent),
            "GIT_CONFIG_GLOBAL": os.devnull,
            "GIT_CONFIG_SYSTEM": os.devnull,
        },
        input=patch if isinstance(patch, bytes) else patch.encode(),
        capture_output=True,
        check=False,
        timeout=60,
    )
    return done.stderr.decode()
