"""The notes before and after a note: by the day of logging, and within its topic."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple

from readinglog.model.note import Note
from readinglog.model.vocabulary import Tag
from readinglog.notebook.digests import NoteDigests
from readinglog.notebook.notebook import Notebook
from readinglog.notebook.sort_keys import oldest_first
from readinglog.parsing.formulas import write_plain
from readinglog.site.addresses import make_note_address
from readinglog.site.charts.labels import truncate
from readinglog.site.messages import translate
from readinglog.site.views.rows import NoteLink

_LONGEST_NAME = 36  # letters


@dataclass(frozen=True, slots=True)
class Step:
    """A link to the note before or after; `rel` is what it is for browsers, or ''."""

    words: str
    rel: str
    note: NoteLink


@dataclass(frozen=True, slots=True)
class StepGroup:
    """The notes before and after in one order."""

    name: str
    steps: tuple[Step, ...]


class _Neighbours(NamedTuple):
    """The notes before and after a note in some order."""

    previous: Note | None
    next: Note | None


class NoteOrders:
    """The orders of notes: by the day of logging, and within a topic by the age of the work."""

    def __init__(self, notebook: Notebook) -> None:
        self._notebook = notebook
        self._by_date = _find_neighbours(notebook.published)
        self._by_topic: dict[str, dict[Note, _Neighbours]] = {}

    def list_steps(self, note: Note) -> tuple[StepGroup, ...]:
        """Return the links to the notes around `note`, each once; only a work with tags has those
        by topic.
        """
        newer, older = self._by_date[note]
        by_date = self._make_steps(
            (translate("Previous"), "prev", older), (translate("Next"), "next", newer)
        )
        shown = {step.note for step in by_date}
        by_topic = tuple(step for step in self._list_in_topic(note) if step.note not in shown)
        groups = (StepGroup("By date", by_date), StepGroup("By topic", by_topic))
        return tuple(group for group in groups if group.steps)

    def describe_steps(self, note: Note, digests: NoteDigests) -> object:
        """Return what decides, besides the vocabulary, about the steps of `note`."""
        root = self._find_topic(note)
        by_topic = self._order_topic(root)[note] if root else ()
        around = (*self._by_date[note], *by_topic)
        return [digests.get_label(other) if other else b"" for other in around]

    def _list_in_topic(self, note: Note) -> tuple[Step, ...]:
        root = self._find_topic(note)
        if root is None:
            return ()
        earlier, later = self._order_topic(root)[note]
        return self._make_steps(
            (translate("Previous in {tag}", tag=root.name), "", earlier),
            (translate("Next in {tag}", tag=root.name), "", later),
        )

    def _find_topic(self, note: Note) -> Tag | None:
        """Return the root of the first tag of a note, or None for a hub or a note without tags."""
        tags = self._notebook.tags.get_tags(note)
        return self._notebook.vocabulary.get_path(tags[0])[0] if tags and not note.is_hub else None

    def _order_topic(self, root: Tag) -> dict[Note, _Neighbours]:
        if root.key not in self._by_topic:
            works = sorted(self._notebook.tags.get_works(root), key=oldest_first)
            self._by_topic[root.key] = _find_neighbours(works)
        return self._by_topic[root.key]

    def _make_steps(self, *steps: tuple[str, str, Note | None]) -> tuple[Step, ...]:
        return tuple(
            Step(words, rel, NoteLink(self._name(note), make_note_address(note)))
            for words, rel, note in steps
            if note
        )

    def _name(self, note: Note) -> str:
        """Return what a step calls a note: its short name, which can be the whole of a long title,
        in one line.
        """
        name = note.short_name
        if len(name) <= _LONGEST_NAME:
            return name
        return truncate(write_plain(name, self._notebook.macros), _LONGEST_NAME)


def _find_neighbours(notes: Sequence[Note]) -> dict[Note, _Neighbours]:
    """Return the notes before and after each of `notes`."""
    around = (None, *notes, None)
    return {note: _Neighbours(around[at], around[at + 2]) for at, note in enumerate(notes)}
