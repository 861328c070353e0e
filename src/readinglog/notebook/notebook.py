"""The notebook: all notes of a log, and what follows from their standing together."""

from __future__ import annotations

import posixpath
from collections.abc import Iterable
from datetime import date
from functools import cached_property
from itertools import chain

from readinglog.model.note import Note
from readinglog.model.schema import BUILT_IN, Schema
from readinglog.model.slugs import fold
from readinglog.model.vocabulary import Vocabulary
from readinglog.notebook.author_index import AuthorIndex
from readinglog.notebook.claims import Claims
from readinglog.notebook.disputes import Dispute, list_disputes
from readinglog.notebook.link_graph import LinkGraph
from readinglog.notebook.links import Links
from readinglog.notebook.names import NoteNames, find_name_changes
from readinglog.notebook.page_names import assign_page_names
from readinglog.notebook.publication import Publication
from readinglog.notebook.repeated_words import RepeatedWords
from readinglog.notebook.results import Results
from readinglog.notebook.surroundings import NO_SURROUNDINGS, Surroundings
from readinglog.notebook.tag_index import TagIndex


class Notebook:
    """Notes in order of path, the vocabulary, what surrounds the notes, and the day of reading.

    `schema` has the fields and kinds of the log.
    """

    def __init__(
        self,
        notes: Iterable[Note],
        vocabulary: Vocabulary | None = None,
        surroundings: Surroundings = NO_SURROUNDINGS,
        today: date | None = None,
        previous: Notebook | None = None,
        schema: Schema = BUILT_IN,
    ) -> None:
        """Notes that are in `previous`, too, take over from there what their links mean."""
        self.schema = schema
        self.surroundings = surroundings
        self.files = surroundings.files
        self.macros = surroundings.macros
        self.excluded = frozenset(surroundings.excluded)
        self.people = tuple(surroundings.people)
        self.removals = surroundings.removals
        self.today = today
        attachments = [path for path, obstacle in self.files.items() if not obstacle]
        in_order = sorted(notes, key=lambda note: note.path)
        self.notes = assign_page_names(in_order, self.excluded, attachments)
        found = vocabulary or _open_vocabulary(self.notes)
        self.vocabulary = found.with_colours(schema.colours)
        self.names = NoteNames(self.notes)
        self.publication = Publication(self.notes, today, self.excluded, attachments)
        self.links = Links(
            self.names, self.files, surroundings.outside, self.publication, self.macros
        )
        self.graph = LinkGraph(self.notes, self.links, self.publication)
        self.words = RepeatedWords(self.publication)
        self.claims = Claims(self.links, self.publication)
        self.tags = TagIndex(self.vocabulary, self.publication)
        self.authors = AuthorIndex(self.publication)
        if previous and self._has_same_targets(previous):
            changes = find_name_changes(previous.notes, self.notes)
            self.links.take_over(previous.links, changes)
            if (today, self.excluded) == (previous.today, previous.excluded):
                self.graph.take_over(previous.graph)
                self.words.take_over(previous.words)

    def _has_same_targets(self, previous: Notebook) -> bool:
        """Return whether no file has come or gone since that a note is named like."""
        changed = self.files.keys() ^ previous.files.keys()
        names = self.names.by_name if changed else {}
        return not any(fold(posixpath.basename(path)) in names for path in changed)

    def with_notes(self, notes: Iterable[Note], vocabulary: Vocabulary | None = None) -> Notebook:
        """Return the notebook of the same log with other notes, and with another vocabulary where
        one is given.
        """
        if vocabulary is None and self.vocabulary.is_closed:
            vocabulary = self.vocabulary
        return Notebook(notes, vocabulary, self.surroundings, self.today, schema=self.schema)

    @cached_property
    def by_path(self) -> dict[str, Note]:
        """Notes by path."""
        return {note.path: note for note in self.notes}

    @cached_property
    def results(self) -> Results:
        """What the published claims measured."""
        return Results(self.claims.published)

    @cached_property
    def disputes(self) -> list[Dispute]:
        """What published notes dispute, the dispute that changed last first."""
        return list_disputes(self.published, self.links, self.graph, self.claims)

    @property
    def published(self) -> list[Note]:
        """The notes that get a page, newest first."""
        return self.publication.notes


def _open_vocabulary(notes: Iterable[Note]) -> Vocabulary:
    tags = (note.texts("tags") for note in notes if not note.is_draft and not note.is_page)
    return Vocabulary.from_texts(chain.from_iterable(tags))
