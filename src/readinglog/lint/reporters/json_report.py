"""One JSON object, for programs; its shape is documented in the README and stable."""

from __future__ import annotations

from readinglog.lint.reporters.report import Report, get_positions
from readinglog.model.diagnostic import Diagnostic
from readinglog.model.printable import to_json


def render(report: Report) -> str:
    """Return `{"notes", "diagnostics": […]}`; lines and columns from 1, columns in characters."""
    # Entry by entry, since a large folder of notes may have a million.
    entries = ", ".join(to_json(_to_entry(report, found)) for found in report.diagnostics)
    return f'{{"notes": {report.notes}, "diagnostics": [{entries}]}}'


def _to_entry(report: Report, diagnostic: Diagnostic) -> dict[str, object]:
    start, end = get_positions(diagnostic)
    return {
        "rule": diagnostic.rule,
        "severity": diagnostic.severity.value,
        "path": report.get_path(diagnostic),
        "line": start.line,
        "column": start.column,
        "end_line": end.line,
        "end_column": end.column,
        "message": diagnostic.message,
        "help": diagnostic.help,
        "fixable": bool(diagnostic.fix),
    }
