"""An image on another host.

Opening the page would tell that host about the reader, and the image is lost when the host
removes it. The page shows a link instead.

Bad:

    ![the map](https://example.org/map.png)

Good, with the file `map.png` beside the note:

    ![the map](map.png)
"""

from __future__ import annotations

from collections.abc import Iterator

from readinglog.lint.rules.rule import LogFacts
from readinglog.model.diagnostic import Diagnostic, Severity
from readinglog.model.note import Note

SEVERITY = Severity.WARNING


def check_alone(note: Note, _: LogFacts) -> Iterator[Diagnostic]:
    for address in note.addresses:
        if address.is_image:
            yield Diagnostic(
                address.span,
                f"the image at `{address.url[:80]}` is on another host",
                "save it beside the note, or link to it",
            )
