"""The diagnostics of notes, kept from one check to the next."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import partial
from pathlib import Path
from typing import NamedTuple

from readinglog.lint.linter import CheckNote, check_notebook
from readinglog.lint.seen_by_rules import compute_links_digest, compute_targets_digest
from readinglog.model.diagnostic import Diagnostic, Severity
from readinglog.model.note import Note
from readinglog.model.text import compute_digest
from readinglog.notebook.notebook import Notebook
from readinglog.workspace.files import compute_package_stamp
from readinglog.workspace.kept_values import KeptValues
from readinglog.workspace.packed_notes import pack_diagnostics, unpack_diagnostics
from readinglog.workspace.parallel import are_many, map_notes

_SIZE = 16  # bytes of a digest
_ANY_LINKS = bytes(_SIZE)  # where it is nothing to a note what others lead to


def check_with_cache(
    notebook: Notebook,
    severities: Mapping[str, Severity],
    cache: Path | None,
    *,
    resolves_links: bool = False,
) -> list[Diagnostic]:
    """Return what `check_notebook` does; what an earlier check has kept in the folder `cache`, if
    there is one, is not found again.

    With `resolves_links`, this process finds what links mean while others check: what comes after,
    such as a build, needs it too.
    """
    if cache is None:
        in_parts = partial(_check_notes, notebook, resolves_links=resolves_links)
        return check_notebook(notebook, severities, check_notes=in_parts)
    kept = KeptDiagnostics(cache, notebook, severities, resolves_links=resolves_links)
    found = check_notebook(notebook, severities, check_notes=kept.check_notes)
    kept.keep()
    return found


class KeptDiagnostics:
    """The diagnostics of the notes of a notebook, as far as an earlier check has kept them in the
    folder `cache`: those of notes that have not changed, if what links lead to has not, either.
    """

    def __init__(
        self,
        cache: Path,
        notebook: Notebook,
        severities: Mapping[str, Severity],
        *,
        resolves_links: bool = False,
    ) -> None:
        self._notebook = notebook
        self._resolves_links = resolves_links
        self._values = KeptValues(cache / "diagnostics.db", compute_package_stamp())
        self._kept = self._values.get_all()
        self._new: dict[str, bytes] = {}
        settings = repr(sorted(severities.items()))
        self._targets = compute_digest(settings, compute_targets_digest(notebook))
        self._links = compute_links_digest(notebook)

    def check_notes(
        self, check: CheckNote, notes: Sequence[Note]
    ) -> Iterator[Iterable[Diagnostic]]:
        """Yield what an earlier check has found in each of `notes`, else what `check` finds."""
        known = {note: self._read(note) for note in notes}
        missing = [note for note, found in known.items() if found is None]
        new = _check_in_parts(self._notebook, check, missing, resolves_links=self._resolves_links)
        for note, found in known.items():
            yield self._add(note, next(new)) if found is None else found

    def _read(self, note: Note) -> tuple[Diagnostic, ...] | None:
        kept, key = self._kept.get(note.path, b""), self._make_key(note)
        if not kept.startswith((key + _ANY_LINKS, key + self._links)):
            return None
        return unpack_diagnostics(kept[2 * _SIZE :], self._notebook.by_path)

    def _add(self, note: Note, checked: _Checked) -> Iterable[Diagnostic]:
        # What leads to a note counts only where it leads nowhere itself.
        links = _ANY_LINKS if checked.leads_to_others else self._links
        self._new[note.path] = self._make_key(note) + links + checked.packed
        return checked.found

    def _make_key(self, note: Note) -> bytes:
        return compute_digest("", note.source.digest + self._targets)

    def keep(self) -> None:
        """Keep what was found, and of what was kept before that of the notes that are there."""
        if self._new:
            self._values.update(self._new.items(), self._notebook.by_path.keys())


class _Checked(NamedTuple):
    """What is found in a note, as it is and packed; and whether a link in it leads to another."""

    found: Iterable[Diagnostic]
    packed: bytes
    leads_to_others: bool


def _check_notes(
    notebook: Notebook, check: CheckNote, notes: Sequence[Note], *, resolves_links: bool
) -> Iterator[Iterable[Diagnostic]]:
    """Yield what `check` finds in each of `notes`."""
    checks = _check_in_parts(notebook, check, notes, resolves_links=resolves_links)
    return (checked.found for checked in checks)


def _check_in_parts(
    notebook: Notebook, check: CheckNote, notes: Sequence[Note], *, resolves_links: bool
) -> Iterator[_Checked]:
    """Yield what `check` finds in each of `notes`, of many in parallel processes."""
    if not are_many(notes):
        for note in notes:
            known = tuple(check(note))
            leads = notebook.links.leads_to_others(note)
            yield _Checked(known, pack_diagnostics(known), leads)
        return
    check(notes[0])  # which makes what all checks share, before processes are forked
    packed = map_notes(partial(_check_part, notebook, check), notes)
    for note, (data, leads) in zip(notes, packed, strict=True):
        if resolves_links:
            notebook.links.list_links(note)
        found = unpack_diagnostics(data, notebook.by_path)
        if found is None:  # it is about a file that is no note
            found = tuple(check(note))
        yield _Checked(found, data, leads)


def _check_part(
    notebook: Notebook, check: CheckNote, notes: Sequence[Note]
) -> list[tuple[bytes, bool]]:
    return [(pack_diagnostics(check(note)), notebook.links.leads_to_others(note)) for note in notes]
