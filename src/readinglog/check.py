"""Checking: every rule on every note, and what follows from it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping

from readinglog.diagnostic import Diagnostic, Finding, Severity
from readinglog.notebook import Notebook
from readinglog.rules import RULES
from readinglog.text import Edit, Source, apply

Severities = Mapping[str, Severity]
_ROUNDS = 10


def check(notebook: Notebook, severities: Severities | None = None, only: str | None = None) -> list[Diagnostic]:
    """All diagnostics in order of file and place.

    `severities` says what a rule weighs instead of its own; `only` is the path of the one note to check.
    """
    weights = {name: (severities or {}).get(name, rule.SEVERITY) for name, rule in RULES.items()}
    active = [(name, rule.check) for name, rule in RULES.items() if weights[name] is not Severity.IGNORE]
    set_ = severities or {}

    def diagnostic(rule: str, source: Source, finding: Finding) -> Diagnostic:
        own = finding.severity if finding.severity and rule not in set_ else weights[rule]
        return Diagnostic(rule, own, source, finding)

    found: list[Diagnostic] = []
    vocabulary = notebook.vocabulary
    if vocabulary.source and weights["invalid-vocabulary"] is not Severity.IGNORE:
        found += (diagnostic("invalid-vocabulary", vocabulary.source, problem) for problem in vocabulary.problems)
    for note in [notebook.at[only]] if only else notebook.notes:
        for name, rule in active:
            found += [diagnostic(name, note.source, finding) for finding in rule(note, notebook)]
    order = {name: index for index, name in enumerate(RULES)}
    return sorted(found, key=lambda d: (d.source.path, d.finding.span, order[d.rule]))


def fixed(source: Source, diagnose: Callable[[Source], Iterable[Diagnostic]]) -> str | None:
    """The text of `source` with every safe fix made until none is left, or None where there is nothing to fix.

    `diagnose` gives the diagnostics of a changed source. A text that fixing would not settle is left alone.
    """
    current = source
    for _ in range(_ROUNDS):
        edits: list[Edit] = [edit for diagnostic in diagnose(current) for edit in diagnostic.finding.fix]
        if not edits:
            return current.text if current is not source else None
        current = Source(source.path, apply(current.text, edits).encode())
    return None
