"""Errors of the command line."""

from __future__ import annotations

from readinglog.model.errors import ReadinglogError


class UsageError(ReadinglogError):
    """A wrong call of a command."""


class FileError(ReadinglogError):
    """A file that cannot be written."""

    def __init__(self, path: str, reason: str, remark: str = "") -> None:
        super().__init__(f"{path} cannot be written: {reason}{f'; {remark}' if remark else ''}")
