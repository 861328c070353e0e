"""The notebook: all notes of a log, and what follows from their standing together."""

from __future__ import annotations

import posixpath
from collections.abc import Collection, Iterable, Mapping
from datetime import date
from functools import cached_property
from itertools import chain

from readinglog.model.note import Note
from readinglog.model.removals import Removals
from readinglog.model.slugs import fold
from readinglog.model.vocabulary import Vocabulary
from readinglog.notebook.author_index import AuthorIndex
from readinglog.notebook.claims import Claims
from readinglog.notebook.disputes import Dispute, list_disputes
from readinglog.notebook.link_graph import LinkGraph
from readinglog.notebook.links import Links
from readinglog.notebook.names import NoteNames, find_replaced
from readinglog.notebook.page_names import assign_page_names
from readinglog.notebook.publication import Publication
from readinglog.notebook.results import Results
from readinglog.notebook.tag_index import TagIndex
from readinglog.parsing.latex.macros import Macros


class Notebook:
    """Notes in order of path, the vocabulary, the other files, and the day of reading.

    `files` maps the path of each file that is no note to the reason why it may not be published, ''
    where it may. `macros` are those that formulas may use in every note. `outside` maps the paths
    of files out of the notes folder, such as `../train.py`, to their addresses on the web, '' where
    the repository has none.
    """

    def __init__(
        self,
        notes: Iterable[Note],
        vocabulary: Vocabulary | None = None,
        files: Mapping[str, str] | None = None,
        today: date | None = None,
        macros: Macros | None = None,
        previous: Notebook | None = None,
        excluded: Collection[str] = (),
        outside: Mapping[str, str] | None = None,
        site_files: Collection[str] = (),
        people: Collection[str] = (),
        removals: Removals | None = None,
    ) -> None:
        """Notes that are in `previous`, too, take over from there what their links mean.

        `excluded` has the paths that the settings of the site leave out: those notes can be linked
        to, but are neither checked nor published. `site_files` has the paths of files that the site
        itself uses, such as styles. `people` are those who may write notes, none where everybody
        may; `removals` are the notes that were removed.
        """
        self.excluded = frozenset(excluded)
        self.files = dict(files or {})
        attachments = [path for path, obstacle in self.files.items() if not obstacle]
        in_order = sorted(notes, key=lambda note: note.path)
        self.notes = assign_page_names(in_order, self.excluded, attachments)
        self.outside = dict(outside or {})
        self.site_files = frozenset(site_files)
        self.today = today
        self.macros = macros or {}
        self.people = tuple(people)
        self.removals = removals or Removals()
        self.vocabulary = vocabulary or _open_vocabulary(self.notes)
        self.names = NoteNames(self.notes)
        self.publication = Publication(self.notes, today, self.excluded, attachments)
        self.links = Links(self.names, self.files, self.outside, self.publication, self.macros)
        self.graph = LinkGraph(self.notes, self.links, self.publication)
        self.claims = Claims(self.notes, self.links, self.publication)
        self.tags = TagIndex(self.vocabulary, self.publication)
        self.authors = AuthorIndex(self.publication)
        if previous and self._has_same_targets(previous):
            replaced = find_replaced(previous.notes, self.notes)
            if replaced is not None:
                self.links.take_over(previous.links, replaced)

    def _has_same_targets(self, previous: Notebook) -> bool:
        """Return whether no file has come or gone since that a note is named like."""
        changed = self.files.keys() ^ previous.files.keys()
        names = self.names.by_name if changed else {}
        return not any(fold(posixpath.basename(path)) in names for path in changed)

    def with_notes(self, notes: Iterable[Note], vocabulary: Vocabulary | None = None) -> Notebook:
        """Return the notebook that has other notes and perhaps another closed vocabulary."""
        if vocabulary is None and self.vocabulary.is_closed:
            vocabulary = self.vocabulary
        return Notebook(
            notes,
            vocabulary,
            self.files,
            self.today,
            self.macros,
            excluded=self.excluded,
            outside=self.outside,
            site_files=self.site_files,
            people=self.people,
            removals=self.removals,
        )

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
