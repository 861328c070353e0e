"""One line a diagnostic, for editors and grep."""

from __future__ import annotations

from readinglog.lint.reporters.report import Report, get_positions
from readinglog.model.diagnostic import Diagnostic
from readinglog.model.printable import make_printable


def report_concise(report: Report) -> str:
    """`path:line:column: severity: message [rule]`, the help behind it."""
    return "\n".join((*(format_line(report, found) for found in report.told()), *report.endings()))


def format_line(report: Report, diagnostic: Diagnostic) -> str:
    """The line for one diagnostic, without its help."""
    start, _ = get_positions(diagnostic)
    where = f"{make_printable(report.path(diagnostic))}:{start.line}:{start.column}"
    return (
        f"{where}: {diagnostic.severity}: {make_printable(diagnostic.message)} [{diagnostic.rule}]"
    )
