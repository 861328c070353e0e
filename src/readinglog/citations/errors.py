"""The error of looking up a work."""

from __future__ import annotations

from readinglog.model.errors import ReadinglogError


class WorkLookupError(ReadinglogError):
    """No work was identified or found.

    `unreachable` means that a source does not answer for now, so that one may go on with what is
    known of the work.
    """

    exit_status = 1

    def __init__(self, message: str, hint: str = "", *, unreachable: bool = False) -> None:
        super().__init__(message, hint)
        self.unreachable = unreachable
