"""The works of authors."""

from __future__ import annotations

from collections import defaultdict
from functools import cached_property

from readinglog.model.note import Note
from readinglog.model.slugs import to_slug
from readinglog.notebook.publication import Publication


class AuthorIndex:
    """Which published notes are of works by which authors.

    Names with the same slug, which differ in case or accents, are those of one author.
    """

    def __init__(self, publication: Publication) -> None:
        self._publication = publication

    @cached_property
    def works(self) -> dict[str, list[Note]]:
        """The notes of each author's works, newest first, by the author's slug."""
        found: dict[str, list[Note]] = defaultdict(list)
        for note in self._publication.notes:
            for slug in dict.fromkeys(map(to_slug, note.authors)):
                found[slug].append(note)
        return dict(found)

    @cached_property
    def names(self) -> dict[str, str]:
        """The name of each author by slug, as the newest note spells it."""
        return {
            to_slug(name): name for note in self._publication.notes[::-1] for name in note.authors
        }
