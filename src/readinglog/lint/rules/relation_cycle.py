"""Works that build on each other in a circle.

A work can only build on earlier ones, and a reading path that goes in a circle has no start.

Bad, in `origin-of-species.md`, while `descent-of-man.md` builds on `origin-of-species`:

    builds_on: [descent-of-man]

Good: only the later work, `descent-of-man.md`, has the relation:

    builds_on: [origin-of-species]
"""

from __future__ import annotations

from collections.abc import Iterator

from readinglog.model.diagnostic import Diagnostic, Severity
from readinglog.model.digraph import find_cycle
from readinglog.model.note import Note
from readinglog.notebook.notebook import Notebook

SEVERITY = Severity.ERROR


def check(note: Note, notebook: Notebook) -> Iterator[Diagnostic]:
    if note.path not in notebook.graph.paths_on_cycles:
        return
    cycle = find_cycle(notebook.graph.prerequisites, note.path)
    if not cycle or note.path != min(cycle):
        return
    following = notebook.by_path[(cycle * 2)[1]]
    span = next(
        relation.span
        for relation in notebook.links.list_relations(note)
        if relation.field == "builds_on" and relation.resolution.target is following
    )
    if len(cycle) == 1:
        yield Diagnostic(span, "this note builds on itself", "remove it")
        return
    names = " → ".join(notebook.by_path[path].name for path in (*cycle, cycle[0]))
    message = f"these notes build on one another in a circle: {names}"
    yield Diagnostic(span, message, "remove the relation to the later work")
