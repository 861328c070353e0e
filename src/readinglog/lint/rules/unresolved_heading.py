"""A link to a heading that does not exist.

The reader lands at the top of the page and has to search for the right section.

Bad:

    See [[ddpm#Loss function]].

Good:

    See [[ddpm#How it works]].
"""

from __future__ import annotations

from collections.abc import Iterator

from readinglog.model.diagnostic import Finding, Severity
from readinglog.model.fuzzy_index import nearest
from readinglog.model.note import Note
from readinglog.notebook.notebook import Notebook

SEVERITY = Severity.ERROR
_SHOWN = 6


def check(note: Note, notebook: Notebook) -> Iterator[Finding]:
    for link, to in notebook.links[note]:
        if link.heading and len(to) == 1 and notebook.anchor(link, to[0]) is None:
            wanted = link.heading.rpartition("#")[2]
            what = "block" if wanted.startswith("^") else "heading"
            there = [f"^{mark}" for mark in sorted(to[0].blocks)] if what == "block" else [h.text for h in to[0].headings if h.text]
            near = nearest(wanted, there) or (there[0] if len(there) == 1 else None)
            help_ = f"did you mean `{near}`?" if near else _listed(there, what)
            yield Finding(link.span, f"`{to[0].name}` has no {what} `{wanted[:80]}`", help_)


def _listed(there: list[str], what: str) -> str:
    if not there:
        return f"it has no {what}s: link to the note alone"
    more = f" and {len(there) - _SHOWN} more" if len(there) > _SHOWN else ""
    return f"it has {', '.join(f'`{text}`' for text in there[:_SHOWN])}{more}"
