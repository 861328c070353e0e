"""The mentions in notes, kept from one build to the next."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from contextlib import suppress
from functools import partial
from pathlib import Path

from readinglog.model.note import Note
from readinglog.model.text import compute_digest
from readinglog.notebook.mentions import FindNamed, Mentions, Named
from readinglog.notebook.notebook import Notebook
from readinglog.workspace.files import compute_package_stamp
from readinglog.workspace.kept_values import KeptValues
from readinglog.workspace.parallel import map_notes

_SIZE = 16  # bytes of a digest


def find_mentions_with_cache(notebook: Notebook, cache: Path) -> Mentions:
    """Return the mentions in `notebook`.

    Those in notes that have not changed since are not found again, but taken from the folder
    `cache`, as long as all notes have the names that they had.
    """
    kept = _KeptMentions(notebook, cache)
    mentions = Mentions(notebook, find_in_notes=kept.find_in_notes)
    kept.keep()
    return mentions


class _KeptMentions:
    """The mentions in the notes of a notebook, as far as an earlier build has kept them."""

    def __init__(self, notebook: Notebook, cache: Path) -> None:
        self._notebook = notebook
        names = [(note.path, note.title, note.texts("aliases")) for note in notebook.published]
        version = f"{compute_package_stamp()} {compute_digest(repr(names)).hex()}"
        self._values = KeptValues(cache / "mentions.db", version)
        self._kept = self._values.get_all()
        self._new: dict[str, bytes] = {}

    def find_in_notes(self, find: FindNamed, notes: Sequence[Note]) -> Iterator[Sequence[Named]]:
        """Yield the mentions in each of `notes`: what is kept, else what `find` finds."""
        known = {note: self._read(note) for note in notes}
        missing = [note for note, found in known.items() if found is None]
        found = iter(list(map_notes(partial(_find_in_part, find), missing)))
        for note, named in known.items():
            yield self._add(note, next(found)) if named is None else named

    def _read(self, note: Note) -> list[Named] | None:
        data = self._kept.get(note.path, b"")
        if not data.startswith(self._make_key(note)):
            return None
        with suppress(ValueError, TypeError):
            return [Named(*each) for each in json.loads(data[_SIZE:])]
        return None

    def _add(self, note: Note, found: Sequence[Named]) -> Sequence[Named]:
        self._new[note.path] = self._make_key(note) + json.dumps(found).encode()
        return found

    def _make_key(self, note: Note) -> bytes:
        """Return a digest of a note and of what it links to."""
        linked = sorted(other.path for other in self._notebook.graph.outgoing_links[note])
        return compute_digest(repr(linked), note.source.digest)

    def keep(self) -> None:
        """Keep what was found, and of what was kept before that of the notes that are there."""
        if self._new:
            self._values.update(self._new.items(), self._notebook.by_path.keys())


def _find_in_part(find: FindNamed, notes: Sequence[Note]) -> list[Sequence[Named]]:
    return list(map(find, notes))
