"""What is left to do on a note that `readinglog new` began."""

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


def list_remaining_steps(
    note: Note, work: Work, notebook: Notebook, settings: Settings, *, suggested: bool
) -> Iterator[str]:
    """What is left for a person to do on a new note, beside its summary and its text."""
    tags, vocabulary = (
        ", ".join(note.texts("tags")),
        notebook.vocabulary if notebook.vocabulary.is_closed else None,
    )
    if suggested:
        some = f"from {settings.prefix}{VOCABULARY}" if vocabulary else "some"
        yield (
            f"tags that suggest themselves: {tags}; keep those that fit"
            if tags
            else f"no tag suggests itself: choose {some}"
        )
    unknown = list_missing_fields(work)
    if "kind" in unknown:
        yield f"taken for a {note.kind}: change its kind if it is none"
    if others := [name for name in unknown if name != "kind"]:
        yield f"not known, and to be filled in: {', '.join(others)}"
    whole = Notebook((*notebook.notes, note), vocabulary, notebook.files, notebook.today)
    found = check_notebook(whole, settings.severity, lambda each: RULES if each is note else ())
    found = [
        diagnostic
        for diagnostic in found
        if diagnostic.source is note.source and _tells(diagnostic)
    ]
    report = Report(found, 1, settings.prefix)
    yield from (
        f"{format_line(report, diagnostic)}: {diagnostic.help}" for diagnostic in found
    )


def _tells(diagnostic: Diagnostic) -> bool:
    """Whether a diagnostic says of a new note more than that it is new: that it is to be filled in, and linked, is clear."""
    empty = diagnostic.message == MESSAGES["empty"].message
    return not empty and diagnostic.rule not in ("missing-field", "empty-note", "orphan-note")
