"""One line a diagnostic, for editors and grep."""

from __future__ import annotations

from readinglog.lint.reporters.report import Report, places
from readinglog.model.diagnostic import Diagnostic
from readinglog.model.printable import visible


def concise(report: Report) -> str:
    """`path:line:column: severity: message [rule]`, the help behind it."""
    return "\n".join((*(line(report, found) for found in report.told()), *report.endings()))


def line(report: Report, diagnostic: Diagnostic) -> str:
    """The line for one diagnostic, without its help."""
    start, _ = places(diagnostic)
    where = f"{visible(report.path(diagnostic))}:{start.line}:{start.column}"
    return f"{where}: {diagnostic.severity}: {visible(diagnostic.finding.message)} [{diagnostic.rule}]"
