"""The steps that remain after `readinglog new` has drafted a note."""

from __future__ import annotations

import shlex
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

# Rules that a new note breaks for being new: it is still to be filled in and linked.
_RULES_OF_FINISHED_NOTES = frozenset({"missing-field", "empty-note", "orphan-note"})


def list_remaining_steps(
    note: Note, work: Work, notebook: Notebook, settings: Settings, *, suggested: bool
) -> Iterator[str]:
    """Yield what a person should do with a new note, besides writing its summary and text.

    `suggested` says whether the tags of the note are suggestions.
    """
    if suggested:
        yield _review_tags(note, notebook, settings)
    missing = list_missing_fields(work, notebook.schema)
    if "kind" in missing:
        yield f"the kind of this work is unknown: change `kind: {note.kind}` if it is wrong"
    if fields := [name for name in missing if name != "kind"]:
        yield f"not found, so fill in: {', '.join(fields)}"
    yield from _check(note, notebook, settings)


def explain_name(name: str, work: Work) -> Iterator[str]:
    """Yield why a note has a name that was not made from its title, and what to do about it."""
    rename = f"run `readinglog rename {name} NEW-NAME`"
    if work.title:
        yield f"no name could be made from the title, so the note is called `{name}`: {rename}"
        return
    known = work.arxiv or work.doi or work.isbn or work.url
    again = f"run `readinglog new {shlex.quote(known)}` again"
    reason = f"the title is unknown, so the note is called `{name}`"
    yield f"{reason}: {again} when the sources answer, and it is filled in"
    yield f"or write the title yourself, and {rename}"


def _review_tags(note: Note, notebook: Notebook, settings: Settings) -> str:
    if tags := note.texts("tags"):
        return f"suggested tags: {', '.join(tags)}; keep those that fit"
    if notebook.vocabulary.is_closed:
        place = f"{settings.prefix}{VOCABULARY}"
        return f"no tag could be suggested: choose from {place}, or add one there"
    return "no tag could be suggested: add some"


def _check(note: Note, notebook: Notebook, settings: Settings) -> Iterator[str]:
    """Yield the problems of a new note in its notebook, a line each."""
    after = notebook.with_notes((*notebook.notes, note))
    found = check_notebook(after, settings.severity, lambda each: RULES if each is note else ())
    problems = [
        diagnostic
        for diagnostic in found
        if diagnostic.source is note.source and not _is_unfinished(diagnostic)
    ]
    report = Report(problems, 1, settings.prefix)
    for diagnostic in problems:
        yield f"{format_line(report, diagnostic)}: {diagnostic.help}"


def _is_unfinished(diagnostic: Diagnostic) -> bool:
    """Return whether a diagnostic only says that the note is new."""
    is_empty_text = diagnostic.message == MESSAGES["empty-text"].message
    return is_empty_text or diagnostic.rule in _RULES_OF_FINISHED_NOTES
