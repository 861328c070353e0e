"""What the commands share: the notes that a call is about, found and loaded."""

from __future__ import annotations

import sys
from collections.abc import Collection, Iterable, Iterator
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

import click

from readinglog.cli.errors import UsageError
from readinglog.workspace.files import is_list
from readinglog.workspace.garbage_collection import stop_collection
from readinglog.workspace.settings import Settings, find_settings
from readinglog.workspace.site_files import list_site_files
from readinglog.workspace.site_settings import find_site_settings

if TYPE_CHECKING:
    from readinglog.model.note import Note
    from readinglog.model.text import Source
    from readinglog.notebook.notebook import Notebook
    from readinglog.workspace.loading import ReadingOptions

_PROGRESS_FROM = 300  # notes
config_option = click.option(
    "--config",
    type=click.Path(path_type=Path),
    default=Path("mkdocs.yml"),
    show_default=True,
    help="Configuration file of the site.",
)
notes_option = click.option(
    "--notes",
    type=click.Path(path_type=Path),
    help="Folder of the notes, if it is not that of the repository.",
)


def find_log(notes: Path | None, path: Path | None) -> tuple[Settings, str]:
    """Return the settings for `notes`, and the path in it that `path` selects, '' for all.

    Raise UsageError where there is no such folder or note, SettingsError where the settings cannot
    be read.
    """
    start = _resolve_path(notes or path or Path.cwd())
    settings = find_settings(start if start.is_dir() else start.parent)
    if notes:
        settings = settings._replace(notes=start)
    if (notes or path is None) and not settings.notes.is_dir():
        message = f"there is no folder `{relative_path(settings.notes)}`"
        hint = (
            "run this in the folder of your log, add --notes FOLDER, or begin a log with "
            "`readinglog init`"
        )
        raise UsageError(message, hint)
    if path is None:
        return settings, ""
    selected = _resolve_path(path)
    if selected == settings.root and settings.notes.is_dir() and not notes:
        selected = settings.notes  # the repository stands for its notes
    if not selected.is_dir() and selected.suffix.lower() != ".md" and not is_list(selected.name):
        message = f"`{path}` is not a note"
        raise UsageError(message, "a note is a file whose name ends in .md")
    if not selected.is_relative_to(settings.notes):
        if notes:
            message = f"`{path}` is not in `{notes}`"
            raise UsageError(message)
        folder = selected if selected.is_dir() else selected.parent
        settings = settings._replace(notes=folder)
    only = selected.relative_to(settings.notes).as_posix()
    return settings, "" if only == "." else only


def _resolve_path(path: Path) -> Path:
    try:
        return path.resolve(strict=True)
    except (OSError, RuntimeError) as error:
        message = f"`{path}` does not exist"
        raise UsageError(message, "give the path of a note or of a folder of notes") from error


def relative_path(path: Path) -> str:
    """Return `path` relative to the working directory if it is below it."""
    return str(path.relative_to(Path.cwd())) if path.is_relative_to(Path.cwd()) else str(path)


def is_within(path: str, only: str) -> bool:
    """Return whether `path` is `only` or below it; '' stands for everything."""
    return not only or path == only or path.startswith(f"{only}/")


def load_log(settings: Settings, *, cached: bool = True) -> Notebook:
    """Return the notebook of a log, with a progress bar where that takes long.

    If `cached`, what has not changed since an earlier run is not parsed again.
    """
    from readinglog.workspace.loading import load_notebook  # noqa: PLC0415 - a search needs none

    stop_collection()
    cache = settings.cache if cached else None
    options = _make_options(settings)
    return load_notebook(settings.notes, options, progress=_show_progress, cache=cache)


def load_log_at(settings: Settings, base: str, now: Notebook) -> Notebook:
    """Return the notebook of a log at the last common commit of HEAD and `base`.

    Raise GitError without one.
    """
    from readinglog.workspace.git import find_merge_base  # noqa: PLC0415
    from readinglog.workspace.loading import load_notebook_at  # noqa: PLC0415

    folder = settings.notes
    commit = find_merge_base(folder, base)
    return load_notebook_at(folder, commit, now, _make_options(settings))


def load_staged_log(settings: Settings, *, cached: bool = True) -> Notebook:
    """Return the notebook of a log in git's index, see `load_log`.

    Raise GitError where git cannot read it.
    """
    from readinglog.workspace.loading import load_staged_notebook  # noqa: PLC0415

    stop_collection()
    cache = settings.cache if cached else None
    return load_staged_notebook(settings.notes, _make_options(settings), cache)


def _make_options(settings: Settings) -> ReadingOptions:
    from readinglog.workspace.loading import make_reading_options  # noqa: PLC0415 - a search needs none

    find_excluded = partial(_find_excluded, settings)
    return make_reading_options(settings, find_excluded, _list_site_files(settings))


def _find_excluded(settings: Settings, paths: Collection[str]) -> Collection[str]:
    """Return which of some paths below the notes folder are not published, by `mkdocs.yml`."""
    site = find_site_settings(settings.notes, settings.root)
    if site is None or not site.may_exclude(paths):
        return ()
    from readinglog.site.docs_files import find_excluded_by  # noqa: PLC0415 - few logs need MkDocs

    return find_excluded_by(site, paths)


def _list_site_files(settings: Settings) -> list[str]:
    site = find_site_settings(settings.notes, settings.root)
    return list_site_files(settings.notes, site.named_files) if site else []


def find_note(name: str, notebook: Notebook) -> Note:
    """Return the note with that path, or that a wikilink to `name` leads to.

    Raise UsageError where it is not one.
    """
    if name in notebook.by_path:
        return notebook.by_path[name]
    resolution = notebook.names.resolve_name(name)
    if resolution.target:
        return resolution.target
    if resolution.is_ambiguous:
        paths = ", ".join(note.path for note in resolution.candidates)
        message = f"`{name}` may mean {paths}"
        raise UsageError(message, "write one of these")
    near = notebook.names.fuzzy.find_nearest(name)
    suggestion = f"; did you mean `{near}`?" if near else ""
    message = f"no note is named `{name}`{suggestion}"
    raise UsageError(message)


def _show_progress(sources: Iterable[Source]) -> Iterator[Source]:
    """Yield the sources, with a progress bar on a terminal where there are many."""
    sources = list(sources)
    if len(sources) < _PROGRESS_FROM or not sys.stderr.isatty():
        yield from sources
        return
    from rich.console import Console  # noqa: PLC0415 - a tenth of a second, for terminals only
    from rich.progress import track  # noqa: PLC0415

    console = Console(stderr=True)
    yield from track(sources, description="Reading notes", console=console, transient=True)
