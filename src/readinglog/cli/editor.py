"""Opening a note in the editor that the environment names."""

from __future__ import annotations

import os
import shlex
import subprocess
from pathlib import Path

from readinglog.cli.options import relative_path, usage_error

_VARIABLES = ("VISUAL", "EDITOR")
_DEFAULT = "notepad" if os.name == "nt" else "vi"


def open_editor(path: Path) -> None:
    """Open a note in the editor and wait for it; exit with status 2 if it cannot be run."""
    problem = _run_editor(path)
    if problem:
        usage_error(
            f"{relative_path(path)} exists, but no editor could be run on it ({problem}): "
            f"set {_VARIABLES[-1]}, or open the note yourself"
        )


def _run_editor(path: Path) -> str:
    """Run the editor without a shell, and return what went wrong, or ""."""
    commands = (os.environ.get(name, "").strip() for name in _VARIABLES)
    editor = next(filter(None, commands), _DEFAULT)
    try:
        process = subprocess.run([*shlex.split(editor), str(path)], check=False)  # noqa: S603
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or str(error)
        return f"`{editor}`: {reason.lower()}"
    return f"`{editor}` exits with status {process.returncode}" if process.returncode else ""
