"""A place within a line, and how far what follows is indented: in columns, tabs to every fourth."""

from __future__ import annotations

import re

_WHITE = re.compile(r"[ \t]*+")
TAB = 4  # columns


class LineCursor:
    """Reads lines of `text` from left to right, past the marks of the containers they are in.

    `at` is the offset that is reached, `pad` the columns of a tab before it that are left. What
    follows is indented by `indent` columns and begins at the offset `first`, which is `end` where
    the line is blank.
    """

    __slots__ = ("_column", "at", "end", "first", "indent", "pad", "text")

    def __init__(self, text: str) -> None:
        self.text = text
        self.at = self.end = self.first = self.indent = self.pad = self._column = 0

    def start(self, at: int, end: int) -> None:
        """Go to the start of the line between two offsets."""
        self.at, self.end = at, end
        self.pad = self._column = 0
        self.measure()

    @property
    def is_blank(self) -> bool:
        return self.first == self.end

    def measure(self) -> None:
        """Find out how far what follows is indented."""
        if self.at < self.end and self.text[self.at] not in " \t":
            self.first, self.indent = self.at, self.pad
            return
        found = _WHITE.match(self.text, self.at, self.end)
        self.first = found.end() if found else self.at
        white = self.text[self.at : self.first]
        if "\t" not in white:
            self.indent = self.pad + len(white)
            return
        column = self._column + self.pad
        for character in white:
            column += TAB - column % TAB if character == "\t" else 1
        self.indent = column - self._column

    def skip_columns(self, columns: int) -> None:
        """Go on by that many columns of white space."""
        while columns > 0 and (self.pad or self.at < self.first):
            if not self.pad:
                is_tab = self.text[self.at] == "\t"
                self.pad = TAB - self._column % TAB if is_tab else 1
                self.at += 1
            step = min(self.pad, columns)
            self.pad -= step
            self._column += step
            columns -= step
        self.measure()

    def skip_mark(self, length: int) -> None:
        """Go behind the white space, and a mark of that many characters after it."""
        self.at = self.first + length
        self._column += self.indent + length
        self.pad = 0
        self.measure()
