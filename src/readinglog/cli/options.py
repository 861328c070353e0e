"""What every command does with its call: finds the notes it is about, loads them, and says what is wrong with it."""

from __future__ import annotations

import gc
import sys
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import NoReturn

import click

from readinglog.model.note import Note
from readinglog.model.printable import make_printable
from readinglog.model.text import Source
from readinglog.notebook.notebook import Notebook
from readinglog.workspace.files import VOCABULARY
from readinglog.workspace.git import GitError, find_merge_base
from readinglog.workspace.loading import load_notebook, load_notebook_at, load_staged_notebook
from readinglog.workspace.settings import Settings, SettingsError, find_settings

_SLOW = 300  # notes from which on progress is shown
notes_option = click.option(
    "--notes",
    type=click.Path(path_type=Path),
    help="The folder of notes; by default that of the repository.",
)


def usage_error(message: str) -> NoReturn:
    click.echo(f"readinglog: {make_printable(message)}", err=True)
    sys.exit(2)


def find_log(notes: Path | None, path: Path | None) -> tuple[Settings, str]:
    """The settings for the folder `notes`, and what of it `path` asks about: '' for all, else a folder's or note's path."""
    start = _existing(notes or path or Path.cwd())
    try:
        settings = find_settings(start if start.is_dir() else start.parent)
    except SettingsError as error:
        usage_error(str(error))
    if notes:
        settings = settings._replace(notes=start)
    if (notes or path is None) and not settings.notes.is_dir():
        usage_error(f"there is no folder {relative_path(settings.notes)}: name the folder of notes")
    if path is None:
        return settings, ""
    here = _existing(path)
    if (
        here == settings.root and settings.notes.is_dir() and not notes
    ):  # the repository: its notes are meant
        here = settings.notes
    if not here.is_dir() and here.suffix.lower() != ".md" and here.name != VOCABULARY:
        usage_error(f"{path} is not a note: a note is a file whose name ends in .md")
    if not here.is_relative_to(settings.notes):
        if notes:
            usage_error(f"{path} is not in {notes}")
        settings = settings._replace(notes=here if here.is_dir() else here.parent)
    only = here.relative_to(settings.notes).as_posix()
    return settings, "" if only == "." else only


def _existing(path: Path) -> Path:
    try:
        return path.resolve(strict=True)
    except (OSError, RuntimeError):
        usage_error(f"there is nothing at {path}: name a folder of notes, or a note")


def relative_path(path: Path) -> str:
    """`path` as one would write it here."""
    return str(path.relative_to(Path.cwd())) if path.is_relative_to(Path.cwd()) else str(path)


def is_within(path: str, only: str) -> bool:
    return not only or path == only or path.startswith(f"{only}/")


def load_log(folder: Path) -> Notebook:
    gc.disable()  # a notebook is millions of small objects that all live to the end: collecting them is half the time
    return load_notebook(folder, progress=_progress)


def load_log_at(folder: Path, base: str, now: Notebook) -> Notebook:
    """The notebook from which `folder` went its own way to `now`: that of the commit in which HEAD and `base` part."""
    try:
        return load_notebook_at(folder, find_merge_base(folder, base), now)
    except GitError as error:
        usage_error(str(error))


def load_staged_log(folder: Path) -> Notebook:
    """The notebook that git's index holds of `folder`."""
    gc.disable()  # as above
    try:
        return load_staged_notebook(folder)
    except GitError as error:
        usage_error(str(error))


def find_note(name: str, notebook: Notebook) -> Note:
    """The one note that `name` means: its path, or whatever a wikilink may call it."""
    if name in notebook.by_path:
        return notebook.by_path[name]
    resolution = notebook.names.find(name)
    if resolution.target:
        return resolution.target
    if resolution.is_missing:
        near = notebook.names.fuzzy.find_nearest(name)
        usage_error(f"no note is named `{name}`" + (f"; did you mean `{near}`?" if near else ""))
    usage_error(
        f"`{name}` may mean {', '.join(note.path for note in resolution.candidates)}: write one of these"
    )


def _progress(sources: Iterable[Source]) -> Iterator[Source]:
    """The sources, with a bar on a terminal where there are many."""
    sources = list(sources)
    if len(sources) < _SLOW or not sys.stderr.isatty():
        yield from sources
        return
    from rich.console import Console  # noqa: PLC0415 - a tenth of a second, for terminals only
    from rich.progress import track  # noqa: PLC0415

    yield from track(
        sources, description="Reading notes", console=Console(stderr=True), transient=True
    )
