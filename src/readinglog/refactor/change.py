"""The change of files that a refactoring makes, or why it is refused."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import NamedTuple

from readinglog.model.errors import ReadinglogError
from readinglog.model.note import Note
from readinglog.model.text import Edit, Source, apply_edits, with_bom
from readinglog.notebook.notebook import Notebook

Edits = Mapping[Source, Iterable[Edit]]
UNREADABLE_RULES = frozenset({"unreadable-file", "not-utf8", "too-large"})
_LISTED_PATHS = 5


class RefactoringError(ReadinglogError):
    """A refactoring that is refused. Nothing is changed."""


class Change(NamedTuple):
    """The files before and after a refactoring: whole texts by path, None where there is no file.

    `moves` gives the old path of each file that gets a new one. `summary` says in one line what was
    changed, `remarks` what to know about it. Texts begin with the byte order mark of their file.
    """

    before: Mapping[str, str | None]
    after: Mapping[str, str | None]
    moves: Mapping[str, str]
    summary: str
    remarks: tuple[str, ...] = ()

    def list_new_paths(self) -> list[str]:
        """Return the paths at which there was no file."""
        return [path for path, text in self.before.items() if text is None]


def check_readable(note: Note, done: str) -> None:
    """Raise RefactoringError where the text of `note` is not known; `done` says what cannot be done
    then.
    """
    for problem in note.diagnostics:
        if problem.rule in UNREADABLE_RULES:
            message = f"`{note.path}` cannot be {done}: {problem.message}; {problem.help}"
            raise RefactoringError(message)


def edit_sources(edits: Edits) -> dict[Source, str]:
    """Return the new texts of the sources that `edits` change."""
    texts = {source: apply_edits(source.text, each) for source, each in edits.items()}
    return {source: text for source, text in texts.items() if text != source.text}


def make_change(
    notebook: Notebook,
    texts: Mapping[Source, str],
    summary: str,
    remarks: Iterable[str] = (),
    moved: tuple[Source, str] | None = None,
) -> Change:
    """Return the change that gives sources of `notebook` the new `texts`.

    `moved` is a source with the path that it moves to.
    """
    moved_source, new_path = moved or (None, "")
    before: dict[str, str | None] = {}
    after: dict[str, str | None] = {}
    for source, text in texts.items():
        before[source.path] = with_bom(source, source.text)
        after[new_path if source is moved_source else source.path] = with_bom(source, text)
    return Change(
        dict.fromkeys(after) | before,
        dict.fromkeys(before) | after,
        {new_path: moved_source.path} if moved_source else {},
        summary,
        (*remarks, *_remark_unreadable(notebook)),
    )


def format_paths(paths: Sequence[str]) -> str:
    """Return the first of these paths, and how many more there are."""
    shown, more = [f"`{path}`" for path in paths[:_LISTED_PATHS]], len(paths) - _LISTED_PATHS
    if more > 0:
        return f"{', '.join(shown)} and {more} more"
    return " and ".join(filter(None, (", ".join(shown[:-1]), shown[-1])))


def _remark_unreadable(notebook: Notebook) -> Iterator[str]:
    """Yield a remark where notes, which may contain the old name, cannot be read."""
    paths = [
        note.path
        for note in notebook.notes
        if any(problem.rule in UNREADABLE_RULES for problem in note.diagnostics)
    ]
    if paths:
        verb = "was" if len(paths) == 1 else "were"
        yield f"{format_paths(paths)} cannot be read, and {verb} left unchanged"
