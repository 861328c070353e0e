"""What a reporter is: a module that writes a report in one format, as pure text."""

from __future__ import annotations

from typing import Protocol

from readinglog.lint.reporters.report import Report


class Reporter(Protocol):
    """A module for one format; only the command line prints what it returns."""

    def render(self, report: Report, /) -> str:
        """Return the report as text, without a line break at its end."""
