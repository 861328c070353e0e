"""A text in the list of authors that is not the name of one author.

For example a link, several names in one, a name with the family name first, or other words than
`et al.` for authors that are left out. Each text becomes an author: a page of works, a completion
of the search, a name in BibTeX. A name that holds a comma or an “and” stands in braces.

Bad:

    authors: ["[[Ann One]]", Bob Two and Cy Three, "Example, Ann", et al]

Good:

    authors: [Ann One, Bob Two, Cy Three, Ann Example, "{Barnes, Noble and Sons}", et al.]
"""

from __future__ import annotations

from collections.abc import Iterator

from readinglog.lint.rules.rule import LogFacts
from readinglog.model.diagnostic import Diagnostic, Severity
from readinglog.model.name_mistakes import find_doubtful_name, find_name_mistake
from readinglog.model.note import Note
from readinglog.model.text import Edit

SEVERITY = Severity.WARNING


def check_alone(note: Note, _: LogFacts) -> Iterator[Diagnostic]:
    names = note.get_scalars("authors")
    for at, name in enumerate(names, 1):
        text = " ".join(name.text.split())
        if mistake := find_name_mistake(text, is_last=at == len(names)):
            fix = (Edit(name.span, mistake.replacement),) if mistake.replacement else ()
            yield Diagnostic(name.span, mistake.message, mistake.help, fix)
        elif doubt := find_doubtful_name(text):
            yield Diagnostic(name.span, doubt.message, doubt.help, severity=Severity.INFO)
