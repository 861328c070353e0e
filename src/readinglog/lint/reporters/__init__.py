"""Reports: pure text from diagnostics; only the command line prints it."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from readinglog.lint.reporters.concise import concise
from readinglog.lint.reporters.full import full
from readinglog.lint.reporters.github import github
from readinglog.lint.reporters.json_report import as_json
from readinglog.lint.reporters.report import Report
from readinglog.lint.reporters.sarif import sarif

FORMATS: Mapping[str, Callable[[Report], str]] = {
    "concise": concise,
    "full": full,
    "github": github,
    "json": as_json,
    "sarif": sarif,
}

__all__ = ["FORMATS", "Report"]
