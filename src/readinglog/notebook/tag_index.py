"""The tags of notes, and the notes of tags."""

from __future__ import annotations

from collections import defaultdict
from functools import cached_property

from readinglog.model.note import Note
from readinglog.model.vocabulary import Tag, Vocabulary
from readinglog.notebook.publication import Publication


class TagIndex:
    """Which published notes have which tags."""

    def __init__(self, vocabulary: Vocabulary, publication: Publication) -> None:
        self._vocabulary = vocabulary
        self._publication = publication
        self._tags: dict[Note, list[Tag]] = {}

    def get_tags(self, note: Note) -> list[Tag]:
        """Return the known tags of `note`, each once, in the order in which they are written."""
        if note not in self._tags:
            found = (self._vocabulary.find(text) for text in note.texts("tags"))
            self._tags[note] = list({tag.key: tag for tag in found if tag}.values())
        return self._tags[note]

    def get_hue(self, note: Note) -> int:
        """Return the number of the colour of a note's first tag, 0 where it has none."""
        tags = self.get_tags(note)
        return self._vocabulary.get_hue(tags[0]) if tags else 0

    @cached_property
    def notes(self) -> dict[str, list[Note]]:
        """Published notes, newest first, by the keys of their tags and of the tags above these."""
        found: dict[str, list[Note]] = defaultdict(list)
        for note in self._publication.notes:
            for key in dict.fromkeys(
                step.key for tag in self.get_tags(note) for step in self._vocabulary.get_path(tag)
            ):
                found[key].append(note)
        return dict(found)

    def get_works(self, tag: Tag) -> list[Note]:
        """Return the works with `tag` or a tag below it, newest first; hubs are no works."""
        return [note for note in self.notes.get(tag.key, ()) if not note.is_hub]

    @cached_property
    def hubs(self) -> dict[str, Note]:
        """The hub of each tag by the tag's key: the newest hub whose first tag it is."""
        found: dict[str, Note] = {}
        for note in self._publication.notes:
            if note.is_hub and (tags := self.get_tags(note)):
                found.setdefault(tags[0].key, note)
        return found
