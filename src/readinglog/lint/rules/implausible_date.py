"""A date that cannot be right.

For example a day in the future, a work published after it was logged, or a year before the
printing press. Lists sorted by date would put the note in the wrong place.

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

from readinglog.model.diagnostic import Diagnostic, Severity
from readinglog.model.messages import EARLIEST_LOG_YEAR, EARLIEST_PUBLICATION_YEAR, MESSAGES
from readinglog.model.note import Note
from readinglog.notebook.notebook import Notebook

SEVERITY = Severity.WARNING
_ZONES = timedelta(days=1)  # it may be tomorrow already where the author is


def check(note: Note, notebook: Notebook) -> Iterator[Diagnostic]:
    logged, published = note.date, note.published
    if logged is not None:
        span = note.fields["date"].value.span
        if notebook.today and logged > notebook.today + _ZONES:
            yield MESSAGES["date-in-future"].make_diagnostic(span, date=logged)
        elif logged.year < EARLIEST_LOG_YEAR:
            yield MESSAGES["date-too-early"].make_diagnostic(span, date=logged)
    if published:
        span = note.fields["published"].value.span
        limit = logged or notebook.today
        if limit and published > limit.isoformat()[: len(published)]:
            template = MESSAGES["published-after" if logged else "published-in-future"]
            yield template.make_diagnostic(span, date=published, logged=logged)
        elif int(published[:4]) < EARLIEST_PUBLICATION_YEAR:
            yield MESSAGES["published-too-early"].make_diagnostic(span, date=published)
