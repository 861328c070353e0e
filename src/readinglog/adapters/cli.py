"""The command line: reads, asks the core, prints. Exit 0 clean, 1 errors found, 2 wrong call."""

from __future__ import annotations

import gc
import subprocess
import sys
import tempfile
from collections.abc import Iterable, Iterator
from inspect import cleandoc
from pathlib import Path
from typing import NoReturn, cast

import click

from readinglog import __version__
from readinglog.adapters.disk import VOCABULARY, rewrite
from readinglog.adapters.load import load
from readinglog.adapters.settings import Settings, SettingsError, find_settings
from readinglog.check import check as run_rules
from readinglog.check import fixed
from readinglog.diagnostic import Severity
from readinglog.note import Note
from readinglog.notebook import Notebook
from readinglog.record import record
from readinglog.related import Relatedness
from readinglog.report import FORMATS, Report, json_text, visible
from readinglog.rules import RULES
from readinglog.suggest import nearest
from readinglog.text import Source

_TOLD_OF_ONE_RULE = 20
_SLOW = 300  # notes from which on progress is shown
notes_option = click.option("--notes", type=click.Path(path_type=Path), help="The folder of notes; by default that of the repository.")


@click.group(context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, message="%(prog)s %(version)s")
def main() -> None:
    """A research-reading log kept as Markdown in git: check the notes, ask about them, build the site."""


@main.command()
@click.argument("path", required=False, type=click.Path(path_type=Path))
@notes_option
@click.option("--format", "format_", type=click.Choice(sorted(FORMATS)), help="full on a terminal, else concise.")
@click.option("--fix", is_flag=True, help="Make the safe fixes; a file is changed whole or not at all.")
@click.option("--all", "all_", is_flag=True, help=f"Tell all of a rule, not the first {_TOLD_OF_ONE_RULE}.")
def check(path: Path | None, notes: Path | None, format_: str | None, *, fix: bool, all_: bool) -> None:
    """Check the notes at PATH: a folder of notes, or one note of the log."""
    settings, only = _settings(notes, path)
    notebook = _load(settings.notes)
    if fix:
        _fix(notebook, settings, only)
        notebook = _load(settings.notes)
    found = [d for d in run_rules(notebook, settings.severity) if _within(d.source.path, only)]
    count = sum(_within(note.path, only) for note in notebook.notes)
    name = format_ or ("full" if sys.stdout.isatty() else "concise")
    limit = None if all_ or name in ("json", "sarif") else _TOLD_OF_ONE_RULE
    click.echo(FORMATS[name](Report(found, count, settings.prefix, limit)))
    if not notebook.notes:
        click.echo(f"no notes are in {settings.notes}: a note is a file whose name ends in .md", err=True)
    sys.exit(any(d.severity is Severity.ERROR for d in found))


@main.command()
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
        _wrong_call(f"no rule is named `{rule}`" + (f"; did you mean `{near}`?" if near else "; `readinglog explain` lists them"))


@main.command()
@click.argument("name", required=False)
@notes_option
@click.option("--all", "all_", is_flag=True, help="Every note, in order of path.")
@click.option("--format", "format_", type=click.Choice(["text", "json", "jsonl"]), default="text", show_default=True)
def show(name: str | None, notes: Path | None, format_: str, *, all_: bool) -> None:
    """Say what the log knows of the note NAME."""
    if (name is None) != all_:
        _wrong_call("name a note, or ask for --all of them")
    settings, _ = _settings(notes, None)
    notebook = _load(settings.notes)
    chosen = notebook.notes if all_ else (_named(name or "", notebook),)
    relatedness = Relatedness(notebook)
    records = (record(note, notebook, relatedness) for note in chosen)
    if format_ == "jsonl":
        for entry in records:
            click.echo(json_text(entry))
    elif format_ == "json":
        entries = list(records)
        click.echo(json_text(entries if all_ else entries[0]))
    else:
        for entry in records:
            click.echo(_text(entry))


@main.command()
@click.option("--engine", type=click.Choice(["mkdocs", "zensical"]), default="mkdocs", show_default=True)
@click.option("--config", type=click.Path(path_type=Path), default=Path("mkdocs.yml"), show_default=True)
@click.option("--site-dir", type=click.Path(path_type=Path), default=Path("site"), show_default=True)
@click.option("--tree", type=click.Path(path_type=Path), help="Keep the written-out tree in this folder.")
def build(engine: str, config: Path, site_dir: Path, tree: Path | None) -> None:
    """Write the compiled site as a tree and run an ENGINE on it."""
    from readinglog.adapters.build import BuildError, build_site  # noqa: PLC0415 - the engine is only needed here

    try:
        with tempfile.TemporaryDirectory(prefix="readinglog-") as folder:
            build_site(engine, config, site_dir, tree or Path(folder) / "tree")
    except BuildError as error:
        _wrong_call(str(error))
    except subprocess.CalledProcessError as error:
        sys.exit(error.returncode)
    click.echo(f"the site is in {site_dir}")


def _wrong_call(message: str) -> NoReturn:
    click.echo(f"readinglog: {visible(message)}", err=True)
    sys.exit(2)


def _settings(notes: Path | None, path: Path | None) -> tuple[Settings, str]:
    """The settings for the folder `notes`, and what of it `path` asks about: '' for all, else a folder's or note's path."""
    start = _existing(notes or path or Path.cwd())
    try:
        settings = find_settings(start if start.is_dir() else start.parent)
    except SettingsError as error:
        _wrong_call(str(error))
    if notes:
        settings = settings._replace(notes=start)
    if (notes or path is None) and not settings.notes.is_dir():
        _wrong_call(f"there is no folder {_shown(settings.notes)}: name the folder of notes")
    if path is None:
        return settings, ""
    here = _existing(path)
    if here == settings.root and settings.notes.is_dir() and not notes:  # the repository: its notes are meant
        here = settings.notes
    if not here.is_dir() and here.suffix.lower() != ".md" and here.name != VOCABULARY:
        _wrong_call(f"{path} is not a note: a note is a file whose name ends in .md")
    if not here.is_relative_to(settings.notes):
        if notes:
            _wrong_call(f"{path} is not in {notes}")
        settings = settings._replace(notes=here if here.is_dir() else here.parent)
    only = here.relative_to(settings.notes).as_posix()
    return settings, "" if only == "." else only


def _existing(path: Path) -> Path:
    try:
        return path.resolve(strict=True)
    except (OSError, RuntimeError):
        _wrong_call(f"there is nothing at {path}: name a folder of notes, or a note")


def _shown(path: Path) -> str:
    return str(path.relative_to(Path.cwd())) if path.is_relative_to(Path.cwd()) else str(path)


def _within(path: str, only: str) -> bool:
    return not only or path == only or path.startswith(f"{only}/")


def _load(folder: Path) -> Notebook:
    gc.disable()  # a notebook is millions of small objects that all live to the end: collecting them is half the time
    return load(folder, progress=_progress)


def _progress(sources: Iterable[Source]) -> Iterator[Source]:
    """The sources, with a bar on a terminal where there are many."""
    sources = list(sources)
    if len(sources) < _SLOW or not sys.stderr.isatty():
        yield from sources
        return
    from rich.console import Console  # noqa: PLC0415 - a tenth of a second, for terminals only
    from rich.progress import track  # noqa: PLC0415

    yield from track(sources, description="Reading notes", console=Console(stderr=True), transient=True)


def _fix(notebook: Notebook, settings: Settings, only: str) -> None:
    """Make the safe fixes and say how many files they changed."""
    texts = fixed(notebook, settings.severity, lambda path: _within(path, only))
    sources = [note.source for note in notebook.notes] + ([notebook.vocabulary.source] if notebook.vocabulary.source else [])
    for source in sources:
        if source.path in texts:
            try:
                rewrite(settings.notes, source, texts[source.path])
            except OSError as error:
                _wrong_call(f"{settings.prefix}{source.path} cannot be written: {(error.strerror or str(error)).lower()}")
    click.echo(f"{len(texts)} file{'' if len(texts) == 1 else 's'} mended", err=True)


def _named(name: str, notebook: Notebook) -> Note:
    found = [notebook.at[name]] if name in notebook.at else notebook.index.named(name)
    if len(found) == 1:
        return found[0]
    if found:
        _wrong_call(f"`{name}` may mean {', '.join(note.path for note in found)}: write one of these")
    near = notebook.index.names.nearest(name)
    _wrong_call(f"no note is named `{name}`" + (f"; did you mean `{near}`?" if near else ""))


def _text(entry: dict[str, object]) -> str:
    """A record for people."""
    lines = [f"{entry.get('title') or entry['name']}  ({entry['path']})"]
    for key in ("headings", "links", "backlinks", "related"):
        items = cast("list[dict[str, object]]", entry[key])
        lines += [f"\n{key}:"] if items else []
        lines += [f"  {' · '.join(str(v) for v in item.values() if v not in (None, '', [], False))}" for item in items]
    return "\n".join(visible(line) for whole in lines for line in whole.split("\n"))
