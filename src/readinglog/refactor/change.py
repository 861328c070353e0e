"""What a renaming makes of the files, or why it is refused."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import NamedTuple

from readinglog.model.text import Edit, Source, apply_edits, with_bom
from readinglog.notebook.notebook import Notebook

Edits = Mapping[Source, Iterable[Edit]]
UNREAD = frozenset(
    {"unreadable-file", "not-utf8", "too-large"}
)  # what keeps the text of a note from being known
_NAMED = 5  # files that one line names


class Refused(NamedTuple):
    """Why nothing is done, and what to write or do instead: one sentence."""

    message: str


class Change(NamedTuple):
    """Files by path as they are and as they will be: whole texts with their byte order marks, None where there is no file.

    `moves` gives the old path of each file that gets a new one. `done` says in one line what was done, `remarks` what to know of it.
    """

    before: Mapping[str, str | None]
    after: Mapping[str, str | None]
    moves: Mapping[str, str]
    done: str
    remarks: tuple[str, ...] = ()


def edit_sources(edits: Edits) -> dict[Source, str]:
    """The new texts of the sources that `edits` change."""
    texts = {source: apply_edits(source.text, made) for source, made in edits.items()}
    return {source: text for source, text in texts.items() if text != source.text}


def make_change(
    notebook: Notebook,
    texts: Mapping[Source, str],
    done: str,
    remarks: Iterable[str] = (),
    moved: tuple[Source, str] | None = None,
) -> Change:
    """The change that gives sources of `notebook` the new `texts`; the source that is `moved` goes to the path beside it."""
    source, path = moved or (None, "")
    before: dict[str, str | None] = {each.path: with_bom(each, each.text) for each in texts}
    after: dict[str, str | None] = {
        path if each is source else each.path: with_bom(each, text) for each, text in texts.items()
    }
    moves = {path: source.path} if source else {}
    return Change(
        dict.fromkeys(after) | before,
        dict.fromkeys(before) | after,
        moves,
        done,
        (*remarks, *_unread(notebook)),
    )


def list_paths(paths: Sequence[str]) -> str:
    """The first of these paths, and how many more there are."""
    shown, more = [f"`{path}`" for path in paths[:_NAMED]], len(paths) - _NAMED
    if more > 0:
        return f"{', '.join(shown)} and {more} more"
    return " and ".join(filter(None, (", ".join(shown[:-1]), shown[-1])))


def _unread(notebook: Notebook) -> Iterator[str]:
    """That notes, which may say what was renamed, cannot be read."""
    paths = [
        note.path
        for note in notebook.notes
        if any(problem.rule in UNREAD for problem in note.diagnostics)
    ]
    if paths:
        yield f"{list_paths(paths)} cannot be read, and {'was left as it is' if len(paths) == 1 else 'were left as they are'}"
