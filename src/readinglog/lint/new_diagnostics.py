"""The diagnostics that a change brought: those that were not there before it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence

from readinglog.lint.linter import check_other_files
from readinglog.lint.rules import RULES
from readinglog.model.diagnostic import Diagnostic, Finding
from readinglog.model.text import Source, line_span
from readinglog.notebook.changes.pairs import pair_notes
from readinglog.notebook.notebook import Notebook

_Key = tuple[str, str, str, str]


def find_new_diagnostics(
    found: Sequence[Diagnostic], before: Notebook, after: Notebook
) -> list[Diagnostic]:
    """Those `found` in `after` that `before` did not have: of the same rule, in the same note, in the same words about the same line.

    Lines that moved are the same, and so are notes that were renamed. Of equal ones, those that come last are new.
    `before` is asked only where a rule speaks in `after`, so that a log in order costs nothing.
    """
    had = _had(found, before, after)
    new = []
    for diagnostic in found:
        key = _key(diagnostic.rule, diagnostic.source.path, diagnostic.source, diagnostic.finding)
        if had[key]:
            had[key] -= 1
        else:
            new.append(diagnostic)
    return new


def _had(found: Iterable[Diagnostic], before: Notebook, after: Notebook) -> Counter[_Key]:
    """What the rules that spoke said of the same notes before, by the notes' present paths."""
    had: Counter[_Key] = Counter()
    former = pair_notes(before, after).old
    had.update(
        _key(rule, source.path, source, finding)
        for rule, source, finding in check_other_files(before)
    )
    for rule, path in {(diagnostic.rule, diagnostic.source.path) for diagnostic in found}:
        if (note := after.by_path.get(path)) and (old := former.get(note)) is not None:
            had.update(
                _key(rule, path, old.source, finding) for finding in RULES[rule].check(old, before)
            )
    return had


def _key(rule: str, path: str, source: Source, finding: Finding) -> _Key:
    line = line_span(source.text, finding.span.start)
    return rule, path, finding.message, source.text[line.start : line.end].strip()
