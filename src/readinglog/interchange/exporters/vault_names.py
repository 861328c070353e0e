"""The names of files in a vault, and how links spell them."""

from __future__ import annotations

import posixpath
import re
from collections import Counter
from functools import cached_property

from readinglog.model.note import Note
from readinglog.model.slugs import make_unique
from readinglog.notebook.notebook import Notebook

_NOT_IN_LINKS = re.compile(r"[\[\]#^|]+")


class VaultNames:
    """Where the notes of a log are in a vault; to links of Obsidian, case is nothing."""

    def __init__(self, notebook: Notebook) -> None:
        self._files = notebook.files
        self.paths: dict[Note, str] = {}
        taken: dict[str, int] = {}
        for note in notebook.notes:
            wanted = _NOT_IN_LINKS.sub("-", posixpath.splitext(note.path)[0])
            unique = make_unique(wanted.casefold(), taken)
            self.paths[note] = f"{wanted}{unique[len(wanted.casefold()) :]}.md"

    @cached_property
    def _stems(self) -> Counter[str]:
        return Counter(self.get_stem(note).casefold() for note in self.paths)

    @cached_property
    def _file_names(self) -> Counter[str]:
        return Counter(posixpath.basename(path).casefold() for path in self._files)

    def get_stem(self, note: Note) -> str:
        """Return the name of the note's file, without its suffix."""
        return posixpath.splitext(posixpath.basename(self.paths[note]))[0]

    def spell(self, note: Note) -> str:
        """Return what a wikilink to `note` is: its name, or its path where others share that."""
        stem = self.get_stem(note)
        is_unique = self._stems[stem.casefold()] == 1
        return stem if is_unique else self._get_path(note)

    def choose(self, words: str, note: Note) -> str:
        """Return `words` where they lead to `note` in the vault, else what does."""
        spelling = self.spell(note)
        known = (spelling.casefold(), self._get_path(note).casefold())
        return words if words.removesuffix(".md").casefold() in known else spelling

    def is_file(self, words: str, path: str) -> bool:
        """Return whether a wikilink of these words leads to the attachment at `path`."""
        if words == path:
            return True
        return words == posixpath.basename(path) and self._file_names[words.casefold()] == 1

    def _get_path(self, note: Note) -> str:
        return posixpath.splitext(self.paths[note])[0]
