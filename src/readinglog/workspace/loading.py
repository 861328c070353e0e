"""From a folder to a notebook."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import date
from pathlib import Path

from readinglog.model.note import Note
from readinglog.model.text import Source
from readinglog.notebook.notebook import Notebook
from readinglog.parsing.note import parse_note
from readinglog.parsing.vocabulary import parse_vocabulary
from readinglog.workspace.files import Folder, read_folder
from readinglog.workspace.revision import read_at, read_staged

Parsed = dict[tuple[str, bytes, str], Note]
Progress = Callable[[Iterable[Source]], Iterable[Source]]


def load_notebook(
    folder: Path, parsed: Parsed | None = None, progress: Progress = lambda sources: sources
) -> Notebook:
    """The notebook of `folder`. Notes found in `parsed` are taken from there; it is brought up to date."""
    notebook = _notebook(read_folder(folder), parsed or {}, date.today(), progress)  # noqa: DTZ011 - the author's own day
    if parsed is not None:
        parsed.clear()
        parsed.update(_parsed(notebook))
    return notebook


def load_notebook_at(folder: Path, commit: str, now: Notebook) -> Notebook:
    """The notebook that `folder` held at `commit`, read on the day of `now`, with which it shares the notes that are the same.

    Raises GitError.
    """
    sources = [*(note.source for note in now.notes), *filter(None, [now.vocabulary.source])]
    return _notebook(read_at(folder, commit, sources), _parsed(now), now.today)


def load_staged_notebook(folder: Path) -> Notebook:
    """The notebook that git's index holds of `folder`: what a commit would make of it. Raises GitError."""
    here = read_folder(folder)
    staged = read_staged(folder, [*here.notes, *filter(None, [here.vocabulary])])
    return _notebook(staged, {}, date.today())  # noqa: DTZ011 - the author's own day


def _notebook(
    found: Folder, known: Parsed, today: date | None, progress: Progress = lambda sources: sources
) -> Notebook:
    notes = [
        known.get((source.path, source.data, source.unreadable)) or parse_note(source)
        for source in progress(found.notes)
    ]
    vocabulary = parse_vocabulary(found.vocabulary) if found.vocabulary else None
    return Notebook(notes, vocabulary, found.files, today)


def _parsed(notebook: Notebook) -> Parsed:
    return {(note.path, note.source.data, note.source.unreadable): note for note in notebook.notes}
