"""A mistake in `notes/removed.yml`, the list of the notes that were removed.

`readinglog remove` writes it. Each entry is the name of a note, below it what the page at its
address says: the `title` that the note had, the `date` of the removal, a `reason`, the note to read
`instead`, and in `redirect_from` the names that the note had before. A note that has come back has
its address for itself, and loses its entry.

Bad, where no note is named `new-layers`:

    old-layers:
      instead: new-layers

Good:

    old-layers:
      title: Old layers
      date: 2026-11-21
      reason: The paper was withdrawn.
      instead: newer-layers
"""

from __future__ import annotations

from collections.abc import Iterator

from readinglog.model.diagnostic import Diagnostic, Severity
from readinglog.model.removals import Removal
from readinglog.model.slugs import fold
from readinglog.model.text import Source
from readinglog.notebook.notebook import Notebook

SEVERITY = Severity.ERROR


def check_files(notebook: Notebook) -> Iterator[Diagnostic]:
    removals = notebook.removals
    yield from removals.diagnostics
    if removals.source is None:
        return
    for removal in removals.removals:
        yield from _check_names(removal, removals.source, notebook)
        yield from _check_instead(removal, removals.source, notebook)


def _check_names(removal: Removal, source: Source, notebook: Notebook) -> Iterator[Diagnostic]:
    """Yield the names of a removed note that lead to a note."""
    for name, span in removal.list_names():
        note = notebook.publication.find_owner(name)
        if note:
            message = f"`{name}` is the name of a note: `{note.path}`"
            yield Diagnostic(span, message, "remove this entry, or rename the note", source=source)
        elif notebook.removals.find(name) is not removal:
            message = f"`{name}` is in two entries"
            yield Diagnostic(span, message, "keep it in one of them", source=source)


def _check_instead(removal: Removal, source: Source, notebook: Notebook) -> Iterator[Diagnostic]:
    if (instead := removal.instead) is None:
        return
    resolution = notebook.names.resolve_name(instead.text)
    if resolution.target:
        if not notebook.publication.is_published(resolution.target):
            message = f"the note `{instead.text}` is not published"
            yield Diagnostic(instead.span, message, "name another note", source=source)
        return
    near = notebook.names.fuzzy.find_nearest(fold(instead.text))
    message = f"`instead` refers to `{instead.text}`, but no note has that name"
    if resolution.is_ambiguous:
        message = f"`instead` refers to `{instead.text}`, which several notes are called"
    help_ = f"did you mean `{near}`?" if near and not resolution.is_ambiguous else ""
    yield Diagnostic(instead.span, message, help_ or "write the name of a note", source=source)
