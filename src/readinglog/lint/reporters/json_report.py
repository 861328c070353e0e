"""One JSON object, for programs; its shape is documented in the README and stable."""

from __future__ import annotations

from readinglog.lint.reporters.report import Report, get_positions
from readinglog.model.diagnostic import Diagnostic
from readinglog.model.printable import to_json


def report_json(report: Report) -> str:
    """`{"notes", "diagnostics": [...]}`; lines and columns from 1, columns in characters."""
    entries = ", ".join(
        to_json(_entry(report, diagnostic)) for diagnostic in report.diagnostics
    )  # a vault has a million
    return f'{{"notes": {report.notes}, "diagnostics": [{entries}]}}'


def _entry(report: Report, diagnostic: Diagnostic) -> dict[str, object]:
    start, end = get_positions(diagnostic)
    return {
        "rule": diagnostic.rule,
        "severity": diagnostic.severity.value,
        "path": report.path(diagnostic),
        "line": start.line,
        "column": start.column,
        "end_line": end.line,
        "end_column": end.column,
        "message": diagnostic.message,
        "help": diagnostic.help,
        "fixable": bool(diagnostic.fix),
    }
