"""What `readinglog rename` and `readinglog tag` share: print a change, or write it."""

from __future__ import annotations

import shlex
import sys
from collections.abc import Callable
from pathlib import Path

import click

from readinglog.cli.errors import FileError
from readinglog.cli.options import find_log, load_log
from readinglog.model.errors import describe_os_error
from readinglog.model.printable import make_printable
from readinglog.notebook.notebook import Notebook
from readinglog.refactor.change import Change
from readinglog.workspace.patch import format_patch
from readinglog.workspace.settings import Settings
from readinglog.workspace.transactions import write_files

Refactoring = Callable[[Notebook, Settings], Change]
dry_run_option = click.option(
    "--dry-run", is_flag=True, help="Print the changes as a patch, without writing them."
)


def run_refactoring(refactoring: Refactoring, notes: Path | None, *, dry_run: bool) -> None:
    """Write the change of `refactoring` and print a summary, or print the change as a patch."""
    settings, _ = find_log(notes, None)
    change = refactoring(load_log(settings), settings)
    if dry_run:
        _print_patch(change, settings.prefix)
    else:
        _write_change(change, settings)
        click.echo(make_printable(_summarize(change, settings)))
    for remark in change.remarks:
        click.echo(make_printable(remark), err=True)


def _print_patch(change: Change, prefix: str) -> None:
    patch = format_patch(
        {prefix + path: text for path, text in change.before.items()},
        {prefix + path: text for path, text in change.after.items()},
        {prefix + new: prefix + old for new, old in change.moves.items()},
    )
    if sys.stdout.isatty():
        patch = "".join(f"{make_printable(line)}\n" for line in patch.split("\n")[:-1])
    click.echo(patch.encode(), nl=False)  # bytes, to keep line ends on every platform


def _write_change(change: Change, settings: Settings) -> None:
    try:
        created = set(change.list_new_paths()) - change.moves.keys()
        write_files(settings.notes, change.before, change.after, change.moves, created)
    except OSError as error:
        path = f"{settings.prefix}{error.filename or ''}"
        raise FileError(path, describe_os_error(error), "nothing was changed") from error


def _summarize(change: Change, settings: Settings) -> str:
    """Return what was changed, and in a repository the command that shows the changes."""
    if not (settings.root / ".git").exists():
        return change.summary
    paths = [settings.prefix + path for path in change.list_new_paths()]
    added = [f"git add -N {shlex.quote(path)}" for path in paths]
    return f"{change.summary}; `{' && '.join((*added, 'git diff'))}` shows the changes"
