"""Annotations for GitHub's check of a pull request."""

from __future__ import annotations

from readinglog.lint.reporters.report import Report, get_positions
from readinglog.model.diagnostic import Diagnostic, Severity
from readinglog.model.printable import make_printable

_COMMAND = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.INFO: "notice"}


def render(report: Report) -> str:
    """Return one workflow command a diagnostic, as GitHub documents them, and the summary."""
    lines = [_format_command(report, diagnostic) for diagnostic in report.list_shown()]
    return "\n".join((*lines, *report.make_summary_lines()))


def _format_command(report: Report, diagnostic: Diagnostic) -> str:
    start, end = get_positions(diagnostic)
    properties = {
        "file": report.get_path(diagnostic),
        "line": start.line,
        "endLine": end.line,
        "col": start.column,
        "endColumn": end.column,
        "title": diagnostic.rule,
    }
    written = ",".join(f"{name}={_escape_value(str(of))}" for name, of in properties.items())
    message = "\n".join(filter(None, (diagnostic.message, diagnostic.help)))
    return f"::{_COMMAND[diagnostic.severity]} {written}::{_escape_data(message)}"


def _escape_data(text: str) -> str:
    lines = "\n".join(make_printable(line) for line in text.split("\n"))
    return lines.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _escape_value(text: str) -> str:
    return _escape_data(text).replace(":", "%3A").replace(",", "%2C")
