"""A link to a heading that does not exist.

The reader lands at the top of the page and has to search for the right section.

Bad:

    See [[origin-of-species#Finches]].

Good:

    See [[origin-of-species#How it works]].
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from readinglog.model.diagnostic import Diagnostic, Severity
from readinglog.model.messages import QUOTED_LENGTH
from readinglog.model.note import Link, Note
from readinglog.notebook.notebook import Notebook

SEVERITY = Severity.ERROR
_SHOWN = 6


def check(note: Note, notebook: Notebook) -> Iterator[Diagnostic]:
    for link, resolution in notebook.links.list_links(note):
        target = resolution.target
        if link.heading and target and notebook.links.find_anchor(link, target) is None:
            wanted = link.heading.rpartition("#")[2] or link.heading
            yield _explain(link, wanted, target, notebook)


def _explain(link: Link, wanted: str, target: Note, notebook: Notebook) -> Diagnostic:
    kind = "block" if wanted.startswith("^") else "heading"
    known = notebook.links.list_part_names(target, kind)
    existing = known.names
    near = f"^{wanted}" if wanted in target.blocks else known.find_nearest(wanted)
    if near is None and len(existing) == 1:
        near = existing[0]
    message = f"`{target.name}` has no {kind} `{wanted[:QUOTED_LENGTH]}`"
    help_ = f"did you mean `{near}`?" if near else _list_existing(existing, kind)
    return Diagnostic(link.span, message, help_)


def _list_existing(existing: Sequence[str], kind: str) -> str:
    if not existing:
        return f"it has no {kind}s: link to the note alone"
    shown = ", ".join(f"`{text}`" for text in existing[:_SHOWN])
    rest = len(existing) - _SHOWN
    return f"it has {shown} and {rest} more" if rest > 0 else f"it has {shown}"
