r"""A heading without text.

It makes a gap on the page, and an entry in its contents that nobody can read.

Bad:

    ##

Good:

    ## What it claims

Without a heading, `---` is a line across the page, and `\##` are two characters.
"""

from __future__ import annotations

from collections.abc import Iterator

from readinglog.lint.rules.rule import LogFacts
from readinglog.model.diagnostic import Diagnostic, Severity
from readinglog.model.note import Note

SEVERITY = Severity.WARNING


def check_alone(note: Note, _: LogFacts) -> Iterator[Diagnostic]:
    for heading in note.headings:
        if not note.text[slice(*heading.span)].strip():
            help_ = "name what follows, or remove it"
            yield Diagnostic(heading.block, "this heading has no text", help_)
