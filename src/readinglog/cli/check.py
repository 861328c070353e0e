"""`readinglog check`."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from functools import partial
from pathlib import Path

import click

from readinglog.cli.diagnostics import (
    SHOWN_PER_RULE,
    count_checked,
    describe_hidden,
    find_diagnostics,
    list_checked,
)
from readinglog.cli.errors import UsageError
from readinglog.cli.fixes import SHOWN_FIXES, apply_fixes, print_fixes
from readinglog.cli.options import (
    find_log,
    load_log,
    load_log_at,
    load_staged_log,
    notes_option,
)
from readinglog.lint.drafts import DraftGaps, list_drafts, summarize_drafts
from readinglog.lint.reporters import REPORTERS, Report
from readinglog.model.diagnostic import Severity
from readinglog.model.printable import make_printable
from readinglog.notebook.notebook import Notebook
from readinglog.workspace.settings import Settings

# Formats whose output is complete and stands alone.
_FOR_PROGRAMS = frozenset({"gitlab", "json", "sarif"})


@click.command(short_help="Check the notes and suggest fixes.")
@click.argument("path", required=False, type=click.Path(path_type=Path))
@notes_option
@click.option(
    "--since",
    metavar="BASE",
    help="Report only problems that are new since BASE: a branch, a tag or a commit. "
    "HEAD stands for the last commit.",
)
@click.option(
    "--staged",
    is_flag=True,
    help="Report only problems that the staged changes introduce, for pre-commit hooks.",
)
@click.option(
    "--format",
    "format_",
    type=click.Choice(sorted(REPORTERS)),
    help="Output format: by default, full on a terminal and concise otherwise.",
)
@click.option("--drafts", is_flag=True, help="List the drafts, and what each lacks.")
@click.option("--fix", is_flag=True, help="Apply the safe fixes.")
@click.option(
    "--diff", is_flag=True, help="Print the safe fixes as a patch instead of applying them."
)
@click.option(
    "--no-cache",
    is_flag=True,
    help="Parse every note, instead of those alone that have changed since the last run.",
)
@click.option(
    "--all",
    "all_",
    is_flag=True,
    help=f"Show every problem, not just the first {SHOWN_PER_RULE} of each rule.",
)
def check(
    path: Path | None,
    notes: Path | None,
    since: str | None,
    format_: str | None,
    *,
    staged: bool,
    drafts: bool,
    fix: bool,
    diff: bool,
    no_cache: bool,
    all_: bool,
) -> None:
    """Check PATH, a note or a folder of notes; by default, all notes."""
    _check_options(since, staged=staged, fix=fix, diff=diff)
    settings, only = find_log(notes, path)
    base = "HEAD" if staged else since
    load = partial(load_staged_log if staged else load_log, settings, cached=not no_cache)
    notebook = load()
    before = None if base is None else load_log_at(settings, base, notebook)
    if fix:
        limit = None if all_ else SHOWN_FIXES
        apply_fixes(notebook, settings, list_checked(notebook, before, only), limit)
        notebook = load()
    diagnostics, hidden = find_diagnostics(notebook, before, settings, only, cached=not no_cache)
    checked = list_checked(notebook, before, only)
    if diff:
        print_fixes(notebook, settings, checked)
    else:
        name = format_ or ("full" if sys.stdout.isatty() else "concise")
        limit = None if all_ or name in _FOR_PROGRAMS else SHOWN_PER_RULE
        number = count_checked(notebook, checked, diagnostics)
        click.echo(REPORTERS[name].render(Report(diagnostics, number, settings.prefix, limit)))
        if hidden:
            click.echo(describe_hidden(hidden), err=name in _FOR_PROGRAMS)
        if before is None or drafts:
            found = list_drafts(notebook, checked.__contains__)
            _print_drafts(found, settings, list_all=drafts, to_stderr=name in _FOR_PROGRAMS)
    _explain_what_is_left_out(notebook, settings, only, staged=staged)
    sys.exit(any(diagnostic.severity is Severity.ERROR for diagnostic in diagnostics))


def _print_drafts(
    drafts: Sequence[DraftGaps], settings: Settings, *, list_all: bool, to_stderr: bool
) -> None:
    """Print what drafts lack, each where `list_all`, else all in one line."""
    if list_all:
        lines = [f"{settings.prefix}{draft.note.path}: {draft.describe()}" for draft in drafts]
        lines = lines or ["no drafts"]
    else:
        lines = list(filter(None, [summarize_drafts(drafts)]))
    for line in lines:
        click.echo(make_printable(line), err=to_stderr)


def _explain_what_is_left_out(
    notebook: Notebook, settings: Settings, only: str, *, staged: bool
) -> None:
    """Print why the note that was named, or all, is not checked."""
    if only in notebook.excluded:
        click.echo(f"{only} is not checked: mkdocs.yml excludes it", err=True)
    if not notebook.notes:
        where = f"no notes in {settings.notes}{' are staged' if staged else ''}"
        click.echo(f"{where}: a note is a file whose name ends in .md", err=True)


def _check_options(since: str | None, *, staged: bool, fix: bool, diff: bool) -> None:
    """Raise UsageError where options exclude each other."""
    if fix and diff:
        message = "--fix applies the safe fixes and --diff only shows them: choose one"
        raise UsageError(message)
    if staged and (since is not None or fix or diff):
        message = "--staged cannot be combined with --since, --fix or --diff"
        raise UsageError(message)
