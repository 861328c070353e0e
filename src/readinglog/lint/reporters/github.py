"""Annotations for GitHub's check of a pull request."""

from __future__ import annotations

from readinglog.lint.reporters.report import Report, get_positions
from readinglog.model.diagnostic import Severity
from readinglog.model.printable import make_printable

_COMMAND = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.INFO: "notice"}


def report_github(report: Report) -> str:
    """One workflow command a diagnostic, as GitHub documents them, and the line that sums up."""
    lines = []
    for diagnostic in report.told():
        start, end = get_positions(diagnostic)
        finding = diagnostic
        fields = f"file={_value(report.path(diagnostic))},line={start.line},endLine={end.line},col={start.column}"
        fields += f",endColumn={end.column},title={_value(diagnostic.rule)}"
        message = f"{finding.message}\n{finding.help}" if finding.help else finding.message
        lines.append(f"::{_COMMAND[diagnostic.severity]} {fields}::{_data(message)}")
    return "\n".join((*lines, *report.endings()))


def _data(text: str) -> str:
    lines = "\n".join(make_printable(line) for line in text.split("\n"))
    return lines.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _value(text: str) -> str:
    return _data(text).replace(":", "%3A").replace(",", "%2C")
