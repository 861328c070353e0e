"""What every reporter is given, and what reporters share."""

from __future__ import annotations

from collections import Counter
from typing import NamedTuple

from readinglog.model.diagnostic import Diagnostic, Severity
from readinglog.model.text import Position, get_position, pluralize

_NOUNS = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.INFO: "remark"}


class Report(NamedTuple):
    """Diagnostics, the number of notes checked, and the folder that their paths are below.

    `limit` is how many diagnostics of one rule are shown; None shows all.
    """

    diagnostics: list[Diagnostic]
    notes: int
    prefix: str = ""
    limit: int | None = None

    def get_path(self, diagnostic: Diagnostic) -> str:
        """Return the path of the diagnostic's file, relative to the repository."""
        return self.prefix + diagnostic.source.path

    def list_shown(self) -> list[Diagnostic]:
        """Return the diagnostics within the limit."""
        if self.limit is None:
            return self.diagnostics
        count: Counter[str] = Counter()
        shown = []
        for diagnostic in self.diagnostics:
            count[diagnostic.rule] += 1
            if count[diagnostic.rule] <= self.limit:
                shown.append(diagnostic)
        return shown

    def make_summary_lines(self) -> list[str]:
        """Return a line for each rule that is shown in part, and one that sums up."""
        lines = []
        if self.limit is not None:
            rules = Counter(diagnostic.rule for diagnostic in self.diagnostics)
            lines = [
                f"and {count - self.limit:,} more of {rule}"
                for rule, count in sorted(rules.items())
                if count > self.limit
            ]
        if lines:
            lines[-1] += " (--all shows them)"
        return [*lines, self._summary()]

    def _summary(self) -> str:
        """Return how many diagnostics of each severity there are, in how many notes."""
        notes = pluralize(self.notes, "note")
        if not self.diagnostics:
            return f"{notes}, no problems found"
        counts = Counter(diagnostic.severity for diagnostic in self.diagnostics)
        parts = [
            pluralize(counts[weight], noun) for weight, noun in _NOUNS.items() if counts[weight]
        ]
        fixable = sum(bool(diagnostic.fix) for diagnostic in self.diagnostics)
        fix = f"; --fix fixes {fixable:,} of them" if fixable else ""
        return f"{', '.join(parts)} in {notes}{fix}"


def get_positions(diagnostic: Diagnostic) -> tuple[Position, Position]:
    """Return where the diagnostic starts and where it ends."""
    text, span = diagnostic.source.text, diagnostic.span
    return get_position(text, span.start), get_position(text, span.end)
