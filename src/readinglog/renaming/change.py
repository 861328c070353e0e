"""What a renaming makes of the files, or why it is refused."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import NamedTuple

from readinglog.text import Edit, Source, apply, marked

Edits = Mapping[Source, Iterable[Edit]]


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


def edited(edits: Edits) -> dict[Source, str]:
    """The new texts of the sources that `edits` change."""
    texts = {source: apply(source.text, made) for source, made in edits.items()}
    return {source: text for source, text in texts.items() if text != source.text}


def change(texts: Mapping[Source, str], done: str, remarks: Iterable[str] = (), moved: tuple[Source, str] | None = None) -> Change:
    """The change that gives sources the new `texts`; the source that is `moved` goes to the path beside it."""
    source, path = moved or (None, "")
    before: dict[str, str | None] = {each.path: marked(each, each.text) for each in texts}
    after: dict[str, str | None] = {path if each is source else each.path: marked(each, text) for each, text in texts.items()}
    moves = {path: source.path} if source else {}
    return Change(dict.fromkeys(after) | before, dict.fromkeys(before) | after, moves, done, tuple(remarks))
