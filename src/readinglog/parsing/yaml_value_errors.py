"""Slips within the value of one line of front matter: quotes, brackets, colons and marks that YAML reads its own way."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from readinglog.model.diagnostic import Diagnostic
from readinglog.model.formats import to_quoted_yaml
from readinglog.model.schema import FIELDS
from readinglog.model.text import Edit, Span
from readinglog.parsing.yaml_nodes import YamlTrouble

_CLOSED = {'"': re.compile(r'"(?:[^"\\]|\\.)*"'), "'": re.compile(r"'(?:[^']|'')*'")}
_RESERVED = {"@": "`@`", "`": "a backtick", "%": "`%`"}
_MARKS = {
    "*": "an alias",
    "&": "an anchor",
    "!": "a tag of its own",
}  # these may be meant, the others never are
_BLOCKS = {"|": "a block of text", ">": "a folded text", "-": "a list", "?": "a key"}
_QUOTE = "put it in double quotes: {}"
_LISTS = frozenset(name for name, known in FIELDS.items() if known.many)


class Line(NamedTuple):
    """One line of front matter, taken apart."""

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


def find_value_errors(line: Line, trouble: YamlTrouble) -> Iterator[Diagnostic]:
    """What is wrong with the value of `line`; nothing, where YAML's trouble lies elsewhere."""
    value, first, at = line.value, line.value[:1], trouble.offset - line.value_start
    if "{{" in value:
        yield Diagnostic(
            line.value_span,
            f"a placeholder was left in: `{value[:60]}`",
            "write what belongs there",
        )
    elif first in _CLOSED:
        yield from _quote_slips(line, first, trouble)
    elif 0 <= at < len(value) and value[at] in _RESERVED and (part := _item(line, at)):
        yield _unquoted(
            line, part, f"a value cannot start with {_RESERVED[value[at]]} unless it is quoted"
        )
    elif 0 < at < len(value) and value[at] == "*" and first == "[" and (part := _item(line, at)):
        name = _unquoted(
            line,
            part,
            f"`{value[part.start : part.end].strip()}` is an alias to YAML, and none is read here",
        )
        yield Diagnostic(name.span, name.message, name.help)
    elif first in ("[", "{"):
        yield from _bracket_slips(line, first) if line.value_start > line.start else ()
    else:
        yield from _mark_slips(line)


def _mark_slips(line: Line) -> Iterator[Diagnostic]:
    value, first, all_ = line.value, line.value[:1], Span(0, len(line.value))
    if first in ("|", ">") or (
        first in ("-", "?") and value[1:2] == " " and line.key and line.key not in _LISTS
    ):
        yield _unquoted(
            line, all_, f"`{first}` at the start of a value is {_BLOCKS[first]} to YAML"
        )
    elif first == "-" and line.key:
        yield Diagnostic(
            line.value_span,
            "a list with `-` cannot start beside its key",
            f"write `{value[:60]}` on a line of its own below",
        )
    elif first and first in _MARKS:
        message = f"`{first}` at the start of a value is {_MARKS[first]} to YAML"
        yield Diagnostic(line.value_span, message, _QUOTE.format(f"`{to_quoted_yaml(value)}`"))
    elif re.search(r":(?=\s|$)", value):
        yield _unquoted(line, all_, "a colon and a space within an unquoted value")
    elif line.tail and (cut := re.search(r"(?<=\s)#.*", value)):
        yield _unquoted(
            line, all_, f"YAML takes `{cut[0]}` for a comment, and the value goes on below it"
        )


def _quote_slips(line: Line, quote: str, trouble: YamlTrouble) -> Iterator[Diagnostic]:
    value = line.value
    closed = _CLOSED[quote].match(value)
    if closed is None and _CLOSED[quote].match(value + line.tail):
        return  # it closes on a later line
    if closed is None:
        inner = value[1:]
        yield _replaced(
            line.value_span,
            f"the quote {quote} that opens this value is never closed",
            to_quoted_yaml(inner),
        )
    elif (rest := value[closed.end() :].strip()) and not rest.startswith("#"):
        inner = value[1:-1] if value.endswith(quote) and rest == value[closed.end() :] else value
        message = f"the quote {quote} closes before the end of this value"
        yield _replaced(line.value_span, message, to_quoted_yaml(inner))
    elif quote == '"' and "escape" in trouble.message:
        new = "'" + value[1 : closed.end() - 1].replace("'", "''") + "'"
        message = "a backslash in double quotes begins an escape to YAML"
        edit = Edit(Span(line.value_start, line.value_start + closed.end()), new)
        yield Diagnostic(
            line.value_span, message, f"put the value in single quotes: `{new}`", (edit,)
        )


def _bracket_slips(line: Line, bracket: str) -> Iterator[Diagnostic]:
    value, closing = line.value, {"[": "]", "{": "}"}[bracket]
    field, whole = FIELDS.get(line.key), line.value + line.tail
    one = (field and not field.many) or line.text.lstrip().startswith("-")
    if not (field and one) and (names := re.findall(r"\[\[([^\[\]|#,]++)[^\[\]]*+\]\]", value)):
        new = f"[{', '.join(name.strip() for name in names)}]"
        yield Diagnostic(
            line.value_span, "`[[…]]` is a list within a list to YAML", f"write `{new}`"
        )
    elif one:
        yield _unquoted(
            line, Span(0, len(value)), f"`{bracket}` at the start of a value opens a list to YAML"
        )
    elif cut := re.search(r"(?<=[\[,\s])#.*", value):
        new = re.sub(r"(?<=[\[,\s])#(?=\w)", "", value)
        span = Span(line.value_start + cut.start(), line.value_start + cut.end())
        yield Diagnostic(
            span,
            f"YAML takes `{cut[0]}` for a comment",
            f"write `{new}`",
            (Edit(line.value_span, new),),
        )
    elif re.search(r"[\[,]\s*,", value):
        yield Diagnostic(
            line.value_span,
            "an item is missing before a comma of this list",
            "take the comma out, or write the item",
        )
    elif re.search(r"[\[,]\s*\"[^\"]*\Z", whole) or re.search(r"[\[,]\s*'[^']*\Z", whole):
        yield Diagnostic(
            line.value_span,
            "a quote in this list is never closed",
            'close it, as in `["one", "another"]`',
        )
    elif whole.count(bracket) > whole.count(closing):
        yield Diagnostic(
            line.value_span,
            f"the `{bracket}` that opens this list is never closed",
            f"write `{closing}` at its end",
        )
    elif not whole.endswith(closing):
        yield Diagnostic(
            line.value_span,
            f"something stands behind the `{closing}` that ends this list",
            "put it inside the list",
        )


def _item(line: Line, at: int) -> Span | None:
    """The item of a list in brackets that starts at offset `at` of the value, or the value if it starts there."""
    value = line.value
    if value[:1] != "[" and (line.key or line.text.lstrip().startswith("-")):
        return Span(at, len(value)) if at == 0 else None
    ends = [end for end in (value.find(",", at), value.find("]", at)) if end >= 0]
    return Span(at, min(ends, default=len(value)))


def _unquoted(line: Line, part: Span, message: str) -> Diagnostic:
    """The finding that `part` of the value belongs in quotes; with all of it go the lines that continue it."""
    span = Span(line.value_start + part.start, line.value_start + part.end)
    text = line.value[part.start : part.end].strip()
    if line.tail and part == (0, len(line.value)):
        span, text = (
            Span(span.start, span.end + len(line.tail)),
            " ".join((text + line.tail).split()),
        )
    return _replaced(span, message, to_quoted_yaml(text))


def _replaced(span: Span, message: str, new: str) -> Diagnostic:
    return Diagnostic(span, message, _QUOTE.format(f"`{new}`"), (Edit(span, new),))
