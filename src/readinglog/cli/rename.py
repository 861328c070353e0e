"""`readinglog rename` and `readinglog tag`: other names for notes and tags, all that is written by the old ones with them."""

from __future__ import annotations

import shlex
import sys
from collections.abc import Callable
from pathlib import Path

import click

from readinglog.cli.options import find_log, find_note, load_log, notes_option, usage_error
from readinglog.model.printable import make_printable
from readinglog.notebook.notebook import Notebook
from readinglog.refactor.change import Change, Refused
from readinglog.workspace.patch import format_patch
from readinglog.workspace.settings import Settings
from readinglog.workspace.transactions import write_files

_Renaming = Callable[[Notebook, Settings], Change | Refused]
dry_run_option = click.option(
    "--dry-run", is_flag=True, help="Print what would change as a diff, and write nothing."
)


@click.command()
@click.argument("old")
@click.argument("new")
@dry_run_option
@notes_option
def rename(old: str, new: str, notes: Path | None, *, dry_run: bool) -> None:
    """Call the note OLD by the name NEW, and rewrite every link to it.

    NEW may have a folder before it, `vision/clip`, to move the note there. The old name is kept in `redirect_from`, so that
    old addresses lead to the note.
    """
    from readinglog.refactor.rename_note import rename_note as renamed  # noqa: PLC0415 - it brings the rules

    def renaming(notebook: Notebook, settings: Settings) -> Change | Refused:
        note = find_note(old.removeprefix(settings.prefix), notebook)
        whole = settings.prefix and new.startswith(
            settings.prefix
        )  # a path as a shell completes it, from the repository
        return renamed(notebook, note, f"/{new.removeprefix(settings.prefix)}" if whole else new)

    _make(renaming, notes, dry_run=dry_run)


@click.group(short_help="Rename tags, merge them, or split one, in every note.")
def tag() -> None:
    """Rename a tag, make several one, or split one, in tags.yml and in every note."""


@tag.command("rename")
@click.argument("old")
@click.argument("new")
@dry_run_option
@notes_option
def rename_tag(old: str, new: str, notes: Path | None, *, dry_run: bool) -> None:
    """Call the tag OLD by the key NEW; OLD becomes an alias.

    Without notes/tags.yml, tags are paths such as moe/routing: NEW is a whole path, and what stands below OLD moves with it.
    """
    from readinglog.refactor.rename_tag import rename_tag as renamed  # noqa: PLC0415

    _make(lambda notebook, _: renamed(notebook, old, new), notes, dry_run=dry_run)


@tag.command()
@click.argument("old", nargs=-1, required=True)
@click.argument("into")
@dry_run_option
@notes_option
def merge(old: tuple[str, ...], into: str, notes: Path | None, *, dry_run: bool) -> None:
    """Make the tags OLD one with the tag INTO, which gets their names as aliases and the tags below them."""
    from readinglog.refactor.rename_tag import merge_tags  # noqa: PLC0415

    _make(lambda notebook, _: merge_tags(notebook, old, into), notes, dry_run=dry_run)


@tag.command()
@click.argument("old")
@click.argument("parts", metavar="NEW=QUERY...", nargs=-1, required=True)
@click.option(
    "--replace",
    "replacing",
    is_flag=True,
    help="Put the new tags in the place of OLD, not under it.",
)
@dry_run_option
@notes_option
def split(
    old: str, parts: tuple[str, ...], notes: Path | None, *, replacing: bool, dry_run: bool
) -> None:
    """Make narrower tags under OLD, each for those of its notes that a search finds.

    For example:

    readinglog tag split kernels 'gemm-kernels=gemm' 'sorting-kernels=sort'
    """
    from readinglog.refactor.split_tag import split_tag  # noqa: PLC0415 - it brings the search

    _make(
        lambda notebook, _: split_tag(notebook, old, parts, replacing=replacing),
        notes,
        dry_run=dry_run,
    )


def _make(renaming: _Renaming, notes: Path | None, *, dry_run: bool) -> None:
    """Say what `renaming` would change, or change it and say what was done."""
    settings, _ = find_log(notes, None)
    change = renaming(load_log(settings.notes), settings)
    if isinstance(change, Refused):
        usage_error(change.message)
    if dry_run:
        _show(change, settings.prefix)
    else:
        _write(change, settings)
        looked_at = [f"git add -N {shlex.quote(settings.prefix + path)}" for path in change.moves]
        told = " && ".join((*looked_at, "git diff"))
        click.echo(
            make_printable(
                f"{change.done}; `{told}` shows it"
                if (settings.root / ".git").exists()
                else change.done
            )
        )
    for remark in change.remarks:
        click.echo(make_printable(remark), err=True)


def _show(change: Change, prefix: str) -> None:
    before, after = (
        {prefix + path: text for path, text in files.items()}
        for files in (change.before, change.after)
    )
    patch = format_patch(
        before, after, {prefix + new: prefix + old for new, old in change.moves.items()}
    )
    if sys.stdout.isatty():
        patch = "".join(f"{make_printable(line)}\n" for line in patch.split("\n")[:-1])
    click.echo(patch.encode(), nl=False)  # bytes, lest line breaks become those of the platform


def _write(change: Change, settings: Settings) -> None:
    try:
        write_files(settings.notes, change.before, change.after, change.moves)
    except OSError as error:
        path = error.filename or ""
        usage_error(
            f"{settings.prefix}{path} cannot be written: {(error.strerror or str(error)).lower()}; nothing was changed"
        )
