"""Opening a note in the user's editor."""

from __future__ import annotations

import os
import shlex
import subprocess
from pathlib import Path

from readinglog.cli.errors import UsageError, describe_os_error
from readinglog.cli.options import relative_path

_VARIABLES = ("VISUAL", "EDITOR")
_DEFAULT = "notepad" if os.name == "nt" else "vi"


def open_editor(path: Path) -> None:
    """Open a note in the editor and wait until it is closed.

    Raise UsageError where no editor can be run. No shell sees the note's name.
    """
    editor = _find_editor()
    try:
        process = subprocess.run([*shlex.split(editor), str(path)], check=False)  # noqa: S603
        obstacle = f"`{editor}` exits with {process.returncode}" if process.returncode else ""
    except OSError as error:
        obstacle = f"`{editor}`: {describe_os_error(error)}"
    except ValueError as error:
        obstacle = f"`{editor}`: {str(error).lower()}"
    if obstacle:
        message = f"{relative_path(path)} is written, but no editor could be opened ({obstacle})"
        raise UsageError(message, "set EDITOR, or open it yourself")


def _find_editor() -> str:
    for name in _VARIABLES:
        if editor := os.environ.get(name, "").strip():
            return editor
    return _DEFAULT
