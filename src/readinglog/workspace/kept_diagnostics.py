"""The diagnostics of notes, kept from one check to the next."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import partial
from pathlib import Path
from typing import NamedTuple

from readinglog.lint.linter import NoteChecks, check_notebook
from readinglog.lint.seen_by_rules import (
    compute_facts_digest,
    compute_links_digest,
    compute_targets_digest,
)
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
_ALONE = "/"  # stands before the path of a note for what it has by itself; no path begins so


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


class _Checked(NamedTuple):
    """The packed mistakes of a note: those that it has by itself, and those that depend on other
    notes, b'' where they are not known. And whether a link in it leads to another note.
    """

    alone: bytes = b""
    among_others: bytes = b""
    leads_to_others: bool = False


class KeptDiagnostics:
    """The diagnostics of the notes of a notebook, as far as an earlier check has kept them in the
    folder `cache`: those of notes that have not changed; what depends on other notes, if what links
    lead to has not changed, either.
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
        self._facts = compute_digest(settings, compute_facts_digest(notebook))
        self._targets = compute_digest(settings, compute_targets_digest(notebook))
        self._links = compute_links_digest(notebook)

    def check_notes(
        self, checks: NoteChecks, notes: Sequence[Note]
    ) -> Iterator[Iterable[Diagnostic]]:
        """Yield what an earlier check has found in each of `notes`, else what `checks` find."""
        kept = {note: self._read(note) for note in notes}
        unfinished = {
            note: each for note, each in kept.items() if not (each.alone and each.among_others)
        }
        resolves_links = self._resolves_links
        new = _check_in_parts(self._notebook, checks, unfinished, resolves_links=resolves_links)
        for note, checked in kept.items():
            finished = checked
            if note in unfinished:
                finished = next(new)
                self._add(note, finished, checked)
            yield _unpack(finished, note, self._notebook, checks)

    def _read(self, note: Note) -> _Checked:
        own_key, key = self._make_keys(note)
        alone, among_others = (self._kept.get(f"{start}{note.path}", b"") for start in (_ALONE, ""))
        is_known = among_others.startswith((key + _ANY_LINKS, key + self._links))
        return _Checked(
            self._drop_damaged(alone[_SIZE:] if alone.startswith(own_key) else b""),
            self._drop_damaged(among_others[2 * _SIZE :] if is_known else b""),
        )

    def _drop_damaged(self, packed: bytes) -> bytes:
        """Return packed diagnostics, or b'' for what cannot be unpacked."""
        known = packed and unpack_diagnostics(packed, self._notebook.by_path) is not None
        return packed if known else b""

    def _add(self, note: Note, checked: _Checked, kept: _Checked) -> None:
        """Remember what was found in a note besides what is kept."""
        own_key, key = self._make_keys(note)
        # What leads to a note counts only where it leads nowhere itself.
        links = _ANY_LINKS if checked.leads_to_others else self._links
        if not kept.alone:
            self._new[_ALONE + note.path] = own_key + checked.alone
        if not kept.among_others:
            self._new[note.path] = key + links + checked.among_others

    def _make_keys(self, note: Note) -> tuple[bytes, bytes]:
        """Return the keys of what is found in a note alone, and of what depends on other notes."""
        digest = note.source.digest
        return compute_digest("", digest + self._facts), compute_digest("", digest + self._targets)

    def keep(self) -> None:
        """Keep what was found, and of what was kept before that of the notes that are there."""
        if self._new:
            paths = self._notebook.by_path.keys()
            self._values.update(self._new.items(), {*paths, *(_ALONE + path for path in paths)})


def _unpack(
    checked: _Checked, note: Note, notebook: Notebook, checks: NoteChecks
) -> Iterator[Diagnostic]:
    """Yield the mistakes of a note; those that cannot be unpacked are found again."""
    for data, check in zip((checked.alone, checked.among_others), checks, strict=True):
        found = unpack_diagnostics(data, notebook.by_path)
        # None where a diagnostic is about a file that is no note.
        yield from check(note) if found is None else found


def _check_notes(
    notebook: Notebook, checks: NoteChecks, notes: Sequence[Note], *, resolves_links: bool
) -> Iterator[Iterable[Diagnostic]]:
    """Yield what `checks` find in each of `notes`."""
    unknown = dict.fromkeys(notes, _Checked())
    found = _check_in_parts(notebook, checks, unknown, resolves_links=resolves_links)
    for note, checked in zip(notes, found, strict=True):
        yield _unpack(checked, note, notebook, checks)


def _check_in_parts(
    notebook: Notebook,
    checks: NoteChecks,
    known: Mapping[Note, _Checked],
    *,
    resolves_links: bool,
) -> Iterator[_Checked]:
    """Yield what `checks` find in each note besides what is known, of many notes in parallel
    processes.
    """
    notes = list(known)
    check_part = partial(_check_part, notebook, checks, known)
    if not are_many(notes):
        yield from check_part(notes)
        return
    checks(notes[0])  # which makes what all checks share, before processes are forked
    checked = map_notes(check_part, notes)
    for note, found in zip(notes, checked, strict=True):
        if resolves_links:
            notebook.links.list_links(note)
        yield found


def _check_part(
    notebook: Notebook, checks: NoteChecks, known: Mapping[Note, _Checked], notes: Iterable[Note]
) -> list[_Checked]:
    return [
        _Checked(
            known[note].alone or pack_diagnostics(checks.alone(note)),
            known[note].among_others or pack_diagnostics(checks.among_others(note)),
            notebook.links.leads_to_others(note),
        )
        for note in notes
    ]
