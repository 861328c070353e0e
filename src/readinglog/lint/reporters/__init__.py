"""The reporters by the name of their format, one module each."""

from __future__ import annotations

from collections.abc import Mapping

from readinglog.lint.reporters import concise, full, github, gitlab, json_report, sarif
from readinglog.lint.reporters.report import Report
from readinglog.lint.reporters.reporter import Reporter

REPORTERS: Mapping[str, Reporter] = {
    "concise": concise,
    "full": full,
    "github": github,
    "gitlab": gitlab,
    "json": json_report,
    "sarif": sarif,
}

__all__ = ["REPORTERS", "Report"]
