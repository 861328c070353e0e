"""The diagnostics of notes in the log of a build."""

from __future__ import annotations

import logging
from pathlib import Path

from mkdocs.plugins import get_plugin_logger

from readinglog.lint.reporters import Report
from readinglog.lint.reporters.concise import format_line
from readinglog.model.diagnostic import Severity
from readinglog.notebook.notebook import Notebook
from readinglog.workspace.kept_diagnostics import check_with_cache
from readinglog.workspace.settings import Settings

_log = get_plugin_logger("readinglog")
_MOST = 50  # that are logged
_LEVELS = {
    Severity.ERROR: logging.ERROR,
    Severity.WARNING: logging.INFO,
    Severity.INFO: logging.DEBUG,
}


def log_diagnostics(notebook: Notebook, settings: Settings, cache: Path | None) -> None:
    """Check the notes and log the diagnostics, the most severe first; `--strict` stops at errors.

    `cache` is a folder for what is found, or None.
    """
    found = check_with_cache(notebook, settings.severity, cache, resolves_links=True)
    found.sort(key=lambda diagnostic: -_LEVELS[diagnostic.severity])
    report = Report(found, len(notebook.notes), settings.prefix)
    for diagnostic in found[:_MOST]:
        _log.log(_LEVELS[diagnostic.severity], "%s", format_line(report, diagnostic))
    more = len(found) - _MOST
    if more > 0:
        level = _LEVELS[found[_MOST].severity]
        _log.log(level, "and %d more; `readinglog check` shows them", more)
