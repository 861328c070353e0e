"""`readinglog export`."""

from __future__ import annotations

from pathlib import Path

import click

from readinglog.cli.errors import FileError, UsageError
from readinglog.cli.options import find_log, load_log, notes_option, relative_path
from readinglog.interchange.exporters import EXPORTERS
from readinglog.interchange.exporters.exporter import CopiedFile, Export
from readinglog.model.errors import describe_os_error
from readinglog.model.printable import make_printable
from readinglog.model.text import pluralize
from readinglog.workspace.exports import WrittenExport, write_export
from readinglog.workspace.settings import Settings


class _ExportCommand(click.Command):
    """A command whose help lists the exporters."""

    def format_epilog(self, _: click.Context, formatter: click.HelpFormatter) -> None:
        with formatter.section("Kinds"):
            formatter.write_dl([(name, each.SUMMARY) for name, each in EXPORTERS.items()])


@click.command(cls=_ExportCommand, short_help="Export the log for other programs.")
@click.argument("kind", type=click.Choice(list(EXPORTERS)), metavar="KIND")
@click.argument("path", type=click.Path(path_type=Path))
@notes_option
@click.option("--force", is_flag=True, help="Overwrite files that no earlier export wrote.")
def export(kind: str, path: Path, notes: Path | None, *, force: bool) -> None:
    """Export all notes, drafts too, to PATH: a file, or for a vault a folder.

    What an earlier export wrote is replaced, if nobody has changed it since.
    """
    settings, _ = find_log(notes, None)
    target = _check_target(path, settings)
    notebook = load_log(settings)
    made = EXPORTERS[kind].make_export(notebook, target.name)
    written = _write(made, target, settings, force=force)
    click.echo(make_printable(_summarize(made, written, path)))
    for remark in made.remarks:
        click.echo(make_printable(remark), err=True)


def _check_target(path: Path, settings: Settings) -> Path:
    """Return the resolved path. Raise UsageError where it would be read as a part of the log."""
    target = path.resolve()
    if target.is_relative_to(settings.notes.resolve()):
        message = f"`{path}` is in the folder of the notes, where it would be a part of the log"
        raise UsageError(message, "choose a path outside of it")
    if not target.name:
        message = f"`{path}` is no file and no folder to export to"
        raise UsageError(message)
    return target


def _write(made: Export, target: Path, settings: Settings, *, force: bool) -> WrittenExport:
    files = {
        file.path: settings.notes / file.source if isinstance(file, CopiedFile) else file.data
        for file in made.files
    }
    try:
        return write_export(target, files, settings.cache, force=force)
    except OSError as error:
        where = relative_path(Path(error.filename or target))
        raise FileError(where, describe_os_error(error), "nothing was changed") from error


def _summarize(made: Export, written: WrittenExport, path: Path) -> str:
    files = f" in {pluralize(written.files, 'file')}" if written.files > 1 else ""
    removed = ""
    if written.removed:
        removed = f", and removed {pluralize(written.removed, 'file')} of the last export"
    next_step = f"; {made.next_step}" if made.next_step else ""
    return f"exported {made.content} to {path}{files}{removed}{next_step}"
