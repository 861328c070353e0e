"""The editor that the environment names, run on a note."""

from __future__ import annotations

import os
from pathlib import Path

import click

from readinglog.adapters.cli.call import shown, wrong_call

_NAMED_BY = ("VISUAL", "EDITOR")


def edited(path: Path) -> None:
    """Open a note in the editor and wait; where none can be run, say that the note is there."""
    editor = next((named for name in _NAMED_BY if (named := os.environ.get(name, "").strip())), None)
    try:
        click.edit(filename=str(path), editor=editor)
    except (click.ClickException, ValueError, OSError) as error:
        why = error.message if isinstance(error, click.ClickException) else str(error)
        reason = (why.partition(": ")[2] or why).lower()
        wrong_call(f"{shown(path)} is there, but no editor could be run on it ({reason}): set {_NAMED_BY[1]}, or open it yourself")
