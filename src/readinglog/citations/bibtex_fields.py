"""The fields of an entry of BibTeX: their values, their lines, and what is wrong with them.

Abbreviations of `@string` are filled in and texts joined by `#`. A comma that is missing between
two fields is taken as written, and reported. A value that is not closed ends before the next
field, so that a slip in one costs no other.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import NamedTuple

from readinglog.citations.bibtex_text import (
    BRACE,
    BRACE_ALONE,
    LineCounter,
    Problem,
    find_brace,
    find_quote,
    skip_space,
)

FIELD_LIMIT = 20_000  # characters
SHOWN = 40  # characters of the author's text in a message
_REPAIRS = 8  # values of one entry that may be cut short; to look on and on would take forever
_NAME = re.compile(r"\s*+([^\s,={}()\"%#]++)\s*+")
_FIELD_BEHIND = re.compile(r"\s*+,\s*+([A-Za-z]++)\s*+=")
_NEXT_FIELD = re.compile(r"(?:,\s*+|\n[ \t]*+)([A-Za-z][\w-]*+)[ \t]*+=[ \t]*+(?=[\"{0-9])")
_WORD = re.compile(r"[^\s,={}()\"#]++")
_NOT_CLOSED = "look for a brace or a quote that is not closed"


@dataclass
class ReadFields:
    """Fields by lower-case name with their lines, what is wrong, and where the reading ended."""

    lines: dict[str, int] = field(default_factory=dict)
    values: dict[str, str] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)
    error: Problem | None = None
    end: int = 0


class Extent(NamedTuple):
    """Where fields stand: from `start` up to `closing`, at the latest up to `end`."""

    start: int
    end: int
    closing: str


def read_fields(
    text: str,
    extent: Extent,
    strings: Mapping[str, str],
    lines: LineCounter,
    *,
    defines_strings: bool = False,
) -> ReadFields:
    """Return the fields in an extent.

    `strings` are the abbreviations; each field adds one if it `defines_strings`. The line of an
    error is that of the value that is broken; where none is, it is that of the beginning.
    """
    for brace in (BRACE, BRACE_ALONE):  # to BibTeX, `\\{` opens a group like `{`
        reader = _FieldReader(text, extent, strings, lines, brace, defines_strings=defines_strings)
        found = reader.read()
        if not found.error:
            break
    return found


class _UnreadableError(Exception):
    """An entry cannot be read further; `is_of_value` says that the value that was read last, or
    is read, may be what is wrong.
    """

    def __init__(self, problem: Problem, *, is_of_value: bool = False) -> None:
        super().__init__(problem.message)
        self.problem = problem
        self.is_of_value = is_of_value


class _FieldReader:
    def __init__(
        self,
        text: str,
        extent: Extent,
        strings: Mapping[str, str],
        lines: LineCounter,
        brace: re.Pattern[str],
        *,
        defines_strings: bool,
    ) -> None:
        self._text, self._start, self._at, self._end = text, extent.start, extent.start, extent.end
        self._closing = extent.closing
        self._get_line, self._brace = lines.get_line, brace
        self._found = ReadFields()
        # Where values can be abbreviated, the last definition first.
        self._definitions = (self._found.values, strings) if defines_strings else (strings,)
        self._key = ""  # of the field that is read, its line, and whether no other has that key
        self._line = 0
        self._is_first = True
        self._value_start = extent.start
        self._repairs_left = _REPAIRS

    def read(self) -> ReadFields:
        """Read the fields."""
        found = self._found
        is_whole = False
        while not is_whole:
            try:
                while not self._is_closed():
                    self._parse_field()
                self._report_early_end()
                is_whole = True
            except _UnreadableError as unreadable:
                problem = self._skip_to_next_field(unreadable)
                found.error = found.error or problem or unreadable.problem
                if problem is None:
                    self._at = self._end
                    break
        found.end = self._at
        return found

    def _skip_to_next_field(self, unreadable: _UnreadableError) -> Problem | None:
        """Go to the next field behind one that cannot be read, and return what is wrong; None where
        no other field begins.
        """
        start = self._value_start if unreadable.is_of_value else self._at
        following = _NEXT_FIELD.search(self._text, start, self._end)
        if following is None or not self._repairs_left:
            return None
        self._repairs_left -= 1
        is_read = self._key in self._found.values and self._at <= following.start()
        self._at = following.start(1)
        if is_read or not unreadable.is_of_value:
            return unreadable.problem
        return self._cut_value(following)

    def _cut_value(self, following: re.Match[str]) -> Problem:
        """End the value that is not closed before the field that follows, and return what to say
        of it.
        """
        start = self._value_start
        is_quoted = self._text[start] == '"'
        cut = self._text[start + 1 : following.start()].rstrip()
        value = cut.rstrip(',"' if is_quoted else ",")[:FIELD_LIMIT]
        if self._is_first:
            self._found.values[self._key] = value
            self._found.lines[self._key] = self._line
        next_line = self._get_line(following.start(1))
        message = (
            f"the value of `{self._key[:SHOWN]}` is not closed before `{following[1][:SHOWN]}` in "
            f"line {next_line}"
        )
        help_ = 'write `",` behind it' if is_quoted else "write `},` behind it"
        return Problem(self._get_line(start), message, help_)

    def _report(self, line: int, message: str, help_: str) -> None:
        self._found.problems.append(Problem(line, message, help_))

    def _report_early_end(self) -> None:
        """Report where another field stands behind the end of an entry."""
        if found := _FIELD_BEHIND.match(self._text, self._at, self._end):
            line = self._get_line(found.start(1))
            message = f"the entry ends before the field `{found[1][:SHOWN]}`"
            self._report(line, message, "remove the brace before it that is one too many")

    def _is_closed(self) -> bool:
        """Go behind spaces and commas; return whether the end is next, and go behind it."""
        while True:
            self._at = skip_space(self._text, self._at, self._end)
            if self._text[self._at : self._at + 1] != "," or self._at >= self._end:
                break
            self._at += 1
        if self._at < self._end and self._text[self._at] == self._closing:
            self._at += 1
            return True
        return False

    def _parse_field(self) -> None:
        lines, values = self._found.lines, self._found.values
        start = self._at
        name = _NAME.match(self._text, start, self._end)
        line = self._get_line(start)
        if not name:
            raise _UnreadableError(self._explain_stop(start), is_of_value=start >= self._end)
        if self._text[name.end() : name.end() + 1] != "=" or name.end() >= self._end:
            bare = name[1][:SHOWN].rstrip(":")
            message = f"`=` is missing after `{bare}`"
            raise _UnreadableError(Problem(line, message, f"write `{bare} = {{…}}`"))
        self._at = name.end() + 1
        key = name[1].lower()
        self._key, self._is_first = key, key not in values
        self._value_start = skip_space(self._text, self._at, self._end)
        self._line = line
        value = self._parse_value(key)
        if key in values:
            message = f"`{key[:SHOWN]}` is given twice, first in line {lines[key]}"
            self._report(line, message, "remove one of them; the first is used")
        else:
            values[key], lines[key] = value, line
        self._require_comma(key)

    def _require_comma(self, key: str) -> None:
        """Report where no comma stands between a field and the next."""
        value_end = self._at
        at = skip_space(self._text, value_end, self._end)
        following = self._text[at : at + 1] if at < self._end else ""
        if following in (",", self._closing, ""):
            return
        line = self._get_line(value_end - 1)
        if following == ";":
            message = f"a comma is missing after the field `{key[:SHOWN]}`"
            self._report(line, message, "write `,` in place of `;`")
            self._at = at + 1
            return
        name = _NAME.match(self._text, at, self._end)
        if name and self._text[name.end() : name.end() + 1] == "=":
            message = f"a comma is missing after the field `{key[:SHOWN]}`"
            self._report(line, message, "write one at the end of the line")
            return
        text = self._text[at : at + SHOWN].partition("\n")[0]
        message = f"`{text}` follows the value of `{key[:SHOWN]}`"
        help_ = "put all of the value into one pair of braces, and a comma after it"
        raise _UnreadableError(Problem(self._get_line(at), message, help_), is_of_value=True)

    def _parse_value(self, key: str) -> str:
        """Read texts, numbers and abbreviations that `#` joins."""
        parts = [self._parse_part(key)]
        while True:
            at = skip_space(self._text, self._at, self._end)
            if self._text[at : at + 1] != "#" or at >= self._end:
                return "".join(parts)[:FIELD_LIMIT]
            self._at = at + 1
            parts.append(self._parse_part(key))

    def _parse_part(self, key: str) -> str:
        start = skip_space(self._text, self._at, self._end)
        opening = self._text[start : start + 1] if start < self._end else ""
        if opening == "{":
            end = find_brace(self._text, start + 1, self._end, self._brace)
        elif opening == '"':
            end = find_quote(self._text, start + 1, self._end)
        elif word := _WORD.match(self._text, start, self._end):
            self._at = word.end()
            return self._expand(word[0], key)
        else:
            raise _UnreadableError(self._explain_stop(start))
        if not end:
            message = f"the value of `{key[:SHOWN]}` is not closed"
            problem = Problem(self._get_line(start), message, _NOT_CLOSED)
            raise _UnreadableError(problem, is_of_value=True)
        self._at = end
        return self._text[start + 1 : min(end - 1, start + 1 + FIELD_LIMIT)]

    def _expand(self, word: str, key: str) -> str:
        """Return a number as it is, and what an abbreviation stands for."""
        if word.isdecimal():
            return word
        name = word.lower()
        if defined := next((known for known in self._definitions if name in known), None):
            return defined[name]
        line = self._get_line(self._at - 1)
        message = f"the abbreviation `{word[:SHOWN]}` of `{key[:SHOWN]}` is not defined"
        self._report(line, message, f"write `{{{word[:SHOWN]}}}`, or define it with @string")
        return word

    def _explain_stop(self, at: int) -> Problem:
        """Return the problem that neither a field nor the end of the entry is at `at`."""
        if at >= self._end:
            return Problem(self._get_line(self._start), "", _NOT_CLOSED)
        line = self._get_line(at)
        text = self._text[at : at + SHOWN].partition("\n")[0]
        return Problem(line, f"`{text}` is no field", "write fields as `name = {value},`")
