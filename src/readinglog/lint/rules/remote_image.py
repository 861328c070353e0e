"""An image that lies on another host.

Whoever opens the page would be known to that host, and the picture is gone when it goes. The page shows a link to it instead.

Bad:

    ![the loss curve](https://example.org/loss.png)

Good, with the file `loss.png` beside the note:

    ![the loss curve](loss.png)
"""

from __future__ import annotations

from collections.abc import Iterator

from readinglog.model.diagnostic import Diagnostic, Severity
from readinglog.model.note import Note
from readinglog.notebook.notebook import Notebook

SEVERITY = Severity.WARNING


def check(note: Note, _: Notebook) -> Iterator[Diagnostic]:
    for address in note.addresses:
        if address.image:
            yield Diagnostic(
                address.span,
                f"the image at `{address.url[:80]}` is on another host",
                "save it beside the note, or link to it",
            )
