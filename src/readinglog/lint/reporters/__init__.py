"""Reports: pure text from diagnostics; only the command line prints it."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from readinglog.lint.reporters.concise import report_concise
from readinglog.lint.reporters.full import report_full
from readinglog.lint.reporters.github import report_github
from readinglog.lint.reporters.json_report import report_json
from readinglog.lint.reporters.report import Report
from readinglog.lint.reporters.sarif import report_sarif

REPORTERS: Mapping[str, Callable[[Report], str]] = {
    "concise": report_concise,
    "full": report_full,
    "github": report_github,
    "json": report_json,
    "sarif": report_sarif,
}

__all__ = ["REPORTERS", "Report"]
