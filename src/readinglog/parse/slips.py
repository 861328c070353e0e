"""Why a piece of front matter is not YAML, in the words of the one who wrote it, with what to write instead."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from readinglog.diagnostic import Finding
from readinglog.parse.yaml_values import YamlTrouble, compose
from readinglog.schema import FIELDS, quoted
from readinglog.suggest import nearest
from readinglog.text import Edit, Span, line_span

_ENTRY = re.compile(r"(?P<indent>[ \t]*)(?:-[ ]+|(?:(?P<key>[A-Za-z_][\w .-]*?)[ \t]*(?P<colon>:)(?P<gap>[ \t]*))?)(?P<value>.*)")
_CONFLICT = re.compile(r"(?:<{7}|={7}|>{7}|\|{7})(?: |$)")
_CLOSED = {'"': re.compile(r'"(?:[^"\\]|\\.)*"'), "'": re.compile(r"'(?:[^']|'')*'")}
_RESERVED = {"@": "`@`", "`": "a backtick", "%": "`%`"}
_MARKS = {"*": "an alias", "&": "an anchor", "!": "a tag of its own"}  # these may be meant, the others never are
_BLOCKS = {"|": "a block of text", ">": "a folded text", "-": "a list", "?": "a key"}
_QUOTE = "put it in double quotes: {}"
_LISTS = frozenset(name for name, known in FIELDS.items() if known.many)
_MOST = 20  # slips of one entry that are told
_REACH = 4_000  # characters in which a value is seen to go on, and an entry searched for more than one slip


class _Line(NamedTuple):
    start: int  # offset in the file
    text: str
    key: str
    value: str
    value_start: int
    after: str  # what follows the value, as far as it matters

    @property
    def tail(self) -> str:
        """The lines that continue the value, as written."""
        indent = re.escape(self.text[: len(self.text) - len(self.text.lstrip())])
        found = re.match(rf"(?:[ \t\r]*\n{indent}[ \t]+(?!-[ ])[^\s#][^\n]*)*", self.after)
        return found[0].rstrip() if found else ""

    @property
    def value_span(self) -> Span:
        return Span(self.value_start, self.value_start + len(self.value))


def explain(chunk: str, base: int, trouble: YamlTrouble) -> Iterator[Finding]:
    """What is wrong in `chunk`, one entry of front matter at offset `base`, that does not compose for `trouble`.

    A line that is told is taken out, so that the next slip comes to light.
    """
    for _ in range(_MOST):
        lines = list(_lines(chunk, base))
        found = next((found for line in lines for found in _slips(line, trouble)), None)
        yield found or Finding(_place(trouble, lines), trouble.message, trouble.help)
        line = line_span(chunk, found.span.start - base) if found else Span(0, 0)
        if line.start == 0 or len(chunk) > _REACH:
            return
        chunk = chunk[: line.start] + " " * (line.end - line.start) + chunk[line.end :]
        again = compose(chunk, base)
        if not isinstance(again, YamlTrouble):
            return
        trouble = again


def _place(trouble: YamlTrouble, lines: list[_Line]) -> Span:
    """Where the trouble is; what shows only at the end of the entry is told at its beginning."""
    if lines and trouble.offset > lines[-1].start + len(lines[-1].text):
        return Span(lines[0].start, lines[0].start + len(lines[0].text))
    return Span(trouble.offset, trouble.offset + 1)


def _lines(chunk: str, base: int) -> Iterator[_Line]:
    start = base
    for whole in chunk.split("\n"):
        text = whole.rstrip("\r")
        found = _ENTRY.match(text)
        if found and text.strip() and not text.lstrip().startswith("#"):
            value = found["value"].rstrip()
            at = start + found.start("value")
            after = chunk[at + len(value) - base :][:_REACH]
            yield _Line(start, text, (found["key"] or "").strip(), value, at, after)
        start += len(whole) + 1


def _slips(line: _Line, trouble: YamlTrouble) -> Iterator[Finding]:
    whole = Span(line.start, line.start + max(1, len(line.text)))
    indent = line.text[: len(line.text) - len(line.text.lstrip())]
    if _CONFLICT.match(line.text):
        yield Finding(whole, "a merge conflict was left here", "keep one of the two versions and take the marker lines out")
    elif "\t" in indent:
        spaces = Edit(Span(line.start, line.start + len(indent)), indent.replace("\t", "  "))
        yield Finding(Span(line.start, line.start + len(indent)), "a tab indents this line", "use two spaces", (spaces,))
    elif re.match(r"-[^\s-]", line.text.lstrip()):
        yield Finding(whole, "there is no space after the `-` of this list", f"write `- {line.text.strip()[1:41]}`")
    elif not line.key and not line.text.lstrip().startswith(("-", "[", "]", "{", "}", '"', "'")) and not indent:
        yield _no_colon(line, whole)
    elif line.key in FIELDS and line.value and line.text[line.value_start - line.start - 1] == ":":
        space = Edit(Span(line.value_start, line.value_start), " ")
        yield Finding(whole, f"there is no space after `{line.key}:`", f"write `{line.text[:40].replace(':', ': ', 1)}`", (space,))
    elif indent and line.key in FIELDS and line.start <= trouble.offset < line.value_start:
        margin = Span(line.start, line.start + len(indent))
        yield Finding(whole, f"`{line.key}` is indented, as if it belonged to the line above", "take the spaces out", (Edit(margin, ""),))
    elif indent and line.text.lstrip().startswith("- ") and trouble.offset == line.start + len(indent):
        yield Finding(whole, "this item is not indented like those above", "start it in the same column")
    else:
        yield from _value_slips(line, trouble)


def _no_colon(line: _Line, whole: Span) -> Finding:
    word = re.sub(r"\A\W+|\W+\Z", "", line.text.split()[0]) or line.text.split()[0]
    key = word if word in FIELDS else nearest(word, FIELDS)
    if key and len(line.text.split()) > 1:
        value = line.text[line.text.index(word) + len(word) :].lstrip("*=:;： ").strip()
        value = value if re.match(r"[\w\[\"'][^:#]*\Z", value) else quoted(value)
        return Finding(whole, f"there is no colon after `{word}`", f"write `{key}: {value}`")
    help_ = "write `key: value`, or indent it to continue the line above"
    return Finding(whole, f"`{line.text.strip()[:60]}` is not a `key: value` line", help_)


def _value_slips(line: _Line, trouble: YamlTrouble) -> Iterator[Finding]:
    value, first, at = line.value, line.value[:1], trouble.offset - line.value_start
    if "{{" in value:
        yield Finding(line.value_span, f"a placeholder was left in: `{value[:60]}`", "write what belongs there")
    elif first in _CLOSED:
        yield from _quote_slips(line, first, trouble)
    elif 0 <= at < len(value) and value[at] in _RESERVED and (part := _item(line, at)):
        yield _unquoted(line, part, f"a value cannot start with {_RESERVED[value[at]]} unless it is quoted")
    elif 0 < at < len(value) and value[at] == "*" and first == "[" and (part := _item(line, at)):
        name = _unquoted(line, part, f"`{value[part.start : part.end].strip()}` is an alias to YAML, and none is read here")
        yield Finding(name.span, name.message, name.help)
    elif first in ("[", "{"):
        yield from _bracket_slips(line, first) if line.value_start > line.start else ()
    else:
        yield from _mark_slips(line)


def _mark_slips(line: _Line) -> Iterator[Finding]:
    value, first, all_ = line.value, line.value[:1], Span(0, len(line.value))
    if first in ("|", ">") or (first in ("-", "?") and value[1:2] == " " and line.key and line.key not in _LISTS):
        yield _unquoted(line, all_, f"`{first}` at the start of a value is {_BLOCKS[first]} to YAML")
    elif first == "-" and line.key:
        yield Finding(line.value_span, "a list with `-` cannot start beside its key", f"write `{value[:60]}` on a line of its own below")
    elif first and first in _MARKS:
        message = f"`{first}` at the start of a value is {_MARKS[first]} to YAML"
        yield Finding(line.value_span, message, _QUOTE.format(f"`{quoted(value)}`"))
    elif re.search(r":(?=\s|$)", value):
        yield _unquoted(line, all_, "a colon and a space within an unquoted value")
    elif line.tail and (cut := re.search(r"(?<=\s)#.*", value)):
        yield _unquoted(line, all_, f"YAML takes `{cut[0]}` for a comment, and the value goes on below it")


def _quote_slips(line: _Line, quote: str, trouble: YamlTrouble) -> Iterator[Finding]:
    value = line.value
    closed = _CLOSED[quote].match(value)
    if closed is None and _CLOSED[quote].match(value + line.tail):
        return  # it closes on a later line
    if closed is None:
        inner = value[1:]
        yield _replaced(line.value_span, f"the quote {quote} that opens this value is never closed", quoted(inner))
    elif (rest := value[closed.end() :].strip()) and not rest.startswith("#"):
        inner = value[1:-1] if value.endswith(quote) and rest == value[closed.end() :] else value
        message = f"the quote {quote} closes before the end of this value"
        yield _replaced(line.value_span, message, quoted(inner))
    elif quote == '"' and "escape" in trouble.message:
        new = "'" + value[1 : closed.end() - 1].replace("'", "''") + "'"
        message = "a backslash in double quotes begins an escape to YAML"
        edit = Edit(Span(line.value_start, line.value_start + closed.end()), new)
        yield Finding(line.value_span, message, f"put the value in single quotes: `{new}`", (edit,))


def _bracket_slips(line: _Line, bracket: str) -> Iterator[Finding]:
    value, closing = line.value, {"[": "]", "{": "}"}[bracket]
    field, whole = FIELDS.get(line.key), line.value + line.tail
    one = (field and not field.many) or line.text.lstrip().startswith("-")
    if not (field and one) and (names := re.findall(r"\[\[([^\[\]|#,]+)[^\[\]]*\]\]", value)):
        new = f"[{', '.join(name.strip() for name in names)}]"
        yield Finding(line.value_span, "`[[…]]` is a list within a list to YAML", f"write `{new}`")
    elif one:
        yield _unquoted(line, Span(0, len(value)), f"`{bracket}` at the start of a value opens a list to YAML")
    elif cut := re.search(r"(?<=[\[,\s])#.*", value):
        new = re.sub(r"(?<=[\[,\s])#(?=\w)", "", value)
        span = Span(line.value_start + cut.start(), line.value_start + cut.end())
        yield Finding(span, f"YAML takes `{cut[0]}` for a comment", f"write `{new}`", (Edit(line.value_span, new),))
    elif re.search(r"[\[,]\s*,", value):
        yield Finding(line.value_span, "an item is missing before a comma of this list", "take the comma out, or write the item")
    elif re.search(r"[\[,]\s*\"[^\"]*\Z", whole) or re.search(r"[\[,]\s*'[^']*\Z", whole):
        yield Finding(line.value_span, "a quote in this list is never closed", 'close it, as in `["one", "another"]`')
    elif whole.count(bracket) > whole.count(closing):
        yield Finding(line.value_span, f"the `{bracket}` that opens this list is never closed", f"write `{closing}` at its end")
    elif not whole.endswith(closing):
        yield Finding(line.value_span, f"something stands behind the `{closing}` that ends this list", "put it inside the list")


def _item(line: _Line, at: int) -> Span | None:
    """The item of a list in brackets that starts at offset `at` of the value, or the value if it starts there."""
    value = line.value
    if value[:1] != "[" and (line.key or line.text.lstrip().startswith("-")):
        return Span(at, len(value)) if at == 0 else None
    ends = [end for end in (value.find(",", at), value.find("]", at)) if end >= 0]
    return Span(at, min(ends, default=len(value)))


def _unquoted(line: _Line, part: Span, message: str) -> Finding:
    """The finding that `part` of the value belongs in quotes; with all of it go the lines that continue it."""
    span = Span(line.value_start + part.start, line.value_start + part.end)
    text = line.value[part.start : part.end].strip()
    if line.tail and part == (0, len(line.value)):
        span, text = Span(span.start, span.end + len(line.tail)), " ".join((text + line.tail).split())
    return _replaced(span, message, quoted(text))


def _replaced(span: Span, message: str, new: str) -> Finding:
    return Finding(span, message, _QUOTE.format(f"`{new}`"), (Edit(span, new),))
