"""The mentions in notes, kept from one build to the next."""

from __future__ import annotations

import json
from collections.abc import Collection, Iterator, Sequence
from contextlib import suppress
from functools import partial
from pathlib import Path

from readinglog.model.note import Note
from readinglog.model.text import compute_digest
from readinglog.notebook.mentions import FindNamed, Mentions, Named, list_names
from readinglog.notebook.notebook import Notebook
from readinglog.workspace.files import compute_package_stamp
from readinglog.workspace.kept_values import KeptValues, dump_json
from readinglog.workspace.parallel import map_notes

_SIZE = 16  # bytes of a digest
_MEANT = "/"  # the key of what names meant, in the place of a path
_FEW = 20  # notes: the mentions of so many with new names are looked for apart
_Meant = dict[str, str]  # the path of the note that is meant by each name


def find_mentions_with_cache(notebook: Notebook, cache: Path) -> Mentions:
    """Return the mentions in `notebook`.

    Those in notes that have not changed since are not found again, but taken from the folder
    `cache`; where a few notes have other names than before, only these are looked for.
    """
    kept = _KeptMentions(notebook, cache)
    mentions = Mentions(notebook, find_in_notes=kept.find_in_notes)
    kept.keep()
    return mentions


class _KeptMentions:
    """The mentions in the notes of a notebook, as far as an earlier build has kept them."""

    def __init__(self, notebook: Notebook, cache: Path) -> None:
        self._notebook = notebook
        self._values = KeptValues(cache / "mentions.db", compute_package_stamp())
        self._kept = self._values.get_all()
        self._new: dict[str, bytes] = {}
        named = [
            (" ".join(name), note.path) for note in notebook.published for name in list_names(note)
        ]
        former, meant = self._read_meant(), dict(named)
        if former != meant:
            self._new[_MEANT] = dump_json(meant)
        self._renamed = _find_renamed(former, meant, named)
        if len(self._renamed) > _FEW:
            self._kept = {}

    def find_in_notes(self, find: FindNamed, notes: Sequence[Note]) -> Iterator[Sequence[Named]]:
        """Yield the mentions in each of `notes`: what is kept, else what `find` finds."""
        known = {note: self._read(note) for note in notes}
        missing = [note for note, found in known.items() if found is None]
        found = iter(list(map_notes(partial(_find_in_part, find), missing)))
        renamed = self._find_in_renamed() if len(missing) < len(notes) else {}
        for note, named in known.items():
            if named is None:
                yield self._add(note, next(found))
                continue
            now = [each for each in named if each.path not in self._renamed]
            now += renamed.get(note, ())
            yield named if now == named else self._add(note, now)

    def _find_in_renamed(self) -> dict[Note, Sequence[Named]]:
        """Return where each note names one of those with other names than before."""
        found: dict[Note, Sequence[Named]] = {}

        def collect(find: FindNamed, notes: Sequence[Note]) -> list[Sequence[Named]]:
            named = list(map_notes(partial(_find_in_part, find), notes))
            found.update(zip(notes, named, strict=True))
            return named

        targets = [note for note in self._notebook.published if note.path in self._renamed]
        Mentions(self._notebook, targets, collect)
        return found

    def _read_meant(self) -> _Meant:
        """Return which note was meant by each name."""
        with suppress(ValueError):
            meant = json.loads(self._kept.get(_MEANT, b""))
            if isinstance(meant, dict) and all(isinstance(path, str) for path in meant.values()):
                return meant
        return {}

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
            self._values.update(self._new.items(), {_MEANT, *self._notebook.by_path})


def _find_renamed(former: _Meant, meant: _Meant, named: Collection[tuple[str, str]]) -> set[str]:
    """Return the paths of the notes that are meant by other names than before, and of all that
    share a name with one of them: these are found together, or not at all.

    `named` has the names with the paths of all notes that have them.
    """
    changed = [name for name in {*former, *meant} if former.get(name) != meant.get(name)]
    found = {path for name in changed for path in (former.get(name), meant.get(name)) if path}
    size = 0
    while size < len(found) <= _FEW:
        size = len(found)
        names = {name for name, path in named if path in found}
        found |= {path for name, path in named if name in names}
    return found


def _find_in_part(find: FindNamed, notes: Sequence[Note]) -> list[Sequence[Named]]:
    return list(map(find, notes))
