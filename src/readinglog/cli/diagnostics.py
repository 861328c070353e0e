"""The diagnostics that commands report: of a whole log, or those that a change introduces."""

from __future__ import annotations

from collections.abc import Iterable

from readinglog.cli.options import is_within
from readinglog.lint.new_diagnostics import find_new_diagnostics
from readinglog.model.diagnostic import Diagnostic
from readinglog.model.text import pluralize
from readinglog.notebook.changes.pairs import find_changed_notes, has_same_text, pair_notes
from readinglog.notebook.notebook import Notebook
from readinglog.workspace.kept_diagnostics import check_with_cache
from readinglog.workspace.settings import Settings

SHOWN_PER_RULE = 20


def find_diagnostics(
    notebook: Notebook,
    before: Notebook | None,
    settings: Settings,
    only: str,
    *,
    cached: bool = False,
) -> tuple[list[Diagnostic], int]:
    """Return the diagnostics to report, and the number of those that were there before.

    If `cached`, what an earlier check has found is not found again.
    """
    every = check_with_cache(notebook, settings.severity, settings.cache if cached else None)
    found = [diagnostic for diagnostic in every if is_within(diagnostic.source.path, only)]
    if before is None:
        return found, 0
    new = find_new_diagnostics(found, before, notebook)
    return new, len(found) - len(new)


def list_checked(notebook: Notebook, before: Notebook | None, only: str) -> set[str]:
    """Return the paths of the files within `only`.

    With `before`, only of those that differ from it.
    """
    source = notebook.vocabulary.source
    if before is None:
        paths = {note.path for note in notebook.notes} - notebook.excluded
        is_vocabulary_checked = True
    else:
        paths = {note.path for note in find_changed_notes(pair_notes(before, notebook))}
        is_vocabulary_checked = not source or not has_same_text(source, before.vocabulary.source)
    if source and is_vocabulary_checked:
        paths.add(source.path)
    return {path for path in paths if is_within(path, only)}


def count_checked(notebook: Notebook, checked: set[str], diagnostics: Iterable[Diagnostic]) -> int:
    """Return how many notes are among the checked files and those with diagnostics."""
    reported = {diagnostic.source.path for diagnostic in diagnostics}
    return len((checked | reported) & notebook.by_path.keys())


def describe_hidden(number: int) -> str:
    """Return a line about problems that are not reported, as they were there before."""
    pronoun = "it" if number == 1 else "them"
    return f"and {pluralize(number, 'earlier problem')}: `readinglog check` shows {pronoun}"
