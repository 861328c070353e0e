"""A date that cannot be right.

A day in the future, a work that appeared after it was read, a year before print: slips that sort a note where nobody
looks.

Bad:

    published: 2032-01-01
    date: 2026-11-21

Good:

    published: 2023-01-01
    date: 2026-11-21
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

from readinglog.diagnostic import Finding, Severity
from readinglog.note import Note
from readinglog.notebook import Notebook

SEVERITY = Severity.WARNING
_FIRST_YEAR = 1450
_FIRST_LOG = 1990
_ZONES = timedelta(days=1)  # it may be tomorrow already where the author is


def check(note: Note, notebook: Notebook) -> Iterator[Finding]:
    if (logged := note.date) is not None:
        span = note.fields["date"].value.span
        if notebook.today and logged > notebook.today + _ZONES:
            yield Finding(span, f"`{logged}` is in the future", "write the day on which the note was logged")
        elif logged.year < _FIRST_LOG:
            yield Finding(span, f"`{logged}` is long before this log", "write when it was logged; `published` is the work's date")
    if published := note.published:
        span = note.fields["published"].value.span
        limit = logged or notebook.today
        if limit and published > limit.isoformat()[: len(published)]:
            wrong = f"after the day it was logged, {logged}" if logged else "in the future"
            yield Finding(span, f"`{published}` is {wrong}", "write when the work appeared")
        elif int(published[:4]) < _FIRST_YEAR:
            yield Finding(span, f"`{published}` is before print", "write when the work appeared")
