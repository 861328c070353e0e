"""Loading notebooks from a folder, from a commit and from git's index."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Sequence
from datetime import date
from pathlib import Path
from types import MappingProxyType
from typing import NamedTuple

from readinglog.model.attachments import SIZE_LIMIT
from readinglog.model.note import Note
from readinglog.model.removals import Removals
from readinglog.model.schema import BUILT_IN, Schema
from readinglog.model.text import Source
from readinglog.notebook.notebook import Notebook
from readinglog.notebook.surroundings import Surroundings
from readinglog.parsing.latex.macros import Macros, read_macros
from readinglog.parsing.removals import parse_removals
from readinglog.parsing.vocabulary import parse_vocabulary
from readinglog.workspace.folder import Folder, read_folder
from readinglog.workspace.kept_notes import KeptNotes
from readinglog.workspace.note_parser import ParsedNote, parse_notes
from readinglog.workspace.outside_files import find_outside_files
from readinglog.workspace.revision import read_commit, read_index
from readinglog.workspace.settings import Settings

ParsedNotes = dict[str, Note]  # by path
Progress = Callable[[Iterable[Source]], Iterable[Source]]
FindExcluded = Callable[[Collection[str]], Collection[str]]
EXCLUDED = "the settings of the site exclude it"


def _exclude_nothing(_: Collection[str]) -> Collection[str]:
    return ()


def _no_progress(sources: Iterable[Source]) -> Iterable[Source]:
    return sources


class ReadingOptions(NamedTuple):
    """How the folder of a log is read: what its settings say of notes and of other files.

    `find_excluded` returns which of some paths are not to be published, `site_files` are those that
    the site itself uses. Larger attachments than `attachment_limit`, in bytes, are not published.
    """

    macros: Macros = MappingProxyType({})
    schema: Schema = BUILT_IN
    people: Collection[str] = ()
    attachment_limit: int = SIZE_LIMIT
    site_files: Collection[str] = ()
    find_excluded: FindExcluded = _exclude_nothing

    def make_surroundings(self, excluded: Collection[str]) -> Surroundings:
        """Return what surrounds the notes, as far as the settings say it."""
        return Surroundings(
            macros=self.macros,
            excluded=excluded,
            site_files=frozenset(self.site_files),
            people=self.people,
        )


def make_reading_options(
    settings: Settings, find_excluded: FindExcluded, site_files: Collection[str] = ()
) -> ReadingOptions:
    """Return the options that the settings of a log say."""
    return ReadingOptions(
        read_macros(settings.macros),
        settings.schema,
        settings.people,
        settings.attachment_limit,
        site_files,
        find_excluded,
    )


_BY_DEFAULT = ReadingOptions()


def load_notebook(
    folder: Path,
    options: ReadingOptions = _BY_DEFAULT,
    parsed: ParsedNotes | None = None,
    progress: Progress = _no_progress,
    cache: Path | None = None,
    read: Callable[[Path, int], Folder] = read_folder,
    previous: Notebook | None = None,
    *,
    keep_words: bool = False,
) -> Notebook:
    """Return the notebook of `folder`, read by `read`.

    Notes in `parsed` that have not changed are taken from there, and `parsed` is updated to the
    notes of the result; likewise what an earlier run has kept in the folder `cache`. `progress`
    wraps the files while they are parsed. What can be is taken over from the notebook `previous`.
    With `keep_words`, the cache gets the words by which notes are related, too; to count them takes
    a while.
    """
    kept = KeptNotes(cache, options.schema, with_words=keep_words) if cache else None
    found, excluded = _leave_out(read(folder, options.attachment_limit), options.find_excluded)
    notebook = _make_notebook(
        folder,
        found,
        parsed or {},
        _get_today(),
        options.make_surroundings(excluded),
        options.schema,
        progress,
        kept,
        previous,
    )
    if parsed is not None:
        parsed.clear()
        parsed.update(_list_parsed(notebook))
    return notebook


def load_notebook_at(
    folder: Path, commit: str, now: Notebook, options: ReadingOptions = _BY_DEFAULT
) -> Notebook:
    """Return the notebook of `folder` at `commit`; it shares the day, the settings, equal notes and
    the files of the site with `now`.

    Raise GitError where git cannot read it.
    """
    lists = filter(None, [now.vocabulary.source, now.removals.source])
    sources = [*(note.source for note in now.notes), *lists]
    then = read_commit(folder, commit, sources, options.attachment_limit)
    then, excluded = _leave_out(then, options.find_excluded)
    surroundings = now.surroundings._replace(excluded=excluded)
    return _make_notebook(folder, then, _list_parsed(now), now.today, surroundings, now.schema)


def load_staged_notebook(
    folder: Path, options: ReadingOptions = _BY_DEFAULT, cache: Path | None = None
) -> Notebook:
    """Return the notebook of `folder` in git's index, as a commit would have it.

    What an earlier run has kept in the folder `cache` is not parsed again. Raise GitError where git
    cannot read it.
    """
    on_disk = read_folder(folder)
    known = [*on_disk.notes, *filter(None, [on_disk.vocabulary, on_disk.removals])]
    staged = read_index(folder, known, options.attachment_limit)
    kept = KeptNotes(cache, options.schema) if cache else None
    staged, excluded = _leave_out(staged, options.find_excluded)
    surroundings = options.make_surroundings(excluded)
    return _make_notebook(folder, staged, {}, _get_today(), surroundings, options.schema, kept=kept)


def _get_today() -> date:
    return date.today()  # noqa: DTZ011 - the author's own day


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
    notes = _read_notes(folder.notes, parsed, schema, progress, kept)
    vocabulary = parse_vocabulary(folder.vocabulary) if folder.vocabulary else None
    surroundings = surroundings._replace(
        files=folder.files,
        outside=find_outside_files(root, notes),
        removals=parse_removals(folder.removals) if folder.removals else Removals(),
    )
    return Notebook(notes, vocabulary, surroundings, today, previous, schema)


def _read_notes(
    sources: Sequence[Source],
    parsed: ParsedNotes,
    schema: Schema,
    progress: Progress,
    kept: KeptNotes | None,
) -> list[Note]:
    """Return the notes in files: parsed now, or before, where the file has not changed."""
    found: dict[Source, Note] = {}
    read: list[ParsedNote] = []
    missing: list[Source] = []
    for source in sources:
        note = parsed.get(source.path)
        if note and note.schema.key == schema.key and note.source.is_same(source):
            found[source] = note
        elif kept and (note := kept.find(source)):
            found[source] = note
            read.append(ParsedNote(note))
        else:
            missing.append(source)
    with_words = kept is not None and kept.with_words
    new = parse_notes(missing, schema, with_words=with_words)
    for source, each in zip(progress(missing), new, strict=True):
        found[source] = each.note
        read.append(each)
    if kept:
        kept.keep(read, {source.path for source in sources})
    return [found[source] for source in sources]


def _list_parsed(notebook: Notebook) -> ParsedNotes:
    return {note.path: note for note in notebook.notes}
