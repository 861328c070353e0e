"""A relation to a note that does not exist, or that could mean several.

`builds_on`, `contradicts`, `supersedes` and `replicates` name notes of the log. Reading paths are
made from `builds_on`.

Bad:

    builds_on: [sparsly-gated-moe]

Good:

    builds_on: [sparsely-gated-moe]
"""

from __future__ import annotations

from collections.abc import Iterator

from readinglog.model.diagnostic import Finding, Severity
from readinglog.model.messages import MESSAGES, QUOTED_LENGTH
from readinglog.model.note import Note
from readinglog.notebook.notebook import Notebook

SEVERITY = Severity.ERROR


def check(note: Note, notebook: Notebook) -> Iterator[Finding]:
    for field, span, text, resolution in notebook.links.relations_of(note):
        if resolution.is_missing:
            near = notebook.names.fuzzy.find_nearest(text)
            yield MESSAGES["unresolved"].finding(
                span, near=near or "", field=field, text=text[:QUOTED_LENGTH]
            )
        elif resolution.is_ambiguous:
            notes = resolution.candidates
            help_ = f"write `{notes[0].path.removesuffix('.md')}` or another of the {len(notes)}"
            yield Finding(
                span,
                f"`{field}` names `{text[:QUOTED_LENGTH]}`, which may mean {len(notes)} notes",
                help_,
            )
