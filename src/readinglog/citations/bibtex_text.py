"""The text of a BibTeX file: lines, spaces, braces and quotes."""

from __future__ import annotations

import re
from bisect import bisect_right
from typing import NamedTuple

_SPACE = re.compile(r"(?>(?:\s++|%[^\n]*+(?:\n|\Z))*)")
BRACE = re.compile(r"\\.|[{}]", re.DOTALL)
BRACE_ALONE = re.compile(r"[{}]")
_QUOTE = re.compile(r"\\.|[{}\"]", re.DOTALL)


class Problem(NamedTuple):
    """What is wrong, in which line, and what to write; "" where only the line is known."""

    line: int
    message: str
    help: str


class LineCounter:
    """Finds the lines of a text by offset."""

    def __init__(self, text: str) -> None:
        self._breaks = [found.start() for found in re.finditer("\n", text)]

    def get_line(self, at: int) -> int:
        """Return the number of the line at an offset, from 1."""
        return bisect_right(self._breaks, at - 1) + 1 if at else 1


def find_brace(text: str, start: int, end: int, brace: re.Pattern[str] = BRACE) -> int:
    """Return where a group that is open at `start` ends, 0 if it does not."""
    depth = 1
    for found in brace.finditer(text, start, end):
        if found[0] == "{":
            depth += 1
        elif found[0] == "}":
            depth -= 1
            if not depth:
                return found.end()
    return 0


def find_quote(text: str, start: int, end: int) -> int:
    """Return where a text in quotes ends: at a quote outside of braces; 0 if it does not."""
    depth = 0
    for found in _QUOTE.finditer(text, start, end):
        if found[0] == "{":
            depth += 1
        elif found[0] == "}":
            depth -= 1
        elif found[0] == '"' and depth <= 0:
            return found.end()
    return 0


def skip_space(text: str, at: int, end: int) -> int:
    """Return where spaces and comments from `at` on end."""
    found = _SPACE.match(text, at, end)
    return found.end() if found else at
