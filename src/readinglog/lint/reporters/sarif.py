"""SARIF 2.1.0, for code scanning services."""

from __future__ import annotations

from urllib.parse import quote

from readinglog import __version__
from readinglog.lint.reporters.report import Report, get_positions
from readinglog.lint.rules import RULES
from readinglog.model.diagnostic import Diagnostic, Severity
from readinglog.model.printable import to_json

_LEVEL = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.INFO: "note"}
_SCHEMA = "https://json.schemastore.org/sarif-2.1.0.json"


def report_sarif(report: Report) -> str:
    """One run with the rules that spoke and their results."""
    used = sorted({diagnostic.rule for diagnostic in report.diagnostics})
    rules = [
        {
            "id": name,
            "shortDescription": {"text": (RULES[name].__doc__ or "").partition("\n")[0]},
            "fullDescription": {"text": RULES[name].__doc__ or ""},
        }
        for name in used
    ]
    driver = {"name": "readinglog", "version": __version__, "rules": rules}
    run = {
        "tool": {"driver": driver},
        "columnKind": "unicodeCodePoints",
        "results": [
            _result(report, diagnostic, used.index(diagnostic.rule))
            for diagnostic in report.diagnostics
        ],
    }
    return to_json({"$schema": _SCHEMA, "version": "2.1.0", "runs": [run]})


def _result(report: Report, diagnostic: Diagnostic, rule: int) -> dict[str, object]:
    start, end = get_positions(diagnostic)
    finding = diagnostic
    region = {
        "startLine": start.line,
        "startColumn": start.column,
        "endLine": end.line,
        "endColumn": end.column,
    }
    artifact = {"uri": quote(report.path(diagnostic))}
    return {
        "ruleId": diagnostic.rule,
        "ruleIndex": rule,
        "level": _LEVEL[diagnostic.severity],
        "message": {
            "text": f"{finding.message}: {finding.help}" if finding.help else finding.message
        },
        "locations": [{"physicalLocation": {"artifactLocation": artifact, "region": region}}],
    }
