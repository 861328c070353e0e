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
from readinglog.model.messages import SAYINGS, SHOWN
from readinglog.model.note import Note
from readinglog.notebook.notebook import Notebook

SEVERITY = Severity.ERROR


def check(note: Note, notebook: Notebook) -> Iterator[Finding]:
    for field, span, text, to in notebook.relations(note):
        if not to:
            near = notebook.index.names.nearest(text)
            yield SAYINGS["unresolved"].finding(span, near=near or "", field=field, text=text[:SHOWN])
        elif len(to) > 1:
            help_ = f"write `{to[0].path.removesuffix('.md')}` or another of the {len(to)}"
            yield Finding(span, f"`{field}` names `{text[:SHOWN]}`, which may mean {len(to)} notes", help_)
