"""A diagram in Mermaid or another language, which pages show as its source.

To draw it, each reader's browser would have to load a program of some megabytes.

Bad:

    ```mermaid
    graph LR; A --> B
    ```

Good: a picture of it, made once, for example with `mmdc`.

    ![A leads to B](a-to-b.svg)
"""

from __future__ import annotations

from collections.abc import Iterator

from readinglog.lint.rules.rule import LogFacts
from readinglog.model.diagnostic import Diagnostic, Severity
from readinglog.model.note import Note
from readinglog.model.text import Span
from readinglog.parsing.region_html import DIAGRAMS
from readinglog.parsing.regions import get_language

SEVERITY = Severity.INFO


def check_alone(note: Note, _: LogFacts) -> Iterator[Diagnostic]:
    for region in note.regions:
        language = get_language(region.detail).lower() if region.kind == "fence" else ""
        if language in DIAGRAMS:
            line_end = note.text.find("\n", region.start, region.end)
            span = Span(region.start, line_end if line_end >= 0 else region.end)
            message = f"this diagram ({DIAGRAMS[language]}) is shown as its source"
            yield Diagnostic(span, message, "put a picture of it in its place, or beside it")
