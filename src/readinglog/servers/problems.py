"""The problems of notes: in the terminal as they come up, and on the page of the note that has
them.
"""

from __future__ import annotations

from dataclasses import dataclass

from readinglog.lint.linter import check_note
from readinglog.lint.reporters.report import get_positions
from readinglog.lint.rules import RULES
from readinglog.model.diagnostic import Diagnostic, Severity
from readinglog.model.note import Note
from readinglog.notebook.notebook import Notebook
from readinglog.site.addresses import make_note_address
from readinglog.site.rendering import render
from readinglog.workspace.settings import Settings


@dataclass(frozen=True, slots=True)
class Problem:
    """A diagnostic as a page shows it."""

    severity: str
    line: int
    column: int
    message: str
    help: str
    rule: str


def find_problems(note: Note, notebook: Notebook, settings: Settings) -> list[Diagnostic]:
    """Return the errors and warnings of a note in their order."""
    severities = settings.severity
    rules = [name for name in RULES if severities.get(name) is not Severity.IGNORE]
    found = check_note(note, notebook, rules, severities)
    return sorted(filter(is_problem, found), key=lambda diagnostic: diagnostic.span)


def is_problem(diagnostic: Diagnostic) -> bool:
    """Return whether a diagnostic is more than a remark."""
    return diagnostic.severity in (Severity.ERROR, Severity.WARNING)


def render_problems(note: Note, found: list[Diagnostic], settings: Settings) -> str:
    """Return the HTML of the box above a note with its problems, or '' where it has no error."""
    if all(diagnostic.severity is not Severity.ERROR for diagnostic in found):
        return ""
    path = f"{settings.prefix}{note.path}"
    problems = tuple(map(_describe, found))
    return str(render("problems.html", make_note_address(note), path=path, problems=problems))


def _describe(diagnostic: Diagnostic) -> Problem:
    start, _ = get_positions(diagnostic)
    return Problem(
        str(diagnostic.severity),
        start.line,
        start.column,
        diagnostic.message,
        diagnostic.help,
        diagnostic.rule,
    )
