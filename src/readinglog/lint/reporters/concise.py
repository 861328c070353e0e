"""One line a diagnostic, for editors and grep."""

from __future__ import annotations

from readinglog.lint.reporters.report import Report, get_positions
from readinglog.model.diagnostic import Diagnostic
from readinglog.model.printable import make_printable


def render(report: Report) -> str:
    """Return a line `path:line:column: severity: message [rule]` a diagnostic."""
    lines = [format_line(report, diagnostic) for diagnostic in report.list_shown()]
    return "\n".join((*lines, *report.make_summary_lines()))


def format_line(report: Report, diagnostic: Diagnostic) -> str:
    """Return the line for one diagnostic, without its help."""
    start, _ = get_positions(diagnostic)
    where = f"{make_printable(report.get_path(diagnostic))}:{start.line}:{start.column}"
    message = make_printable(diagnostic.message)
    return f"{where}: {diagnostic.severity}: {message} [{diagnostic.rule}]"
