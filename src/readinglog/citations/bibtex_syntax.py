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
from typing import NamedTuple

MONTHS = "jan feb mar apr may jun jul aug sep oct nov dec".split()
FIELD_LIMIT = 20_000  # characters
_MONTH_NAMES = (
    "January February March April May June July August September October November December"
).split()
_SHOWN = 40  # characters of the author's text in a message
_BLOCK = re.compile(r"@[ \t]*([A-Za-z]\w*)\s*+([{(])")
# A block at the start of a line ends whatever is not closed before it.
_LINE_BLOCK = re.compile(r"^[ \t]*@[ \t]*[A-Za-z]\w*[ \t]*[{(]", re.MULTILINE)
_KEY = re.compile(r"\s*+([^\s,;={}()\"%#]*+(?>(?:[()][^\s,;={}()\"%#]++)*))")
_NAME = re.compile(r"\s*+([^\s,={}()\"%#]++)\s*+")
_FIELD_BEHIND = re.compile(r"\s*+,\s*+([A-Za-z]++)\s*+=")
_WORD = re.compile(r"[^\s,={}()\"#]++")
_SPACE = re.compile(r"(?>(?:\s++|%[^\n]*+(?:\n|\Z))*)")
_BRACE = re.compile(r"\\.|[{}]", re.DOTALL)
_BRACE_ALONE = re.compile(r"[{}]")
_QUOTE = re.compile(r"\\.|[{}\"]", re.DOTALL)
_NOT_CLOSED = "look for a brace or a quote that is not closed"
_CLOSING = {"{": "}", "(": ")"}


class Problem(NamedTuple):
    """What is wrong, in which line, and what to write; "" where only the line is known."""

    line: int
    message: str
    help: str


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


class _UnreadableError(Exception):
    """An entry cannot be read further."""

    def __init__(self, problem: Problem) -> None:
        super().__init__(problem.message)
        self.problem = problem


class _Parser:
    def __init__(self, text: str) -> None:
        self._text = text
        self._breaks = [found.start() for found in re.finditer("\n", text)]
        self._starts = [found.start() for found in _LINE_BLOCK.finditer(text)]
        self._strings = dict(zip(MONTHS, _MONTH_NAMES, strict=True))
        self._at = 0
        self._end = len(text)  # of the block that is read, at the latest
        self._problems: list[Problem] = []
        self._brace = _BRACE
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

    def _get_line(self, at: int) -> int:
        return bisect_right(self._breaks, at - 1) + 1 if at else 1

    def _skip_block(self, opening: str) -> None:
        """Go behind a block whose content does not matter, where it is closed at all."""
        if opening == "{" and self._skips_left:
            end = self._find_brace(self._at, len(self._text))
            self._at = end or self._at
            self._skips_left -= not end  # to look for the end of each would take forever

    def _parse_strings(self, closing: str) -> None:
        """Read abbreviations, of which one may use those before it.

        Where they cannot be read, the entries that use them tell.
        """
        try:
            while not self._meets(closing):
                values: dict[str, str] = {}
                self._parse_field(closing, {}, values)
                self._strings |= values
        except _UnreadableError:
            self._at = self._end
        self._problems = []

    def _parse_entry(self, type_: str, block: re.Match[str]) -> BibtexEntry:
        line = self._get_line(block.start())
        closing = _CLOSING[block[2]]
        self._problems = []
        for self._brace in (_BRACE, _BRACE_ALONE):  # to BibTeX, `\\{` opens a group like `{`
            self._at = block.end()
            key = self._parse_key(line, closing)
            lines, fields, problems, error = self._parse_fields(closing)
            if not error:
                break
        return BibtexEntry(type_, key, line, fields, lines, problems, error)

    def _parse_key(self, line: int, closing: str) -> str:
        """Read the key of an entry with the comma behind it, if both are there."""
        found = _KEY.match(self._text, self._at, self._end)
        key = found[1] if found else ""
        at = _skip_space(self._text, found.end() if found else self._at, self._end)
        following = self._text[at : at + 1]
        if key and following == "=":  # it is the first field
            self._report(line, "the entry has no key", "write one, as in `@article{key,`")
            return ""
        self._at = at
        if following in (",", ";"):
            self._at += 1
        if following != "," and key and following != closing:
            key_line = self._get_line(found.start(1)) if found else line
            message = f"a comma is missing after the key `{key[:_SHOWN]}`"
            self._report(key_line, message, f"write `{key[:_SHOWN]},`")
        return key

    def _report(self, line: int, message: str, help_: str) -> None:
        self._problems.append(Problem(line, message, help_))

    def _parse_fields(
        self, closing: str
    ) -> tuple[dict[str, int], dict[str, str], tuple[Problem, ...], Problem | None]:
        """Read fields up to `closing`: their lines, their values, and what is wrong."""
        lines: dict[str, int] = {}
        values: dict[str, str] = {}
        error = None
        try:
            while not self._meets(closing):
                self._parse_field(closing, lines, values)
            self._report_early_end()
        except _UnreadableError as unreadable:
            error = unreadable.problem
            self._at = self._end
        problems, self._problems = tuple(self._problems), []
        return lines, values, problems, error

    def _report_early_end(self) -> None:
        """Report where another field stands behind the end of an entry."""
        if found := _FIELD_BEHIND.match(self._text, self._at, self._end):
            line = self._get_line(found.start(1))
            message = f"the entry ends before the field `{found[1][:_SHOWN]}`"
            self._report(line, message, "remove the brace before it that is one too many")

    def _meets(self, closing: str) -> bool:
        """Go behind spaces and commas, and behind `closing` where it is next."""
        while True:
            self._at = _skip_space(self._text, self._at, self._end)
            if self._text[self._at : self._at + 1] != "," or self._at >= self._end:
                break
            self._at += 1
        if self._at < self._end and self._text[self._at] == closing:
            self._at += 1
            return True
        return False

    def _parse_field(self, closing: str, lines: dict[str, int], values: dict[str, str]) -> None:
        start = self._at
        name = _NAME.match(self._text, start, self._end)
        line = self._get_line(start)
        if not name:
            raise _UnreadableError(self._explain_stop(start))
        if self._text[name.end() : name.end() + 1] != "=" or name.end() >= self._end:
            bare = name[1][:_SHOWN].rstrip(":")
            message = f"`=` is missing after `{bare}`"
            raise _UnreadableError(Problem(line, message, f"write `{bare} = {{…}}`"))
        self._at = name.end() + 1
        key = name[1].lower()
        value = self._parse_value(key)
        if key in values:
            message = f"`{key[:_SHOWN]}` is given twice, first in line {lines[key]}"
            self._report(line, message, "remove one of them; the first is used")
        else:
            lines[key], values[key] = line, value
        self._require_comma(key, closing)

    def _require_comma(self, key: str, closing: str) -> None:
        """Report where no comma stands between a field and the next."""
        value_end = self._at
        at = _skip_space(self._text, value_end, self._end)
        following = self._text[at : at + 1] if at < self._end else ""
        if following in (",", closing, ""):
            return
        line = self._get_line(value_end - 1)
        if following == ";":
            message = f"a comma is missing after the field `{key[:_SHOWN]}`"
            self._report(line, message, "write `,` in place of `;`")
            self._at = at + 1
            return
        name = _NAME.match(self._text, at, self._end)
        if name and self._text[name.end() : name.end() + 1] == "=":
            message = f"a comma is missing after the field `{key[:_SHOWN]}`"
            self._report(line, message, "write one at the end of the line")
            return
        text = self._text[at : at + _SHOWN].partition("\n")[0]
        message = f"`{text}` follows the value of `{key[:_SHOWN]}`"
        help_ = "put all of the value into one pair of braces, and a comma after it"
        raise _UnreadableError(Problem(self._get_line(at), message, help_))

    def _parse_value(self, key: str) -> str:
        """Read texts, numbers and abbreviations that `#` joins."""
        parts = [self._parse_part(key)]
        while True:
            at = _skip_space(self._text, self._at, self._end)
            if self._text[at : at + 1] != "#" or at >= self._end:
                return "".join(parts)[:FIELD_LIMIT]
            self._at = at + 1
            parts.append(self._parse_part(key))

    def _parse_part(self, key: str) -> str:
        start = _skip_space(self._text, self._at, self._end)
        opening = self._text[start : start + 1] if start < self._end else ""
        if opening == "{":
            end = self._find_brace(start + 1, self._end)
        elif opening == '"':
            end = self._find_quote(start + 1)
        elif word := _WORD.match(self._text, start, self._end):
            self._at = word.end()
            return self._expand(word[0], key)
        else:
            raise _UnreadableError(self._explain_stop(start))
        if not end:
            raise _UnreadableError(Problem(self._get_line(start), "", _NOT_CLOSED))
        self._at = end
        return self._text[start + 1 : min(end - 1, start + 1 + FIELD_LIMIT)]

    def _expand(self, word: str, key: str) -> str:
        """Return a number as it is, and what an abbreviation stands for."""
        if word.isdecimal():
            return word
        if (text := self._strings.get(word.lower())) is not None:
            return text
        line = self._get_line(self._at - 1)
        message = f"the abbreviation `{word[:_SHOWN]}` of `{key[:_SHOWN]}` is not defined"
        self._report(line, message, f"write `{{{word[:_SHOWN]}}}`, or define it with @string")
        return word

    def _find_brace(self, start: int, end: int) -> int:
        """Return where a group that is open at `start` ends, 0 if it does not."""
        depth = 1
        for found in self._brace.finditer(self._text, start, end):
            if found[0] == "{":
                depth += 1
            elif found[0] == "}":
                depth -= 1
                if not depth:
                    return found.end()
        return 0

    def _find_quote(self, start: int) -> int:
        """Return where a text in quotes ends: at a quote outside of braces; 0 if it does not."""
        depth = 0
        for found in _QUOTE.finditer(self._text, start, self._end):
            if found[0] == "{":
                depth += 1
            elif found[0] == "}":
                depth -= 1
            elif found[0] == '"' and depth <= 0:
                return found.end()
        return 0

    def _explain_stop(self, at: int) -> Problem:
        """Return the problem that neither a field nor the end of the entry is at `at`."""
        line = self._get_line(at)
        if at >= self._end:
            return Problem(line, "", _NOT_CLOSED)
        text = self._text[at : at + _SHOWN].partition("\n")[0]
        return Problem(line, f"`{text}` is no field", "write fields as `name = {value},`")


def _skip_space(text: str, at: int, end: int) -> int:
    found = _SPACE.match(text, at, end)
    return found.end() if found else at
