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


def render(report: Report) -> str:
    """Return one run: its results, and the rules that they are of."""
    used = sorted({diagnostic.rule for diagnostic in report.diagnostics})
    driver = {
        "name": "readinglog",
        "version": __version__,
        "rules": [_describe_rule(name) for name in used],
    }
    run = {
        "tool": {"driver": driver},
        "columnKind": "unicodeCodePoints",
        "results": [
            _to_result(report, diagnostic, used.index(diagnostic.rule))
            for diagnostic in report.diagnostics
        ],
    }
    return to_json({"$schema": _SCHEMA, "version": "2.1.0", "runs": [run]})


def _describe_rule(name: str) -> dict[str, object]:
    manual = RULES[name].__doc__ or ""
    return {
        "id": name,
        "shortDescription": {"text": manual.partition("\n")[0]},
        "fullDescription": {"text": manual},
    }


def _to_result(report: Report, diagnostic: Diagnostic, rule_index: int) -> dict[str, object]:
    start, end = get_positions(diagnostic)
    region = {
        "startLine": start.line,
        "startColumn": start.column,
        "endLine": end.line,
        "endColumn": end.column,
    }
    artifact = {"uri": quote(report.get_path(diagnostic))}
    return {
        "ruleId": diagnostic.rule,
        "ruleIndex": rule_index,
        "level": _LEVEL[diagnostic.severity],
        "message": {"text": ": ".join(filter(None, (diagnostic.message, diagnostic.help)))},
        "locations": [{"physicalLocation": {"artifactLocation": artifact, "region": region}}],
    }
