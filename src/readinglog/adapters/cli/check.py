"""`readinglog check` and `readinglog explain`."""

from __future__ import annotations

import sys
from inspect import cleandoc
from pathlib import Path

import click

from readinglog.adapters.cli.call import loaded, notes_option, settings_of, within, wrong_call
from readinglog.adapters.disk import rewrite
from readinglog.adapters.settings import Settings
from readinglog.check import check as run_rules
from readinglog.check import fixed
from readinglog.diagnostic import Severity
from readinglog.notebook import Notebook
from readinglog.report import FORMATS, Report
from readinglog.rules import RULES
from readinglog.suggest import nearest

_TOLD_OF_ONE_RULE = 20


@click.command()
@click.argument("path", required=False, type=click.Path(path_type=Path))
@notes_option
@click.option("--format", "format_", type=click.Choice(sorted(FORMATS)), help="full on a terminal, else concise.")
@click.option("--fix", is_flag=True, help="Make the safe fixes; a file is changed whole or not at all.")
@click.option("--all", "all_", is_flag=True, help=f"Tell all of a rule, not the first {_TOLD_OF_ONE_RULE}.")
def check(path: Path | None, notes: Path | None, format_: str | None, *, fix: bool, all_: bool) -> None:
    """Check the notes at PATH: a folder of notes, or one note of the log."""
    settings, only = settings_of(notes, path)
    notebook = loaded(settings.notes)
    if fix:
        _fix(notebook, settings, only)
        notebook = loaded(settings.notes)
    found = [d for d in run_rules(notebook, settings.severity) if within(d.source.path, only)]
    count = sum(within(note.path, only) for note in notebook.notes)
    name = format_ or ("full" if sys.stdout.isatty() else "concise")
    limit = None if all_ or name in ("json", "sarif") else _TOLD_OF_ONE_RULE
    click.echo(FORMATS[name](Report(found, count, settings.prefix, limit)))
    if not notebook.notes:
        click.echo(f"no notes are in {settings.notes}: a note is a file whose name ends in .md", err=True)
    sys.exit(any(d.severity is Severity.ERROR for d in found))


@click.command()
@click.argument("rule", required=False)
def explain(rule: str | None) -> None:
    """Say what RULE looks for, why, and what to write instead; without RULE, list all."""
    if rule is None:
        width = max(map(len, RULES))
        for name, module in RULES.items():
            click.echo(f"{name:{width}}  {module.SEVERITY:7}  {(module.__doc__ or '').partition(chr(10))[0]}")
    elif rule in RULES:
        click.echo(f"{rule} ({RULES[rule].SEVERITY})\n\n{cleandoc(RULES[rule].__doc__ or '')}")
    else:
        near = nearest(rule, RULES)
        wrong_call(f"no rule is named `{rule}`" + (f"; did you mean `{near}`?" if near else "; `readinglog explain` lists them"))


def _fix(notebook: Notebook, settings: Settings, only: str) -> None:
    """Make the safe fixes and say how many files they changed."""
    texts = fixed(notebook, settings.severity, lambda path: within(path, only))
    sources = [note.source for note in notebook.notes] + ([notebook.vocabulary.source] if notebook.vocabulary.source else [])
    for source in sources:
        if source.path in texts:
            try:
                rewrite(settings.notes, source, texts[source.path])
            except OSError as error:
                wrong_call(f"{settings.prefix}{source.path} cannot be written: {(error.strerror or str(error)).lower()}")
    click.echo(f"{len(texts)} file{'' if len(texts) == 1 else 's'} mended", err=True)
