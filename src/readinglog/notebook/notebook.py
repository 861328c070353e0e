"""The notebook: all notes of a log, and what follows from their standing together."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from datetime import date
from functools import cached_property
from itertools import chain

from readinglog.model.note import Note
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
    ) -> None:
        """Notes that are in `previous`, too, take over from there what their links mean.

        `excluded` has the paths that the settings of the site leave out: those notes are checked,
        but not published.
        """
        self.excluded = frozenset(excluded)
        self.notes = assign_page_names(sorted(notes, key=lambda note: note.path), self.excluded)
        self.files = dict(files or {})
        self.outside = dict(outside or {})
        self.today = today
        self.macros = macros or {}
        self.vocabulary = vocabulary or _open_vocabulary(self.notes)
        self.names = NoteNames(self.notes)
        self.publication = Publication(self.notes, today, self.excluded)
        self.links = Links(self.names, self.files, self.outside, self.publication, self.macros)
        self.graph = LinkGraph(self.notes, self.links, self.publication)
        self.claims = Claims(self.notes, self.links, self.publication)
        self.tags = TagIndex(self.vocabulary, self.publication)
        self.authors = AuthorIndex(self.publication)
        if previous and (replaced := find_replaced(previous.notes, self.notes)) is not None:
            self.links.take_over(previous.links, replaced)

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
