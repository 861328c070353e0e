"""The diagnostics of notes, kept from one check to the next."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path

from readinglog.lint.linter import CheckNote, check_notebook
from readinglog.model.diagnostic import Diagnostic, Severity
from readinglog.model.note import Note
from readinglog.model.text import Source, compute_digest
from readinglog.notebook.notebook import Notebook
from readinglog.workspace.files import compute_package_stamp
from readinglog.workspace.kept_values import KeptValues
from readinglog.workspace.packed_notes import pack_diagnostics, unpack_diagnostics

_SIZE = 16  # bytes of a digest
_ANY_LINKS = bytes(_SIZE)  # where it is nothing to a note what others lead to


def check_with_cache(
    notebook: Notebook, severities: Mapping[str, Severity], cache: Path | None
) -> list[Diagnostic]:
    """Return what `check_notebook` does; what an earlier check has kept in the folder `cache`, if
    there is one, is not found again.
    """
    if cache is None:
        return check_notebook(notebook, severities)
    kept = KeptDiagnostics(cache, notebook, severities)
    found = check_notebook(notebook, severities, find_in_note=kept.get)
    kept.keep()
    return found


class KeptDiagnostics:
    """The diagnostics of the notes of a notebook, as far as an earlier check has kept them in the
    folder `cache`: those of notes that have not changed, if what links lead to has not, either.
    """

    def __init__(self, cache: Path, notebook: Notebook, severities: Mapping[str, Severity]) -> None:
        self._notebook = notebook
        self._values = KeptValues(cache / "diagnostics.db", compute_package_stamp())
        self._kept = self._values.get_all()
        self._new: dict[str, bytes] = {}
        outlines = [note.outline for note in notebook.notes]
        around = repr((*_list_surroundings(notebook), sorted(severities.items())))
        self._targets = compute_digest(around, b"".join(each.targets for each in outlines))
        self._links = compute_digest("", b"".join(each.links for each in outlines))

    def get(self, note: Note, check: CheckNote) -> Iterable[Diagnostic]:
        """Return what an earlier check has found in a note, else what `check` finds."""
        kept = self._kept.get(note.path, b"")
        key = compute_digest("", note.source.digest + self._targets)
        if kept.startswith((key + _ANY_LINKS, key + self._links)):
            found = unpack_diagnostics(kept[2 * _SIZE :], self._find_source)
            if found is not None:
                return found
        new = tuple(check())
        # What leads to a note counts only where it leads nowhere itself.
        links = _ANY_LINKS if self._notebook.links.leads_to_others(note) else self._links
        self._new[note.path] = key + links + pack_diagnostics(new)
        return new

    def keep(self) -> None:
        """Keep what was found, and of what was kept before that of the notes that are there."""
        if self._new:
            self._values.update(self._new.items(), self._notebook.by_path.keys())

    def _find_source(self, path: str) -> Source:
        return self._notebook.by_path[path].source


def _list_surroundings(notebook: Notebook) -> Iterator[object]:
    """Yield what the diagnostics of all notes depend on besides the notes, as it can be printed."""
    around = notebook.surroundings
    yield from (notebook.today, notebook.schema.key, around.files, sorted(around.excluded))
    yield from (sorted(around.outside.items()), sorted(around.macros.items()), around.people)
    yield from (
        file.digest for file in (notebook.vocabulary.source, around.removals.source) if file
    )
