"""Loading notebooks from a folder, from a commit and from git's index."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable
from datetime import date
from pathlib import Path

from readinglog.model.attachments import SIZE_LIMIT
from readinglog.model.note import Note
from readinglog.model.removals import Removals
from readinglog.model.schema import BUILT_IN, Schema
from readinglog.model.text import Source
from readinglog.notebook.notebook import Notebook
from readinglog.notebook.surroundings import Surroundings
from readinglog.parsing.latex.macros import Macros
from readinglog.parsing.note import parse_note
from readinglog.parsing.removals import parse_removals
from readinglog.parsing.vocabulary import parse_vocabulary
from readinglog.workspace.folder import Folder, read_folder
from readinglog.workspace.kept_notes import KeptNotes
from readinglog.workspace.outside_files import find_outside_files
from readinglog.workspace.revision import read_commit, read_index

# Notes by path, data and why they could not be read.
ParsedNotes = dict[tuple[str, bytes, str], Note]
Progress = Callable[[Iterable[Source]], Iterable[Source]]
FindExcluded = Callable[[Collection[str]], Collection[str]]
EXCLUDED = "the settings of the site exclude it"


def _exclude_nothing(_: Collection[str]) -> Collection[str]:
    return ()


def _no_progress(sources: Iterable[Source]) -> Iterable[Source]:
    return sources


def load_notebook(
    folder: Path,
    parsed: ParsedNotes | None = None,
    progress: Progress = _no_progress,
    cache: Path | None = None,
    read: Callable[[Path, int], Folder] = read_folder,
    macros: Macros | None = None,
    previous: Notebook | None = None,
    *,
    keep_words: bool = False,
    find_excluded: FindExcluded = _exclude_nothing,
    site_files: Collection[str] = (),
    attachment_limit: int = SIZE_LIMIT,
    schema: Schema = BUILT_IN,
    people: Collection[str] = (),
) -> Notebook:
    """Return the notebook of `folder`; `macros`, `schema` and `people` are those of the log.

    Notes in `parsed` that have not changed are taken from there, and `parsed` is updated to the
    notes of the result; likewise what an earlier run has kept in the folder `cache`. `progress`
    wraps the files while they are parsed, `read` reads the folder, of which larger attachments than
    `attachment_limit` are not published. What can be is taken over from
    the notebook `previous`. With `keep_words`, the cache gets the words by which notes are related,
    too; to count them takes a while. `find_excluded` returns which of some paths are not to be
    published, `site_files` are those that the site itself uses.
    """
    today = date.today()  # noqa: DTZ011 - the author's own day
    kept = KeptNotes(cache, schema, with_words=keep_words) if cache else None
    found = read(folder, attachment_limit)
    found, excluded = _leave_out(found, find_excluded)
    surroundings = Surroundings(
        macros=macros or {}, excluded=excluded, site_files=frozenset(site_files), people=people
    )
    notebook = _make_notebook(
        folder,
        found,
        parsed or {},
        today,
        surroundings,
        schema,
        progress,
        kept,
        previous,
    )
    if parsed is not None:
        parsed.clear()
        parsed.update(_list_parsed(notebook))
    return notebook


def load_notebook_at(
    folder: Path,
    commit: str,
    now: Notebook,
    find_excluded: FindExcluded = _exclude_nothing,
    attachment_limit: int = SIZE_LIMIT,
) -> Notebook:
    """Return the notebook of `folder` at `commit`; it shares the day, the settings, equal notes and
    the files of the site with `now`.

    Raise GitError where git cannot read it.
    """
    lists = filter(None, [now.vocabulary.source, now.removals.source])
    sources = [*(note.source for note in now.notes), *lists]
    then = read_commit(folder, commit, sources, attachment_limit)
    then, excluded = _leave_out(then, find_excluded)
    surroundings = now.surroundings._replace(excluded=excluded)
    return _make_notebook(folder, then, _list_parsed(now), now.today, surroundings, now.schema)


def load_staged_notebook(
    folder: Path,
    cache: Path | None = None,
    macros: Macros | None = None,
    find_excluded: FindExcluded = _exclude_nothing,
    site_files: Collection[str] = (),
    attachment_limit: int = SIZE_LIMIT,
    schema: Schema = BUILT_IN,
    people: Collection[str] = (),
) -> Notebook:
    """Return the notebook of `folder` in git's index, as a commit would have it.

    What an earlier run has kept in the folder `cache` is not parsed again. Raise GitError where git
    cannot read it.
    """
    on_disk = read_folder(folder)
    known = [*on_disk.notes, *filter(None, [on_disk.vocabulary, on_disk.removals])]
    staged = read_index(folder, known, attachment_limit)
    today = date.today()  # noqa: DTZ011 - the author's own day
    kept = KeptNotes(cache, schema) if cache else None
    staged, excluded = _leave_out(staged, find_excluded)
    surroundings = Surroundings(
        macros=macros or {}, excluded=excluded, site_files=frozenset(site_files), people=people
    )
    return _make_notebook(folder, staged, {}, today, surroundings, schema, kept=kept)


def _leave_out(found: Folder, find_excluded: FindExcluded) -> tuple[Folder, Collection[str]]:
    """Return a folder without attachments that are not to be published, and what is not."""
    excluded = find_excluded([*(source.path for source in found.notes), *found.files])
    left_out = {path: EXCLUDED for path in found.files if path in excluded}
    return found._replace(files=found.files | left_out), excluded


def _make_notebook(
    root: Path,
    folder: Folder,
    parsed: ParsedNotes,
    today: date | None,
    surroundings: Surroundings,
    schema: Schema,
    progress: Progress = _no_progress,
    kept: KeptNotes | None = None,
    previous: Notebook | None = None,
) -> Notebook:
    """Return the notebook of a folder that was read; `surroundings` lacks what is in that."""
    notes: list[Note] = []
    new: list[Note] = []
    for source in progress(folder.notes):
        note = parsed.get((source.path, source.data, source.unreadable))
        if note is None or note.schema.key != schema.key:
            note = (kept.find(source) if kept else None) or parse_note(source, schema)
            new.append(note)
        notes.append(note)
    if kept:
        kept.keep(new, {note.path for note in notes})
    vocabulary = parse_vocabulary(folder.vocabulary) if folder.vocabulary else None
    surroundings = surroundings._replace(
        files=folder.files,
        outside=find_outside_files(root, notes),
        removals=parse_removals(folder.removals) if folder.removals else Removals(),
    )
    return Notebook(notes, vocabulary, surroundings, today, previous, schema)


def _list_parsed(notebook: Notebook) -> ParsedNotes:
    return {(note.path, note.source.data, note.source.unreadable): note for note in notebook.notes}
