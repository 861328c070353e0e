"""`readinglog check`."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from readinglog.cli.fixes import make_fixes, show_fixes
from readinglog.cli.options import (
    find_log,
    is_within,
    load_log,
    load_log_at,
    load_staged_log,
    notes_option,
    usage_error,
)
from readinglog.lint.linter import check_notebook as run_rules
from readinglog.lint.new_diagnostics import find_new_diagnostics
from readinglog.lint.reporters import REPORTERS, Report
from readinglog.model.diagnostic import Diagnostic, Severity
from readinglog.model.text import pluralize
from readinglog.notebook.changes.pairs import find_changed_notes, has_same_text, pair_notes
from readinglog.notebook.notebook import Notebook
from readinglog.workspace.settings import Settings

_TOLD_OF_ONE_RULE = 20
_WHOLE = frozenset(
    {"json", "sarif"}
)  # formats for programs: nothing is left out of them, nor said beside them


@click.command(short_help="Check the notes, and say what to write instead.")
@click.argument("path", required=False, type=click.Path(path_type=Path))
@notes_option
@click.option(
    "--since",
    metavar="BASE",
    help="Tell what has come since BASE: a branch, a tag or a commit; HEAD for what is not committed.",
)
@click.option(
    "--staged",
    is_flag=True,
    help="Tell what a commit of what is staged would bring, whatever else is in the folder. For hooks.",
)
@click.option(
    "--format",
    "format_",
    type=click.Choice(sorted(REPORTERS)),
    help="full on a terminal, else concise.",
)
@click.option(
    "--fix", is_flag=True, help="Make the safe fixes; a file is changed whole or not at all."
)
@click.option("--diff", is_flag=True, help="Print the safe fixes as a patch, and make none.")
@click.option(
    "--all", "all_", is_flag=True, help=f"Tell all of a rule, not the first {_TOLD_OF_ONE_RULE}."
)
def check(
    path: Path | None,
    notes: Path | None,
    since: str | None,
    format_: str | None,
    *,
    staged: bool,
    fix: bool,
    diff: bool,
    all_: bool,
) -> None:
    """Check the notes at PATH: a folder of notes, or one note of the log."""
    if fix and diff:
        usage_error("--fix makes the safe fixes and --diff shows them: name one of the two")
    if staged and (since is not None or fix or diff):
        usage_error(
            "--staged asks what a commit would bring: it goes with neither --since, --fix nor --diff"
        )
    settings, only = find_log(notes, path)
    base = "HEAD" if staged else since
    notebook = load_staged_log(settings.notes) if staged else load_log(settings.notes)
    before = None if base is None else load_log_at(settings.notes, base, notebook)
    if fix:
        make_fixes(notebook, settings, _scope(notebook, before, only))
        notebook = load_log(settings.notes)
    told, rest = _found(notebook, before, settings, only)
    scope = _scope(notebook, before, only)
    if diff:
        show_fixes(notebook, settings, scope)
    else:
        name = format_ or ("full" if sys.stdout.isatty() else "concise")
        limit = None if all_ or name in _WHOLE else _TOLD_OF_ONE_RULE
        asked = len((scope | {d.source.path for d in told}) & notebook.by_path.keys())
        click.echo(REPORTERS[name].render(Report(told, asked, settings.prefix, limit)))
        _tell_rest(rest, err=name in _WHOLE)
    if not notebook.notes:
        here = (
            f"no notes in {settings.notes} are staged"
            if staged
            else f"no notes are in {settings.notes}"
        )
        click.echo(f"{here}: a note is a file whose name ends in .md", err=True)
    sys.exit(any(d.severity is Severity.ERROR for d in told))


def _found(
    notebook: Notebook, before: Notebook | None, settings: Settings, only: str
) -> tuple[list[Diagnostic], int]:
    """The diagnostics to tell, and how many were there before."""
    found = [d for d in run_rules(notebook, settings.severity) if is_within(d.source.path, only)]
    told = found if before is None else find_new_diagnostics(found, before, notebook)
    return told, len(found) - len(told)


def _scope(notebook: Notebook, before: Notebook | None, only: str) -> set[str]:
    """The paths of the files asked about: all that stand within `only`, or those of them that differ from `before`."""
    notes = notebook.notes if before is None else find_changed_notes(pair_notes(before, notebook))
    paths = {note.path for note in notes}
    if (source := notebook.vocabulary.source) and (
        before is None or not has_same_text(source, before.vocabulary.source)
    ):
        paths.add(source.path)
    return {path for path in paths if is_within(path, only)}


def _tell_rest(number: int, *, err: bool) -> None:
    if number:
        was, it = ("was", "it") if number == 1 else ("were", "them")
        click.echo(
            f"and {pluralize(number, 'diagnostic')} that {was} there before: `readinglog check` shows {it}",
            err=err,
        )
