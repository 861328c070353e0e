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
        if notebook.today and logged > notebook.today + _ZONES:
            yield _report("date-in-future", note, "date", date=logged)
        elif logged.year < EARLIEST_LOG_YEAR:
            yield _report("date-too-early", note, "date", date=logged)
    if published:
        limit = logged or notebook.today
        if limit and published > limit.isoformat()[: len(published)]:
            key = "published-after" if logged else "published-in-future"
            yield _report(key, note, "published", date=published, logged=logged)
        elif int(published[:4]) < EARLIEST_PUBLICATION_YEAR:
            yield _report("published-too-early", note, "published", date=published)


def _report(key: str, note: Note, field: str, **words: object) -> Diagnostic:
    return MESSAGES[key].make_diagnostic(note.fields[field].value.span, (), (), **words)
