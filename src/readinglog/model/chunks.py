"""What is made of texts between white space, kept as the same come again and again."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

Made = TypeVar("Made")

_MOST = 1 << 15  # texts that are kept
_LONGEST = 40  # letters: what is longer, as a paragraph in Chinese is, seldom comes again


class Chunks(dict[str, Made]):
    """What a function makes of texts: to look it up here is quicker than a call."""

    def __init__(self, make: Callable[[str], Made]) -> None:
        super().__init__()
        self._make = make

    def __missing__(self, chunk: str) -> Made:
        made = self._make(chunk)
        if len(chunk) <= _LONGEST:
            if len(self) >= _MOST:
                self.clear()
            self[chunk] = made
        return made
