"""Reports: pure text from diagnostics; only the command line prints it."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from readinglog.report.concise import concise
from readinglog.report.full import full
from readinglog.report.github import github
from readinglog.report.json_report import as_json
from readinglog.report.model import Report
from readinglog.report.sarif import sarif

FORMATS: Mapping[str, Callable[[Report], str]] = {
    "concise": concise,
    "full": full,
    "github": github,
    "json": as_json,
    "sarif": sarif,
}

__all__ = ["FORMATS", "Report"]
