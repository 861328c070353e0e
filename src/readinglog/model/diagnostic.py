"""What is wrong with content, as a value: built without a thought of how it will be printed."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import NamedTuple

from readinglog.model.text import Edit, Source, Span


class Severity(StrEnum):
    """How much a diagnostic weighs, from the gravest down; `ignore` silences a rule."""

    ERROR = "error"
    WARNING = "warning"
    INFO = "info"
    IGNORE = "ignore"


_BY_WEIGHT = tuple(Severity)
_NO_FILE = Source("")


def choose_milder(first: Severity, second: Severity) -> Severity:
    """Return the one of two severities that weighs less."""
    return max(first, second, key=_BY_WEIGHT.index)


class RelatedLocation(NamedTuple):
    """Somewhere else that a diagnostic is about."""

    source: Source
    span: Span
    message: str


@dataclass(frozen=True, slots=True)
class Diagnostic:
    """One thing that is wrong: a lower-case sentence, and the help that says what to write instead.

    `fix` holds the edits to the file itself, and only where they are safe to make unseen. Whoever
    finds something fills in what it knows; the linter, which knows the rule, its weight and the
    file, fills in the rest. A milder `severity` than the rule's is for a case that weighs less.
    """

    span: Span
    message: str
    help: str = ""
    fix: tuple[Edit, ...] = ()
    related: tuple[RelatedLocation, ...] = ()
    rule: str = ""
    severity: Severity = Severity.ERROR
    source: Source = _NO_FILE


class InvalidContentError(Exception):
    """A text is not what it should be; `diagnostic` says where and why."""

    def __init__(self, diagnostic: Diagnostic) -> None:
        super().__init__(diagnostic.message)
        self.diagnostic = diagnostic
