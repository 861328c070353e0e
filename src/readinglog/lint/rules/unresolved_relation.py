"""A relation to a note that does not exist, or that could mean several.

`builds_on`, `disputes`, `supersedes` and `replicates` name notes of the log. Reading paths are
made from `builds_on`.

Bad:

    builds_on: [orign-of-species]

Good:

    builds_on: [origin-of-species]
"""

from __future__ import annotations

from collections.abc import Iterator

from readinglog.model.diagnostic import Diagnostic, Severity
from readinglog.model.messages import MESSAGES, QUOTED_LENGTH, offer_choice
from readinglog.model.note import Note
from readinglog.notebook.notebook import Notebook

SEVERITY = Severity.ERROR


def check(note: Note, notebook: Notebook) -> Iterator[Diagnostic]:
    for field, span, text, resolution in notebook.links.list_relations(note):
        shown = text[:QUOTED_LENGTH]
        if resolution.is_missing:
            near = notebook.names.fuzzy.find_nearest(text) or ""
            yield MESSAGES["unresolved-relation"].make_diagnostic(
                span, near=near, field=field, text=shown
            )
        elif resolution.is_ambiguous:
            notes = resolution.candidates
            message = f"`{field}` refers to `{shown}`, which may mean {len(notes)} notes"
            paths = [other.path.removesuffix(".md") for other in notes[:2]]
            yield Diagnostic(span, message, offer_choice(paths, len(notes)))
