"""The editor that the environment names, run on a note."""

from __future__ import annotations

import os
import shlex
import subprocess
from pathlib import Path

from readinglog.cli.options import relative_path, usage_error

_NAMED_BY = ("VISUAL", "EDITOR")
_USUAL = "notepad" if os.name == "nt" else "vi"


def open_editor(path: Path) -> None:
    """Open a note in the editor and wait; where none can be run, say that the note is there. No shell sees the note's name."""
    editor = next(
        (named for name in _NAMED_BY if (named := os.environ.get(name, "").strip())), _USUAL
    )
    try:
        done = subprocess.run([*shlex.split(editor), str(path)], check=False)  # noqa: S603
        why = f"`{editor}` exits with {done.returncode}" if done.returncode else ""
    except (OSError, ValueError) as error:
        why = f"`{editor}`: {(error.strerror if isinstance(error, OSError) and error.strerror else str(error)).lower()}"
    if why:
        usage_error(
            f"{relative_path(path)} is there, but no editor could be run on it ({why}): set {_NAMED_BY[1]}, or open it yourself"
        )
