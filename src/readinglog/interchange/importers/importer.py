"""What an import format is: a module that turns files of a source into proposals."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import NamedTuple, Protocol

from readinglog.interchange.importers.losses import Loss
from readinglog.model.errors import ReadinglogError
from readinglog.model.schema import Schema

FieldValue = str | tuple[str, ...]


class ImportFormatError(ReadinglogError):
    """A source that cannot be read as the format that was named."""

    exit_status = 1


class ProposedLink(NamedTuple):
    """What a link of a proposed text means: another proposal by its id, or a file by its path.

    `start` is where the link begins in the text.
    """

    start: int
    item: str = ""
    file: str = ""


@dataclass(frozen=True)
class Proposal:
    """A note as a source has it.

    `id` is the source's own; `fields` has texts by the names of fields, `keywords` what may become
    tags, `relations` the ids of other proposals by the relation. `defaults` are fields that only a
    note which is created gets. `is_own` says that the source is the writer's own notes: each of
    them becomes a note, and is published. `losses` are what the source has and the note has not.
    """

    id: str
    title: str
    fields: Mapping[str, FieldValue] = field(default_factory=dict)
    keywords: tuple[str, ...] = ()
    body: str = ""
    links: tuple[ProposedLink, ...] = ()
    relations: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    defaults: Mapping[str, FieldValue] = field(default_factory=dict)
    name: str = ""
    folder: str = ""
    is_own: bool = False
    losses: tuple[Loss, ...] = ()


class ImportResult(NamedTuple):
    """What an importer finds: proposals, and remarks on what it could not read.

    `files` has the paths in the source of the files that texts refer to otherwise, by the paths by
    which they do. `unread` are the ids of what is in the source and could not be read, so that it
    does not count as removed.
    """

    proposals: tuple[Proposal, ...]
    remarks: tuple[str, ...] = ()
    files: Mapping[str, str] = MappingProxyType({})
    unread: frozenset[str] = frozenset()


class SourceFiles(Protocol):
    """The file or the folder that is imported."""

    @property
    def name(self) -> str:
        """What messages call it."""

    @property
    def paths(self) -> tuple[str, ...]:
        """The paths of the files, relative to the folder; of a file its name."""

    def read(self, path: str, /) -> bytes:
        """Return what is in a file. Raise OSError where it cannot be read."""


class Importer(Protocol):
    """The shape of an import format's module."""

    KIND: str
    """What `readinglog import` calls the format."""

    SUMMARY: str
    """What the help says of it."""

    IS_FOLDER: bool
    """Whether a folder is imported, not a file."""

    ADDS_TAGS: bool
    """Whether its keywords become tags that the vocabulary does not have yet."""

    FORGETS: bool
    """Whether the source leaves out what is older, so that nothing is removed with it."""

    def read_proposals(self, files: SourceFiles, schema: Schema, /) -> ImportResult:
        """Return the notes that a source proposes for a log of a schema.

        Raise ImportFormatError where it is another source.
        """
