"""`readinglog remove`."""

from __future__ import annotations

from pathlib import Path

import click

from readinglog.cli.options import find_note, notes_option
from readinglog.cli.refactoring import dry_run_option, run_refactoring
from readinglog.notebook.notebook import Notebook
from readinglog.refactor.change import Change
from readinglog.workspace.settings import Settings


@click.command(short_help="Remove a note, and leave a page that says so.")
@click.argument("name")
@click.option("--reason", default="", help="Why the note is removed, for those who look for it.")
@click.option("--instead", metavar="NAME", help="A note to read instead.")
@dry_run_option
@notes_option
def remove(
    name: str, reason: str, instead: str | None, notes: Path | None, *, dry_run: bool
) -> None:
    """Remove the note NAME. Links to it become plain text, and relations to it go.

    The page at its address says that the note was removed, and why. This is kept in removed.yml in
    the folder of the notes.
    """
    from readinglog.refactor.remove_note import remove_note  # noqa: PLC0415 - it loads the rules

    def refactoring(notebook: Notebook, settings: Settings) -> Change:
        prefix = settings.prefix
        note = find_note(name.removeprefix(prefix), notebook)
        other = find_note(instead.removeprefix(prefix), notebook) if instead else None
        return remove_note(notebook, note, reason, other)

    run_refactoring(refactoring, notes, dry_run=dry_run)
