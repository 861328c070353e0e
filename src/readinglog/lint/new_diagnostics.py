"""The diagnostics that a change brings: those that were not there before it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence

from readinglog.lint.linter import check_files, check_note
from readinglog.lint.seen_by_rules import compute_links_digest, compute_targets_digest
from readinglog.model.diagnostic import Diagnostic
from readinglog.model.text import get_line_span
from readinglog.notebook.changes.pairs import pair_notes
from readinglog.notebook.notebook import Notebook

_Key = tuple[str, str, str, str]


def find_new_diagnostics(
    found: Sequence[Diagnostic], before: Notebook, after: Notebook
) -> list[Diagnostic]:
    """Return those `found` in `after` that `before` did not have.

    Two are the same if they are of the same rule, in the same note, in the same words and about a
    line of the same text. So lines may move and notes be renamed. Of equal ones, the last are new.
    """
    settled = _find_settled(before, after)
    found = [diagnostic for diagnostic in found if diagnostic.source.path not in settled]
    former = _count_former(found, before, after)
    new = []
    for diagnostic in found:
        key = _make_key(diagnostic, diagnostic.source.path)
        if former[key]:
            former[key] -= 1
        else:
            new.append(diagnostic)
    return new


def _find_settled(before: Notebook, after: Notebook) -> set[str]:
    """Return the paths of notes in which rules find what they found before."""
    if compute_targets_digest(before) != compute_targets_digest(after):
        return set()
    have_same_links = compute_links_digest(before) == compute_links_digest(after)
    unchanged = (
        note
        for note in after.notes
        if (old := before.by_path.get(note.path)) and old.source.digest == note.source.digest
    )
    return {note.path for note in unchanged if have_same_links or after.links.leads_to_others(note)}


def _count_former(found: Iterable[Diagnostic], before: Notebook, after: Notebook) -> Counter[_Key]:
    """Return how often `before` had each diagnostic, by the present paths of its notes.

    A note of `before` is checked only by the rules that find something in it now, so that a log
    without diagnostics costs nothing.
    """
    former: Counter[_Key] = Counter()
    former.update(_make_key(old, old.source.path) for old in check_files(before))
    old_notes = pair_notes(before, after).old_by_new
    for rule, path in {(diagnostic.rule, diagnostic.source.path) for diagnostic in found}:
        note = after.by_path.get(path)
        old_note = old_notes.get(note) if note else None
        if old_note is not None:
            former.update(_make_key(old, path) for old in check_note(old_note, before, [rule]))
    return former


def _make_key(diagnostic: Diagnostic, path: str) -> _Key:
    text = diagnostic.source.text
    line = get_line_span(text, diagnostic.span.start)
    return diagnostic.rule, path, diagnostic.message, text[line.start : line.end].strip()
