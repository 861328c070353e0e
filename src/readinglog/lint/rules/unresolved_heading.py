"""A link to a heading that its note does not have.

The reader lands at the top of a long page and has to search.

Bad:

    See [[ddpm#Loss function]].

Good:

    See [[ddpm#How it works]].
"""

from __future__ import annotations

from collections.abc import Iterator

from readinglog.model.diagnostic import Diagnostic, Severity
from readinglog.model.fuzzy_index import find_nearest
from readinglog.model.note import Note
from readinglog.notebook.notebook import Notebook

SEVERITY = Severity.ERROR
_SHOWN = 6


def check(note: Note, notebook: Notebook) -> Iterator[Diagnostic]:
    for link, resolution in notebook.links.of(note):
        target = resolution.target
        if link.heading and target and notebook.links.find_anchor(link, target) is None:
            wanted = link.heading.rpartition("#")[2]
            what = "block" if wanted.startswith("^") else "heading"
            blocks, headings = (
                [f"^{mark}" for mark in sorted(target.blocks)],
                [h.text for h in target.headings if h.text],
            )
            there = blocks if what == "block" else headings
            near = find_nearest(wanted, there) or (there[0] if len(there) == 1 else None)
            help_ = f"did you mean `{near}`?" if near else _listed(there, what)
            yield Diagnostic(link.span, f"`{target.name}` has no {what} `{wanted[:80]}`", help_)


def _listed(there: list[str], what: str) -> str:
    if not there:
        return f"it has no {what}s: link to the note alone"
    more = f" and {len(there) - _SHOWN} more" if len(there) > _SHOWN else ""
    return f"it has {', '.join(f'`{text}`' for text in there[:_SHOWN])}{more}"
