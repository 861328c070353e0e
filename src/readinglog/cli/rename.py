"""`readinglog rename`."""

from __future__ import annotations

from pathlib import Path

import click

from readinglog.cli.options import find_note, notes_option
from readinglog.cli.refactoring import dry_run_option, run_refactoring
from readinglog.notebook.notebook import Notebook
from readinglog.refactor.change import Change
from readinglog.workspace.settings import Settings


@click.command(short_help="Rename a note, and update every link to it.")
@click.argument("old")
@click.argument("new")
@dry_run_option
@notes_option
def rename(old: str, new: str, notes: Path | None, *, dry_run: bool) -> None:
    """Rename the note OLD to NEW, and update every link to it.

    To move the note to a folder, write it before the name, as in `vision/clip`. The old name is
    added to `redirect_from`, so that old addresses still work.
    """
    from readinglog.refactor.rename_note import rename_note  # noqa: PLC0415 - it loads the rules

    def refactoring(notebook: Notebook, settings: Settings) -> Change:
        prefix = settings.prefix
        note = find_note(old.removeprefix(prefix), notebook)
        if prefix and new.startswith(prefix):  # a path from the repository, as a shell completes it
            return rename_note(notebook, note, f"/{new.removeprefix(prefix)}")
        return rename_note(notebook, note, new)

    run_refactoring(refactoring, notes, dry_run=dry_run)
