"""What remains to be done on a note that `readinglog new` has created."""

from __future__ import annotations

from collections.abc import Iterator

from readinglog.citations.draft import list_missing_fields
from readinglog.citations.work import Work
from readinglog.lint.linter import check_notebook
from readinglog.lint.reporters.concise import format_line
from readinglog.lint.reporters.report import Report
from readinglog.lint.rules import RULES
from readinglog.model.diagnostic import Diagnostic
from readinglog.model.messages import MESSAGES
from readinglog.model.note import Note
from readinglog.notebook.notebook import Notebook
from readinglog.workspace.files import VOCABULARY
from readinglog.workspace.settings import Settings

# Every new note breaks these: it has no text and no links yet.
_EXPECTED_RULES = ("missing-field", "empty-note", "orphan-note")


def list_remaining_steps(
    note: Note, work: Work, notebook: Notebook, settings: Settings, *, suggested: bool
) -> Iterator[str]:
    """Yield what a person should do on a new note, besides writing its summary and text.

    `suggested` says whether its tags are suggestions.
    """
    if suggested:
        yield _describe_tags(note, notebook, settings)
    unknown = list_missing_fields(work)
    if "kind" in unknown:
        yield f"assumed to be a {note.kind}: change its kind if it is not"
    if others := [name for name in unknown if name != "kind"]:
        yield f"not found, please fill in: {', '.join(others)}"
    diagnostics = _check_note(note, notebook, settings)
    report = Report(diagnostics, 1, settings.prefix)
    for diagnostic in diagnostics:
        yield f"{format_line(report, diagnostic)}: {diagnostic.finding.help}"


def _describe_tags(note: Note, notebook: Notebook, settings: Settings) -> str:
    if tags := ", ".join(note.texts("tags")):
        return f"suggested tags: {tags}; keep those that fit"
    if notebook.vocabulary.is_closed:
        return f"no tags are suggested: choose from {settings.prefix}{VOCABULARY}"
    return "no tags are suggested: choose some"


def _check_note(note: Note, notebook: Notebook, settings: Settings) -> list[Diagnostic]:
    """Return the unexpected diagnostics of a new note, as if it were in the notebook."""
    vocabulary = notebook.vocabulary if notebook.vocabulary.is_closed else None
    whole = Notebook((*notebook.notes, note), vocabulary, notebook.files, notebook.today)
    found = check_notebook(whole, settings.severity, lambda each: RULES if each is note else ())
    return [
        diagnostic
        for diagnostic in found
        if diagnostic.source is note.source and not _is_expected(diagnostic)
    ]


def _is_expected(diagnostic: Diagnostic) -> bool:
    is_empty_field = diagnostic.finding.message == MESSAGES["empty"].message
    return is_empty_field or diagnostic.rule in _EXPECTED_RULES
