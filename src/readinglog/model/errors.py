"""The root of all errors that readinglog raises for a person to read."""

from __future__ import annotations


class ReadinglogError(Exception):
    """Something the program cannot do: `message` says what, `hint` what to do about it."""

    exit_status = 2  # of the command line; 1 where what the command was given to read is bad

    def __init__(self, message: str, hint: str = "") -> None:
        super().__init__(message)
        self.message = message
        self.hint = hint

    def __str__(self) -> str:
        return f"{self.message}: {self.hint}" if self.hint else self.message


def describe_os_error(error: OSError) -> str:
    """Return the reason of an error in lower case."""
    return (error.strerror or str(error)).lower()
