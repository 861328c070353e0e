"""The texts of notes for the index of the search, kept from one run to the next."""

from __future__ import annotations

import json
from contextlib import suppress
from pathlib import Path
from typing import cast

from readinglog.model.note import Note
from readinglog.notebook.digests import NoteDigests
from readinglog.notebook.notebook import Notebook
from readinglog.search.index_writer import IndexFiles, NoteText, describe_text, make_index
from readinglog.workspace.files import compute_package_stamp
from readinglog.workspace.kept_values import KeptValues


def make_index_with_cache(notebook: Notebook, cache: Path) -> IndexFiles:
    """Return the files of the index of `notebook`.

    Texts that an earlier run has kept in the folder `cache` are not made again.
    """
    texts = _KeptTexts(cache, notebook)
    files = make_index(notebook, texts.describe)
    texts.keep({note.path for note in notebook.notes})
    return files


class _KeptTexts:
    """The texts of the notes of a notebook, by path with digests of what they are made of."""

    def __init__(self, cache: Path, notebook: Notebook) -> None:
        self._values = KeptValues(cache / "texts.db", compute_package_stamp())
        self._digests = NoteDigests(notebook)
        self._new: dict[str, bytes] = {}

    def describe(self, note: Note, notebook: Notebook) -> NoteText:
        """Return the text of a note for the index."""
        digest = self._digests.get(note).hex()
        with suppress(ValueError, TypeError, KeyError):
            kept = json.loads(self._values.get(note.path) or b"")
            if kept["digest"] == digest:
                return cast("NoteText", kept["sections"])
        sections = describe_text(note, notebook)
        kept = {"digest": digest, "sections": sections}
        self._new[note.path] = json.dumps(kept).encode()
        return sections

    def keep(self, paths: set[str]) -> None:
        """Keep new texts, and of those that were kept the ones at `paths`, if any is new."""
        if self._new:
            self._values.update(self._new.items(), paths)
