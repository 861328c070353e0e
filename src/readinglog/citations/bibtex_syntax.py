"""The syntax of BibTeX: entries with their fields, and what is wrong with them, by line.

What BibTeX reads is read as it does: abbreviations of `@string`, texts joined by `#`, entries in
braces or parentheses. Beyond that, a comma that is missing between two fields is taken as written,
and reported; and `%` before an entry comments it out, as in LaTeX.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Mapping
from dataclasses import dataclass, field

from readinglog.citations.bibtex_fields import SHOWN, Extent, ReadFields, read_fields
from readinglog.citations.bibtex_text import LineCounter, Problem, find_brace, skip_space

MONTHS = "jan feb mar apr may jun jul aug sep oct nov dec".split()
_MONTH_NAMES = (
    "January February March April May June July August September October November December"
).split()
_BLOCK = re.compile(r"@[ \t]*([A-Za-z]\w*)\s*+([{(])")
# A block at the start of a line ends whatever is not closed before it.
_LINE_BLOCK = re.compile(r"^[ \t]*@[ \t]*[A-Za-z]\w*[ \t]*[{(]", re.MULTILINE)
_KEY = re.compile(r"\s*+([^\s,;={}()\"%#]*+(?>(?:[()][^\s,;={}()\"%#]++)*))")
_CLOSING = {"{": "}", "(": ")"}


@dataclass(frozen=True)
class BibtexEntry:
    """An entry: its fields by lower-case name, as LaTeX; `error` is why it ends too early."""

    type: str
    key: str
    line: int
    fields: Mapping[str, str] = field(default_factory=dict)
    lines: Mapping[str, int] = field(default_factory=dict)  # of the fields
    problems: tuple[Problem, ...] = ()
    error: Problem | None = None


def parse_entries(text: str) -> list[BibtexEntry]:
    """Return the entries of a BibTeX file in their order, in time linear in its length."""
    return _Parser(text).parse()


class _Parser:
    def __init__(self, text: str) -> None:
        self._text = text
        self._lines = LineCounter(text)
        self._starts = [found.start() for found in _LINE_BLOCK.finditer(text)]
        self._strings = dict(zip(MONTHS, _MONTH_NAMES, strict=True))
        self._at = 0
        self._end = len(text)  # of the block that is read, at the latest
        self._skips_left = 3

    def parse(self) -> list[BibtexEntry]:
        entries = []
        while block := _BLOCK.search(self._text, self._at):
            if line_end := self._find_comment_end(block.start()):
                self._at = line_end
                continue
            self._at = block.end()
            following = bisect_right(self._starts, block.start())
            ends = self._starts[following : following + 1]
            self._end = ends[0] if ends else len(self._text)
            match block[1].lower():
                case "comment" | "preamble":
                    self._skip_block(block[2])
                case "string":
                    self._parse_strings(_CLOSING[block[2]])
                case type_:
                    entries.append(self._parse_entry(type_, block))
        return entries

    def _find_comment_end(self, at: int) -> int:
        """Return where the line ends if a `%` before `at` makes it a comment, else 0."""
        start = max(self._text.rfind("\n", self._at, at) + 1, self._at)
        if "%" not in self._text[start:at].replace("\\%", ""):
            return 0
        end = self._text.find("\n", at)
        return end if end >= 0 else len(self._text)

    def _skip_block(self, opening: str) -> None:
        """Go behind a block whose content does not matter, where it is closed at all."""
        if opening == "{" and self._skips_left:
            end = find_brace(self._text, self._at, len(self._text))
            self._at = end or self._at
            self._skips_left -= not end  # to look for the end of each would take forever

    def _parse_strings(self, closing: str) -> None:
        """Read abbreviations, of which one may use those before it.

        Where they cannot be read, the entries that use them tell.
        """
        found = self._read_fields(closing, defines_strings=True)
        self._strings |= found.values

    def _read_fields(self, closing: str, *, defines_strings: bool = False) -> ReadFields:
        extent = Extent(self._at, self._end, closing)
        found = read_fields(
            self._text, extent, self._strings, self._lines, defines_strings=defines_strings
        )
        self._at = found.end
        return found

    def _parse_entry(self, type_: str, block: re.Match[str]) -> BibtexEntry:
        line = self._lines.get_line(block.start())
        closing = _CLOSING[block[2]]
        problems: list[Problem] = []
        key = self._parse_key(line, closing, problems)
        found = self._read_fields(closing)
        problems += found.problems
        return BibtexEntry(
            type_, key, line, found.values, found.lines, tuple(problems), found.error
        )

    def _parse_key(self, line: int, closing: str, problems: list[Problem]) -> str:
        """Read the key of an entry with the comma behind it, if both are there."""
        found = _KEY.match(self._text, self._at, self._end)
        key = found[1] if found else ""
        at = skip_space(self._text, found.end() if found else self._at, self._end)
        following = self._text[at : at + 1]
        if key and following == "=":  # it is the first field
            help_ = "write one, as in `@article{key,`"
            problems.append(Problem(line, "the entry has no key", help_))
            return ""
        self._at = at
        if following in (",", ";"):
            self._at += 1
        if following != "," and key and following != closing:
            key_line = self._lines.get_line(found.start(1)) if found else line
            message = f"a comma is missing after the key `{key[:SHOWN]}`"
            problems.append(Problem(key_line, message, f"write `{key[:SHOWN]},`"))
        return key
