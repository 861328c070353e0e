"""Why a piece of front matter is not YAML, in the words of the one who wrote it, with what to write instead."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from readinglog.diagnostic import Finding
from readinglog.parse.yaml_values import YamlTrouble
from readinglog.schema import FIELDS, quoted
from readinglog.suggest import nearest
from readinglog.text import Edit, Span

_ENTRY = re.compile(r"(?P<indent>[ \t]*)(?:-[ ]+)?(?:(?P<key>[A-Za-z_][\w .-]*?)[ \t]*(?P<colon>:)(?P<gap>[ \t]*))?(?P<value>.*)")
_CONFLICT = re.compile(r"(?:<{7}|={7}|>{7}|\|{7})(?: |$)")
_CLOSED = {'"': re.compile(r'"(?:[^"\\]|\\.)*"'), "'": re.compile(r"'(?:[^']|'')*'")}
_RESERVED = "@`%"
_MARKS = {"*": "an alias", "&": "an anchor", "!": "a YAML tag", "|": "a block of text", ">": "a folded text"}
_QUOTE = "put it in double quotes: {}"


class _Line(NamedTuple):
    start: int  # offset in the file
    text: str
    key: str
    value: str
    value_start: int

    @property
    def value_span(self) -> Span:
        return Span(self.value_start, self.value_start + len(self.value))


def explain(chunk: str, base: int, trouble: YamlTrouble) -> Finding:
    """The finding for `chunk`, one entry of front matter at offset `base`, that does not compose for `trouble`."""
    lines = list(_lines(chunk, base))
    return next(
        (found for line in lines for found in _slips(line, trouble)),
        Finding(Span(trouble.offset, trouble.offset + 1), f"this is not YAML: {trouble.message}", "write `key: value`"),
    )


def _lines(chunk: str, base: int) -> Iterator[_Line]:
    start = base
    for whole in chunk.split("\n"):
        text = whole.rstrip("\r")
        found = _ENTRY.match(text)
        if found and text.strip() and not text.lstrip().startswith("#"):
            value = found["value"].rstrip()
            yield _Line(start, text, (found["key"] or "").strip(), value, start + found.start("value"))
        start += len(whole) + 1


def _slips(line: _Line, trouble: YamlTrouble) -> Iterator[Finding]:
    whole = Span(line.start, line.start + max(1, len(line.text)))
    indent = line.text[: len(line.text) - len(line.text.lstrip())]
    if _CONFLICT.match(line.text):
        yield Finding(whole, "a merge conflict was left here", "keep one of the two versions and take the marker lines out")
    elif "\t" in indent:
        spaces = Edit(Span(line.start, line.start + len(indent)), indent.replace("\t", "  "))
        yield Finding(Span(line.start, line.start + len(indent)), "a tab indents this line", "use two spaces", (spaces,))
    elif not line.key and not line.text.lstrip().startswith(("-", "[", "]", "{", "}", '"', "'")) and not indent:
        yield _no_colon(line, whole)
    elif line.key in FIELDS and line.value and line.text[line.value_start - line.start - 1] == ":":
        space = Edit(Span(line.value_start, line.value_start), " ")
        yield Finding(whole, f"there is no space after `{line.key}:`", f"write `{line.text[:40].replace(':', ': ', 1)}`", (space,))
    elif indent and line.key in FIELDS and line.start <= trouble.offset <= line.start + len(line.text):
        margin = Span(line.start, line.start + len(indent))
        yield Finding(whole, f"`{line.key}` is indented, as if it belonged to the line above", "take the spaces out", (Edit(margin, ""),))
    else:
        yield from _value_slips(line, trouble)


def _no_colon(line: _Line, whole: Span) -> Finding:
    word = line.text.split()[0]
    key = word if word in FIELDS else nearest(word, FIELDS)
    if key and len(line.text.split()) > 1:
        value = line.text[line.text.index(word) + len(word) :].strip()
        value = value if re.match(r"[\w\[\"'][^:#]*\Z", value) else quoted(value)
        return Finding(whole, f"there is no colon after `{word}`", f"write `{key}: {value}`")
    return Finding(whole, f"`{line.text.strip()[:60]}` is not a `key: value` line", "write `key: value`, or take it out")


def _value_slips(line: _Line, trouble: YamlTrouble) -> Iterator[Finding]:
    value, first, at = line.value, line.value[:1], trouble.offset - line.value_start
    if "{{" in value:
        yield Finding(line.value_span, f"a placeholder was left in: `{value[:60]}`", "write what belongs there")
    elif first in _CLOSED:
        yield from _quote_slips(line, first)
    elif 0 <= at < len(value) and value[at] in _RESERVED:
        yield _unquoted(line, _item(value, at), f"a value cannot start with `{value[at]}` unless it is quoted")
    elif first in ("[", "{"):
        yield from _bracket_slips(line, first)
    elif first and first in _MARKS:
        yield _unquoted(line, Span(0, len(value)), f"`{first}` at the start of a value is {_MARKS[first]} to YAML")
    elif re.search(r":(?=\s|$)", value):
        yield _unquoted(line, Span(0, len(value)), "a colon and a space within an unquoted value")


def _quote_slips(line: _Line, quote: str) -> Iterator[Finding]:
    value = line.value
    closed = _CLOSED[quote].match(value)
    if closed is None:
        inner = value[1:]
        yield _replaced(line.value_span, f"the quote {quote} that opens this value is never closed", quoted(inner))
    elif (rest := value[closed.end() :].strip()) and not rest.startswith("#"):
        inner = value[1:-1] if value.endswith(quote) else value
        message = f"the quote {quote} closes before the end of this value"
        yield _replaced(line.value_span, message, quoted(inner))


def _bracket_slips(line: _Line, bracket: str) -> Iterator[Finding]:
    value, closing = line.value, {"[": "]", "{": "}"}[bracket]
    field = FIELDS.get(line.key)
    if field and not field.many:
        yield _unquoted(line, Span(0, len(value)), f"`{bracket}` at the start of a value opens a list to YAML")
    elif value.count(bracket) > value.count(closing):
        yield Finding(line.value_span, f"the `{bracket}` that opens this list is never closed", f"write `{closing}` at its end")
    elif not value.endswith(closing):
        yield Finding(line.value_span, f"something stands behind the `{closing}` that ends this list", "put it inside the list")


def _item(value: str, at: int) -> Span:
    """The item of a flow list around offset `at`, or all of the value from there."""
    if value[:1] != "[":
        return Span(at, len(value))
    ends = [end for end in (value.find(",", at), value.find("]", at)) if end >= 0]
    return Span(at, min(ends, default=len(value)))


def _unquoted(line: _Line, part: Span, message: str) -> Finding:
    span = Span(line.value_start + part.start, line.value_start + part.end)
    return _replaced(span, message, quoted(line.value[part.start : part.end].strip()))


def _replaced(span: Span, message: str, new: str) -> Finding:
    return Finding(span, message, _QUOTE.format(f"`{new}`"), (Edit(span, new),))
