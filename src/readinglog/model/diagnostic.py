"""What is wrong with content, as a value: built without a thought of how it will be printed."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import NamedTuple

from readinglog.model.text import Edit, Source, Span


class Severity(StrEnum):
    """How much a finding weighs; `ignore` silences a rule."""

    ERROR = "error"
    WARNING = "warning"
    INFO = "info"
    IGNORE = "ignore"


class Place(NamedTuple):
    """Somewhere else that a finding is about."""

    source: Source
    span: Span
    message: str


@dataclass(frozen=True, slots=True)
class Finding:
    """What a rule says: one lower-case sentence, and the help that says what to write instead.

    `fix` holds the edits to the note's own file, and only where they are safe to make unseen.
    """

    span: Span
    message: str
    help: str = ""
    fix: tuple[Edit, ...] = ()
    related: tuple[Place, ...] = ()
    severity: Severity | None = None


class Problem(NamedTuple):
    """A finding that parsing came upon, under the name of the rule that reports it."""

    rule: str
    finding: Finding


@dataclass(frozen=True, slots=True)
class Diagnostic:
    """A finding with the rule that made it, its severity and its file."""

    rule: str
    severity: Severity
    source: Source
    finding: Finding
