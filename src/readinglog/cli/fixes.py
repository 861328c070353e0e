"""The safe fixes of `readinglog check`: made, or shown as a patch."""

from __future__ import annotations

import sys
from collections.abc import Mapping
from pathlib import Path

import click

from readinglog.cli.options import wrong_call
from readinglog.lint.linter import fixed
from readinglog.model.printable import visible
from readinglog.model.text import Source, count, marked
from readinglog.notebook.notebook import Notebook
from readinglog.workspace.files import rewrite
from readinglog.workspace.patch import unified
from readinglog.workspace.settings import Settings
from readinglog.workspace.transactions import CHANGED


def make_fixes(notebook: Notebook, settings: Settings, scope: set[str]) -> None:
    """Make the safe fixes in the files of `scope` and say how many files they changed."""
    texts = fixed(notebook, settings.severity, scope.__contains__)
    sources = _sources(notebook, texts)
    if changed := next((source for source in sources if not _is_as_read(settings.notes / source.path, source)), None):
        wrong_call(f"{settings.prefix}{changed.path} cannot be written: {CHANGED}; nothing was changed")
    for source in sources:
        try:
            rewrite(settings.notes, source, texts[source.path])
        except OSError as error:
            wrong_call(f"{settings.prefix}{source.path} cannot be written: {(error.strerror or str(error)).lower()}")
    click.echo(f"{count(len(texts), 'file')} mended", err=True)


def show_fixes(notebook: Notebook, settings: Settings, scope: set[str]) -> None:
    """Print the safe fixes in the files of `scope` as a patch and say how many files they would change."""
    texts = fixed(notebook, settings.severity, scope.__contains__)
    sources = {f"{settings.prefix}{source.path}": source for source in _sources(notebook, texts)}
    before = {path: marked(source, source.text) for path, source in sources.items()}
    patch = unified(before, {path: marked(source, texts[source.path]) for path, source in sources.items()}, moves={})
    if sys.stdout.isatty():
        click.echo("\n".join(map(visible, patch.split("\n"))), nl=False)
    else:
        click.echo(patch.encode(), nl=False)  # as it is, whatever the terminal's letters and line ends are
    click.echo(f"{count(len(texts), 'file')} to mend{': --fix does it' if texts else ''}", err=True)


def _is_as_read(path: Path, source: Source) -> bool:
    try:
        return path.read_bytes() == source.data
    except OSError:
        return False


def _sources(notebook: Notebook, texts: Mapping[str, str]) -> list[Source]:
    vocabulary = notebook.vocabulary.source
    return [source for source in (*(note.source for note in notebook.notes), vocabulary) if source and source.path in texts]
