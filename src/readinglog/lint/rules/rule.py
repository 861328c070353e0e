"""The shape of a rule: a module with a severity, a check and a docstring that is its manual page."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Protocol

from readinglog.model.diagnostic import Finding, Severity
from readinglog.model.note import Note
from readinglog.notebook.notebook import Notebook

Check = Callable[[Note, Notebook], Iterable[Finding]]


class Rule(Protocol):
    """The shape of a rule's module; the rule is named after the module, with `-` for `_`."""

    __name__: str
    __doc__: str | None
    SEVERITY: Severity

    @property
    def check(self) -> Check:
        """What is wrong with a note in its notebook."""


def from_parsing(rule: str) -> Check:
    """The check of a rule whose findings parsing has made already."""

    def check(note: Note, _: Notebook) -> Iterable[Finding]:
        return note.found(rule) if note.problems else ()

    return check
