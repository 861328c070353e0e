"""The safe fixes of `readinglog check`: made, or shown as a patch."""

from __future__ import annotations

import sys
from collections.abc import Mapping
from pathlib import Path

import click

from readinglog.cli.options import usage_error
from readinglog.lint.linter import fix_notebook
from readinglog.model.printable import make_printable
from readinglog.model.text import Source, pluralize, with_bom
from readinglog.notebook.notebook import Notebook
from readinglog.workspace.files import rewrite_source
from readinglog.workspace.patch import format_patch
from readinglog.workspace.settings import Settings
from readinglog.workspace.transactions import CHANGED


def make_fixes(notebook: Notebook, settings: Settings, scope: set[str]) -> None:
    """Make the safe fixes in the files of `scope` and say how many files they changed."""
    texts = fix_notebook(notebook, settings.severity, scope.__contains__)
    sources = _sources(notebook, texts)
    if changed := next(
        (source for source in sources if not _is_as_read(settings.notes / source.path, source)),
        None,
    ):
        usage_error(
            f"{settings.prefix}{changed.path} cannot be written: {CHANGED}; nothing was changed"
        )
    for source in sources:
        try:
            rewrite_source(settings.notes, source, texts[source.path])
        except OSError as error:
            usage_error(
                f"{settings.prefix}{source.path} cannot be written: {(error.strerror or str(error)).lower()}"
            )
    click.echo(f"{pluralize(len(texts), 'file')} mended", err=True)


def show_fixes(notebook: Notebook, settings: Settings, scope: set[str]) -> None:
    """Print the safe fixes in the files of `scope` as a patch and say how many files they would change."""
    texts = fix_notebook(notebook, settings.severity, scope.__contains__)
    sources = {f"{settings.prefix}{source.path}": source for source in _sources(notebook, texts)}
    before = {path: with_bom(source, source.text) for path, source in sources.items()}
    patch = format_patch(
        before,
        {path: with_bom(source, texts[source.path]) for path, source in sources.items()},
        moves={},
    )
    if sys.stdout.isatty():
        click.echo("\n".join(map(make_printable, patch.split("\n"))), nl=False)
    else:
        click.echo(
            patch.encode(), nl=False
        )  # as it is, whatever the terminal's letters and line ends are
    click.echo(
        f"{pluralize(len(texts), 'file')} to mend{': --fix does it' if texts else ''}", err=True
    )


def _is_as_read(path: Path, source: Source) -> bool:
    try:
        return path.read_bytes() == source.data
    except OSError:
        return False


def _sources(notebook: Notebook, texts: Mapping[str, str]) -> list[Source]:
    vocabulary = notebook.vocabulary.source
    return [
        source
        for source in (*(note.source for note in notebook.notes), vocabulary)
        if source and source.path in texts
    ]
