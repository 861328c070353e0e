"""Opening a note in the editor that the environment names."""

from __future__ import annotations

import os
import shlex
import subprocess
from pathlib import Path

from readinglog.cli.errors import UsageError
from readinglog.cli.options import relative_path
from readinglog.model.errors import describe_os_error

_VARIABLES = ("VISUAL", "EDITOR")
_DEFAULT = "notepad" if os.name == "nt" else "vi"


def open_editor(path: Path) -> None:
    """Open a note in the editor and wait for it. Raise UsageError if it cannot be run."""
    problem = _run_editor(path)
    if problem:
        message = f"{relative_path(path)} exists, but no editor could be run on it ({problem})"
        raise UsageError(message, f"set {_VARIABLES[-1]}, or open the note yourself")


def _run_editor(path: Path) -> str:
    """Run the editor without a shell, and return what went wrong, or ""."""
    commands = (os.environ.get(name, "").strip() for name in _VARIABLES)
    editor = next(filter(None, commands), _DEFAULT)
    try:
        process = subprocess.run([*shlex.split(editor), str(path)], check=False)  # noqa: S603
    except OSError as error:
        return f"`{editor}`: {describe_os_error(error)}"
    except ValueError as error:
        return f"`{editor}`: {str(error).lower()}"
    return f"`{editor}` exits with status {process.returncode}" if process.returncode else ""
