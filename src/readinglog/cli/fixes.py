"""The safe fixes of `readinglog check`, applied or printed as a patch."""

from __future__ import annotations

import sys
from collections.abc import Mapping
from pathlib import Path

import click

from readinglog.cli.errors import FileError
from readinglog.lint.linter import fix_notebook
from readinglog.model.errors import describe_os_error
from readinglog.model.printable import make_printable
from readinglog.model.text import Source, pluralize, with_bom
from readinglog.notebook.notebook import Notebook
from readinglog.workspace.files import rewrite_source
from readinglog.workspace.patch import format_patch
from readinglog.workspace.settings import Settings
from readinglog.workspace.transactions import CHANGED


def apply_fixes(notebook: Notebook, settings: Settings, paths: set[str]) -> None:
    """Apply the safe fixes in the files at `paths` and print how many files they changed."""
    texts = fix_notebook(notebook, settings.severity, paths.__contains__)
    sources = _list_sources(notebook, texts)
    for source in sources:
        if not _is_unchanged(settings.notes / source.path, source):
            raise FileError(f"{settings.prefix}{source.path}", CHANGED, "nothing was changed")
    for source in sources:
        try:
            rewrite_source(settings.notes, source, texts[source.path])
        except OSError as error:
            raise FileError(f"{settings.prefix}{source.path}", describe_os_error(error)) from error
    click.echo(f"fixed {pluralize(len(texts), 'file')}", err=True)


def make_patch(notebook: Notebook, settings: Settings, paths: set[str]) -> tuple[str, int]:
    """Return the safe fixes in the files at `paths` as a patch, and the number of files."""
    texts = fix_notebook(notebook, settings.severity, paths.__contains__)
    before: dict[str, str] = {}
    after: dict[str, str] = {}
    for source in _list_sources(notebook, texts):
        path = f"{settings.prefix}{source.path}"
        before[path] = with_bom(source, source.text)
        after[path] = with_bom(source, texts[source.path])
    return format_patch(before, after, moves={}), len(texts)


def print_fixes(notebook: Notebook, settings: Settings, paths: set[str]) -> None:
    """Print the safe fixes in the files at `paths` as a patch, and the number of files."""
    patch, number = make_patch(notebook, settings, paths)
    if sys.stdout.isatty():
        click.echo("\n".join(map(make_printable, patch.split("\n"))), nl=False)
    else:  # bytes, so that neither encoding nor line ends depend on the platform
        click.echo(patch.encode(), nl=False)
    hint = ": run with --fix" if number else ""
    click.echo(f"{pluralize(number, 'file')} to fix{hint}", err=True)


def _is_unchanged(path: Path, source: Source) -> bool:
    try:
        return path.read_bytes() == source.data
    except OSError:
        return False


def _list_sources(notebook: Notebook, texts: Mapping[str, str]) -> list[Source]:
    sources = [*(note.source for note in notebook.notes), notebook.vocabulary.source]
    return [source for source in sources if source and source.path in texts]
