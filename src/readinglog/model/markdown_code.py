"""Code in Markdown, between more backticks than it has in a row: nothing in it closes it."""

from __future__ import annotations

import re

_BACKTICKS = re.compile("`+")
_SHORTEST_FENCE = 3  # backticks


def quote_code(text: str) -> str:
    """Return `text` as a code span."""
    longest = _measure_backticks(text)
    marks, space = "`" * (longest + 1), " " if longest else ""
    return f"{marks}{space}{text}{space}{marks}"


def make_code_block(language: str, text: str) -> str:
    """Return `text` as a code block in a language."""
    fence = "`" * max(_SHORTEST_FENCE, _measure_backticks(text) + 1)
    line_break = "" if text.endswith("\n") else "\n"
    return f"{fence}{language}\n{text}{line_break}{fence}"


def _measure_backticks(text: str) -> int:
    """Return how many backticks a text has in a row, at most."""
    return max(map(len, _BACKTICKS.findall(text)), default=0)
