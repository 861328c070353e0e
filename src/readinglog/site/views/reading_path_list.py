"""Reading paths: notes in the order in which to read them, with how long that takes.

What a browser has marked as read is its own: scripts cross it out, by the names of the note.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from readinglog.model.note import Note
from readinglog.notebook.notebook import Notebook
from readinglog.notebook.reading_paths import estimate_minutes
from readinglog.site.addresses import make_note_address


@dataclass(frozen=True, slots=True)
class PathStep:
    """A note on a path; `names` are its name and its former ones, with `/` between them."""

    title: str
    address: str
    names: str
    minutes: int


@dataclass(frozen=True, slots=True)
class ReadingPath:
    """The notes of a path in order, and how many minutes all of them take to read."""

    steps: tuple[PathStep, ...]
    minutes: int


def make_reading_path(notes: Sequence[Note], notebook: Notebook) -> ReadingPath | None:
    """Return a path through `notes`, or None where there are none."""
    steps = tuple(
        PathStep(
            title=note.title,
            address=make_note_address(note),
            names=notebook.publication.join_names(note),
            minutes=estimate_minutes(note),
        )
        for note in notes
    )
    return ReadingPath(steps, sum(step.minutes for step in steps)) if steps else None
