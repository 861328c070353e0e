"""The mentions in notes, kept from one build to the next."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from contextlib import suppress
from functools import partial
from pathlib import Path

from readinglog.model.note import Note
from readinglog.model.text import compute_digest
from readinglog.notebook.mentions import FindNamed, Mentions, Named, split_name
from readinglog.notebook.notebook import Notebook
from readinglog.workspace.files import compute_package_stamp
from readinglog.workspace.kept_values import KeptValues, dump_json
from readinglog.workspace.parallel import map_notes

_SIZE = 16  # bytes of a digest
_NAMES = "/"  # the key of the names that notes had, in the place of a path
_FEW = 20  # notes: the mentions of so many with new names are looked for apart
_Names = dict[str, list[str]]  # the title and the aliases of notes, by their paths


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
        self._names = {
            note.path: [note.title, *note.texts("aliases")] for note in notebook.published
        }
        former = self._read_names()
        self._renamed = _find_renamed(former, self._names)
        if len(self._renamed) > _FEW:
            self._kept = {}
        self._new: dict[str, bytes] = {}
        if former != self._names:
            self._new[_NAMES] = dump_json(self._names)

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
            others = [each for each in named if each.path not in self._renamed]
            all_ = [*others, *renamed.get(note, ())]
            yield named if all_ == named else self._add(note, all_)

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

    def _read_names(self) -> _Names:
        """Return the names that notes had."""
        with suppress(ValueError):
            names = json.loads(self._kept.get(_NAMES, b""))
            if isinstance(names, dict):
                return names
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
            self._values.update(self._new.items(), {_NAMES, *self._notebook.by_path})


def _find_renamed(former: _Names, now: _Names) -> set[str]:
    """Return the paths of the notes that have other names than before, and of those with a name
    that one of them has or had: a text names but one note by it.
    """
    changed = {path for path in {*former, *now} if former.get(path) != now.get(path)}
    if len(changed) > _FEW:
        return changed
    names = {
        split_name(name)
        for names in (former, now)
        for path in changed
        for name in names.get(path, ())
    }
    return changed | {
        path for path, own in now.items() if not names.isdisjoint(map(split_name, own))
    }


def _find_in_part(find: FindNamed, notes: Sequence[Note]) -> list[Sequence[Named]]:
    return list(map(find, notes))
