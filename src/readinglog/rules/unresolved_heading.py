"""A link to a heading that its note does not have.

The reader lands at the top of a long page and has to search.

Bad:

    See [[ddpm#Loss function]].

Good:

    See [[ddpm#How it works]].
"""

from __future__ import annotations

from collections.abc import Iterator

from readinglog.diagnostic import Finding, Severity
from readinglog.note import Note
from readinglog.notebook import Notebook
from readinglog.suggest import nearest

SEVERITY = Severity.ERROR


def check(note: Note, notebook: Notebook) -> Iterator[Finding]:
    for link, to in notebook.links[note]:
        if link.heading and len(to) == 1 and notebook.anchor(link, to[0]) is None:
            texts = [heading.text for heading in to[0].headings]
            near = nearest(link.heading, texts) or (texts[0] if len(texts) == 1 else None)
            help_ = f"did you mean `{near}`?" if near else f"it has {', '.join(f'`{text}`' for text in texts[:6]) or 'none'}"
            yield Finding(link.span, f"`{to[0].name}` has no heading `{link.heading[:80]}`", help_)
