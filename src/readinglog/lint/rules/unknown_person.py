"""A note by somebody who is not in `people`, the list of those who write here.

The list is in the settings of the log, `readinglog.toml`. It keeps one spelling of each name, by
which the search finds the notes of a person and feeds name who wrote an entry. A log without the
list takes every name. Case is forgiven.

Bad, with `people = ["Ada Adams", "Bo Bell"]`:

    by: Ada Adam

Good:

    by: Ada Adams
"""

from __future__ import annotations

from collections.abc import Iterator

from readinglog.lint.rules.rule import LogFacts
from readinglog.model.diagnostic import Diagnostic, Severity
from readinglog.model.fuzzy_index import find_nearest
from readinglog.model.messages import MESSAGES, QUOTED_LENGTH
from readinglog.model.note import Note
from readinglog.model.slugs import fold

SEVERITY = Severity.ERROR


def check_alone(note: Note, log: LogFacts) -> Iterator[Diagnostic]:
    if not log.people:
        return
    known = set(map(fold, log.people))
    for name in note.get_scalars("by"):
        if fold(name.text.strip()) in known:
            continue
        near = find_nearest(name.text, log.people) or ""
        text = name.text[:QUOTED_LENGTH]
        yield MESSAGES["unknown-person"].make_diagnostic(name.span, near=near, text=text)
