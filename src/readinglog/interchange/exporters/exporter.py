"""What an export of the whole log is: a module or object that makes the files of one."""

from __future__ import annotations

from collections.abc import Collection
from typing import NamedTuple, Protocol

from readinglog.model.note import Note
from readinglog.model.text import pluralize
from readinglog.notebook.notebook import Notebook


class ExportedFile(NamedTuple):
    """A file of an export, by its path below the folder of the export."""

    path: str
    data: bytes


class CopiedFile(NamedTuple):
    """A file of an export that is a copy of the one at `source` in the notes folder."""

    path: str
    source: str


class Export(NamedTuple):
    """The files of an export, how many notes it has and what of, what to do next with it, and what
    to know about it.
    """

    files: tuple[ExportedFile | CopiedFile, ...]
    content: str
    next_step: str = ""
    remarks: tuple[str, ...] = ()


def describe_content(notes: Collection[Note], noun: str = "note") -> str:
    """Return how many notes an export has, and how many of them are drafts."""
    drafts = sum(note.is_draft for note in notes)
    counted = pluralize(len(notes), noun)
    if not drafts:
        return counted
    if len(notes) == 1:
        return f"{counted}, a draft,"
    return f"{counted}, {drafts:,} of them {'a draft' if drafts == 1 else 'drafts'},"


class Exporter(Protocol):
    """The shape of an exporter."""

    @property
    def SUMMARY(self) -> str:  # noqa: N802 - a constant of a module
        """What the export is, in a few words."""

    def make_export(self, notebook: Notebook, name: str, /) -> Export:
        """Return an export of all notes, drafts too, whose file or folder is called `name`."""
