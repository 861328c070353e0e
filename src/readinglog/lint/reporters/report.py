"""What every report format is given, and what they share."""

from __future__ import annotations

from collections import Counter
from typing import NamedTuple

from readinglog.model.diagnostic import Diagnostic, Severity
from readinglog.model.text import Position, pluralize, position_at


class Report(NamedTuple):
    """Diagnostics with the number of notes checked and the folder that their paths stand under.

    `limit` is how many diagnostics of one rule are told; None tells all.
    """

    diagnostics: list[Diagnostic]
    notes: int
    prefix: str = ""
    limit: int | None = None

    def path(self, diagnostic: Diagnostic) -> str:
        """The path relative to the repository."""
        return self.prefix + diagnostic.source.path

    def told(self) -> list[Diagnostic]:
        """The diagnostics within the limit."""
        count: Counter[str] = Counter()
        kept = []
        for diagnostic in self.diagnostics:
            count[diagnostic.rule] += 1
            if self.limit is None or count[diagnostic.rule] <= self.limit:
                kept.append(diagnostic)
        return kept

    def endings(self) -> list[str]:
        """A line for each rule that is told of in part, and one that sums up."""
        rules = Counter(diagnostic.rule for diagnostic in self.diagnostics)
        limit = self.limit if self.limit is not None else max(rules.values(), default=0)
        lines = [
            f"and {count - limit:,} more of {rule}"
            for rule, count in sorted(rules.items())
            if count > limit
        ]
        if lines:
            lines[-1] += " (--all shows them)"
        return [*lines, self.summary()]

    def summary(self) -> str:
        """How many of what, in how many notes."""
        counts = Counter(diagnostic.severity for diagnostic in self.diagnostics)
        plural = {Severity.ERROR: "errors", Severity.WARNING: "warnings", Severity.INFO: "remarks"}
        parts = [
            f"{counts[s]:,} {word if counts[s] != 1 else word[:-1]}"
            for s, word in plural.items()
            if counts[s]
        ]
        fixable = sum(bool(diagnostic.finding.fix) for diagnostic in self.diagnostics)
        notes = pluralize(self.notes, "note")
        fix = f"; --fix fixes {fixable:,} of them" if fixable else ""
        return f"{', '.join(parts)} in {notes}{fix}" if parts else f"{notes}, no problems found"


def get_positions(diagnostic: Diagnostic) -> tuple[Position, Position]:
    """Where the finding starts and where it ends."""
    text, span = diagnostic.source.text, diagnostic.finding.span
    return position_at(text, span.start), position_at(text, span.end)
