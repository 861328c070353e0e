"""The shape of a rule: a module with a severity, a check and its manual page as docstring."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Protocol, runtime_checkable

from readinglog.model.diagnostic import Diagnostic, Severity
from readinglog.model.note import Note
from readinglog.notebook.notebook import Notebook


class Rule(Protocol):
    """A module that finds one kind of mistake in a note."""

    __doc__: str | None
    SEVERITY: Severity

    def check(self, note: Note, notebook: Notebook, /) -> Iterable[Diagnostic]:
        """Return what is wrong with `note`, which is one of `notebook`."""


@runtime_checkable
class FileRule(Rule, Protocol):
    """A rule that also looks at the files of the notes folder that are no notes."""

    def check_files(self, notebook: Notebook, /) -> Iterable[Diagnostic]:
        """Return what is wrong with those files, each diagnostic with its source."""


def make_parsing_check(rule: str) -> Callable[[Note, Notebook], Iterable[Diagnostic]]:
    """Return the check of a rule whose diagnostics are made while a note is parsed."""

    def check(note: Note, _: Notebook, /) -> Iterable[Diagnostic]:
        return note.get_diagnostics(rule) if note.diagnostics else ()

    return check
