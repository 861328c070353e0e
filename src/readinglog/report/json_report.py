"""One JSON object, for programs; its shape is documented in the README and stable."""

from __future__ import annotations

from readinglog.diagnostic import Diagnostic
from readinglog.report.model import Report, json_text, places


def as_json(report: Report) -> str:
    """`{"notes", "diagnostics": [...]}`; lines and columns from 1, columns in characters."""
    return json_text({"notes": report.notes, "diagnostics": [_entry(report, d) for d in report.diagnostics]})


def _entry(report: Report, diagnostic: Diagnostic) -> dict[str, object]:
    start, end = places(diagnostic)
    return {
        "rule": diagnostic.rule,
        "severity": diagnostic.severity.value,
        "path": report.path(diagnostic),
        "line": start.line,
        "column": start.column,
        "end_line": end.line,
        "end_column": end.column,
        "message": diagnostic.finding.message,
        "help": diagnostic.finding.help,
        "fixable": bool(diagnostic.finding.fix),
    }
