"""The shape of a rule: a module with a severity, checks, and its manual page as docstring."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import Protocol, runtime_checkable

from readinglog.model.diagnostic import Diagnostic, Severity
from readinglog.model.note import Note
from readinglog.model.vocabulary import Vocabulary
from readinglog.notebook.notebook import Notebook
from readinglog.parsing.latex.macros import Macros


class LogFacts(Protocol):
    """What goes for all notes of a log, whatever these are; a `Notebook` has it."""

    @property
    def vocabulary(self) -> Vocabulary:
        """The tags."""

    @property
    def macros(self) -> Macros:
        """The macros that formulas may use in every note."""

    @property
    def people(self) -> Sequence[str]:
        """Those who may write notes, none where everybody may."""


class Rule(Protocol):
    """A module that finds one kind of mistake: by a check of each note, of other files, or both."""

    __doc__: str | None
    SEVERITY: Severity


@runtime_checkable
class AloneRule(Rule, Protocol):
    """A rule that finds the same in a note whatever the other notes are."""

    def check_alone(self, note: Note, log: LogFacts, /) -> Iterable[Diagnostic]:
        """Return what is wrong with `note`."""


@runtime_checkable
class NotebookRule(Rule, Protocol):
    """A rule that may look at all notes to check one."""

    def check(self, note: Note, notebook: Notebook, /) -> Iterable[Diagnostic]:
        """Return what is wrong with `note`, which is one of `notebook`."""


@runtime_checkable
class FileRule(Rule, Protocol):
    """A rule that looks at the files of the notes folder that are no notes."""

    def check_files(self, notebook: Notebook, /) -> Iterable[Diagnostic]:
        """Return what is wrong with those files, each diagnostic with its source."""


def make_parsing_check(rule: str) -> Callable[[Note, LogFacts], Iterable[Diagnostic]]:
    """Return the check of a rule whose diagnostics are made while a note is parsed."""

    def check_alone(note: Note, _: LogFacts, /) -> Iterable[Diagnostic]:
        return note.get_diagnostics(rule) if note.diagnostics else ()

    return check_alone
