"""Errors as text for a terminal."""

from __future__ import annotations

from readinglog.model.errors import ReadinglogError
from readinglog.model.printable import make_printable
from readinglog.search.query_errors import QuerySyntaxError

_CONTEXT = 60  # characters of a query shown on each side of an error


def format_error(error: ReadinglogError) -> str:
    """Return an error as text for a terminal: one line, or several for a query."""
    if isinstance(error, QuerySyntaxError):
        return _format_syntax_error(error)
    return make_printable(str(error))


def _format_syntax_error(error: QuerySyntaxError) -> str:
    start, end = error.span
    first, last = max(0, start - _CONTEXT), min(len(error.query), end + _CONTEXT)
    marker = " " * (start - first) + "^" * max(1, min(end, last) - start)
    lines = [
        make_printable(error.message),
        f"  {make_printable(error.query[first:last])}",
        f"  {marker} {make_printable(error.help)}",
    ]
    if error.suggestion:
        lines.append(f"  try: {make_printable(error.suggestion)}")
    return "\n".join(lines)
