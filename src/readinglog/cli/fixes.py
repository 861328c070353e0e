"""The safe fixes of `readinglog check`, applied or printed as a patch."""

from __future__ import annotations

import sys
from collections.abc import Mapping, Sequence
from pathlib import Path

import click

from readinglog.cli.errors import FileError
from readinglog.lint.linter import fix_notebook
from readinglog.lint.reporters.report import get_positions
from readinglog.model.diagnostic import Diagnostic
from readinglog.model.errors import describe_os_error
from readinglog.model.printable import make_printable
from readinglog.model.text import Edit, Source, pluralize, shorten_line, with_bom
from readinglog.notebook.notebook import Notebook
from readinglog.workspace.files import rewrite_source
from readinglog.workspace.patch import format_patch
from readinglog.workspace.settings import Settings
from readinglog.workspace.transactions import CHANGED

SHOWN_FIXES = 50
_SHOWN = 60  # characters of a text that was changed


def apply_fixes(
    notebook: Notebook, settings: Settings, paths: set[str], limit: int | None = SHOWN_FIXES
) -> None:
    """Apply the safe fixes in the files at `paths`, and print them, the first `limit` of them."""
    texts, fixed = fix_notebook(notebook, settings.severity, paths.__contains__)
    sources = _list_sources(notebook, texts)
    for source in sources:
        if not _is_unchanged(settings.notes / source.path, source):
            raise FileError(f"{settings.prefix}{source.path}", CHANGED, "nothing was changed")
    for source in sources:
        try:
            rewrite_source(settings.notes, source, texts[source.path])
        except OSError as error:
            raise FileError(f"{settings.prefix}{source.path}", describe_os_error(error)) from error
    _print_applied(fixed, len(texts), settings.prefix, limit)


def _print_applied(fixed: Sequence[Diagnostic], files: int, prefix: str, limit: int | None) -> None:
    """Print what was changed, a line a fix, and how many files."""
    for diagnostic in fixed[:limit]:
        line = get_positions(diagnostic)[0].line
        where = f"{prefix}{diagnostic.source.path}:{line}"
        changes = "; ".join(_describe_edit(edit, diagnostic.source) for edit in diagnostic.fix)
        click.echo(make_printable(f"{where}: {changes} [{diagnostic.rule}]"), err=True)
    if hidden := len(fixed[limit:]) if limit is not None else 0:
        click.echo(f"and {hidden:,} more; `git diff` shows them", err=True)
    click.echo(f"fixed {pluralize(files, 'file')}", err=True)


def _describe_edit(edit: Edit, source: Source) -> str:
    """Return what an edit changes, each text shortened to one line."""
    old = shorten_line(source.text[edit.span.start : edit.span.end], _SHOWN)
    new = shorten_line(edit.text, _SHOWN)
    if old == new:
        return "changed white space"
    if not new:
        return f"removed `{old.strip(', ')}`"
    return f"`{old}` is now `{new}`" if old else f"added `{new}`"


def make_patch(notebook: Notebook, settings: Settings, paths: set[str]) -> tuple[str, int]:
    """Return the safe fixes in the files at `paths` as a patch, and the number of files."""
    texts, _ = fix_notebook(notebook, settings.severity, paths.__contains__)
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
