"""Mistakes in the value of one line of front matter: quotes, brackets, colons and YAML's marks."""

from __future__ import annotations

import re
from typing import NamedTuple

from readinglog.model.diagnostic import Diagnostic
from readinglog.model.field import Field
from readinglog.model.messages import MESSAGES, QUOTED_LENGTH
from readinglog.model.text import Edit, Span
from readinglog.model.yaml_values import to_quoted_yaml

_CLOSED = {'"': re.compile(r'"(?:[^"\\]|\\.)*"'), "'": re.compile(r"'(?:[^']|'')*'")}
_CLOSING = {"[": "]", "{": "}"}
_OPENED = {"[": "a list", "{": "a mapping"}
_RESERVED = {"@": "`@`", "`": "a backtick", "%": "`%`"}
# These may be meant, the others never are.
_MARKS = {"*": "an alias", "&": "an anchor", "!": "a YAML tag"}
_BLOCKS = {"|": "a block of text", ">": "folded text", "-": "a list", "?": "a key"}
_QUOTE = "put it in double quotes: {}"


class Line(NamedTuple):
    """One line of front matter, taken apart."""

    start: int  # offset in the file
    text: str
    key: str
    value: str
    value_start: int
    after: str  # what follows the value, as far as it matters
    field: Field | None = None  # whose name the key is

    @property
    def span(self) -> Span:
        """The whole line, which is never empty."""
        return Span(self.start, self.start + max(1, len(self.text)))

    @property
    def indent(self) -> str:
        """The white space before the line's text."""
        return self.text[: len(self.text) - len(self.text.lstrip())]

    @property
    def tail(self) -> str:
        """The lines that continue the value, as written."""
        indent = re.escape(self.indent)
        found = re.match(rf"(?:[ \t\r]*\n{indent}[ \t]+(?!-[ ])[^\s#][^\n]*)*", self.after)
        return found[0].rstrip() if found else ""

    @property
    def value_span(self) -> Span:
        """The value, without the lines that continue it."""
        return Span(self.value_start, self.value_start + len(self.value))

    @property
    def is_item(self) -> bool:
        """Whether the line is an item of a list."""
        return self.text.lstrip().startswith("-")


def find_value_error(line: Line, error: Diagnostic) -> Diagnostic | None:
    """Return what is wrong with the value of `line`, or None where `error` is about another line.

    `error` is why the entry that holds the line does not compose.
    """
    value = line.value
    if "{{" in value:
        return MESSAGES["placeholder"].make_diagnostic(line.value_span, text=value[:QUOTED_LENGTH])
    if value[:1] in _CLOSED:
        return _find_quote_error(line, value[0], error)
    if found := _find_reserved_mark(line, error.span.start - line.value_start):
        return found
    if value[:1] in _CLOSING:
        return _find_bracket_error(line, value[0]) if line.value_start > line.start else None
    return _find_mark_error(line)


def _find_reserved_mark(line: Line, at: int) -> Diagnostic | None:
    """Return what is wrong with the mark at offset `at` of the value, or None."""
    value = line.value
    if not 0 <= at < len(value):
        return None
    item = _find_item(line, at)
    if item is None:
        return None
    if value[at] in _RESERVED:
        message = f"a value cannot start with {_RESERVED[value[at]]} unless it is quoted"
        return _report_unquoted(line, item, message)
    if value[at] == "*" and value[0] == "[" and at > 0:
        alias = value[item.start : item.end].strip()
        message = f"YAML reads `{alias}` as an alias, which is not supported here"
        span = Span(line.value_start + item.start, line.value_start + item.end)
        return Diagnostic(span, message, _QUOTE.format(f"`{to_quoted_yaml(alias)}`"))
    return None


def _find_mark_error(line: Line) -> Diagnostic | None:
    value, first, whole = line.value, line.value[:1], Span(0, len(line.value))
    takes_text = line.key != "" and not (line.field and line.field.is_list)
    opens_block = first in ("-", "?") and value[1:2] == " " and takes_text
    if first in ("|", ">") or opens_block:
        message = f"YAML reads `{first}` at the start of a value as {_BLOCKS[first]}"
        return _report_unquoted(line, whole, message)
    if first == "-" and line.key:
        message = "a list with `-` cannot start on the line of its key"
        help_ = f"write `{value[:60]}` on its own line below"
        return Diagnostic(line.value_span, message, help_)
    if first in _MARKS:
        message = f"YAML reads `{first}` at the start of a value as {_MARKS[first]}"
        help_ = _QUOTE.format(f"`{to_quoted_yaml(value)}`")
        return Diagnostic(line.value_span, message, help_)
    if re.search(r":(?=\s|$)", value):
        message = "an unquoted value cannot contain a colon followed by a space"
        return _report_unquoted(line, whole, message)
    if line.tail and (comment := re.search(r"(?<=\s)#.*", value)):
        message = (
            f"YAML reads `{comment[0]}` as a comment, but the value continues on the next line"
        )
        return _report_unquoted(line, whole, message)
    return None


def _find_quote_error(line: Line, quote: str, error: Diagnostic) -> Diagnostic | None:
    value, span = line.value, line.value_span
    closed = _CLOSED[quote].match(value)
    if closed is None:
        if _CLOSED[quote].match(value + line.tail):
            return None  # it closes on a later line
        message = f"the quote {quote} that opens this value is never closed"
        return _replace_by(span, message, to_quoted_yaml(value[1:]))
    rest = value[closed.end() :]
    if rest.strip() and not rest.strip().startswith("#"):
        runs_to_end = value.endswith(quote) and rest == rest.strip()
        inner = value[1:-1] if runs_to_end else value
        message = f"the quote {quote} closes before the end of this value"
        return _replace_by(span, message, to_quoted_yaml(inner))
    if quote == '"' and "escape" in error.message:
        single = "'" + value[1 : closed.end() - 1].replace("'", "''") + "'"
        message = "YAML reads a backslash in double quotes as the start of an escape"
        edit = Edit(Span(line.value_start, line.value_start + closed.end()), single)
        return Diagnostic(span, message, f"put the value in single quotes: `{single}`", (edit,))
    return None


def _find_bracket_error(line: Line, bracket: str) -> Diagnostic | None:
    value, span = line.value, line.value_span
    takes_text = line.field is not None and not line.field.is_list
    names = re.findall(r"\[\[([^\[\]|#,]++)[^\[\]]*+\]\]", value)
    if names and not takes_text:
        new = f"[{', '.join(name.strip() for name in names)}]"
        return Diagnostic(span, "YAML reads `[[…]]` as a list within a list", f"write `{new}`")
    if takes_text or line.is_item:
        message = f"YAML reads `{bracket}` at the start of a value as {_OPENED[bracket]}"
        return _report_unquoted(line, Span(0, len(value)), message)
    if comment := re.search(r"(?<=[\[,\s])#.*", value):
        new = re.sub(r"(?<=[\[,\s])#(?=\w)", "", value)
        place = Span(line.value_start + comment.start(), line.value_start + comment.end())
        message = f"YAML reads `{comment[0]}` as a comment"
        return Diagnostic(place, message, f"write `{new}`", (Edit(span, new),))
    return _find_list_error(line, bracket)


def _find_list_error(line: Line, bracket: str) -> Diagnostic | None:
    """Return what is wrong with how a list in brackets is divided and closed, or None."""
    span, whole, closing = line.value_span, line.value + line.tail, _CLOSING[bracket]
    if re.search(r"[\[,]\s*,", line.value):
        message = "an item is missing before a comma of this list"
        return Diagnostic(span, message, "remove the comma, or write the item")
    if re.search(r"[\[,]\s*\"[^\"]*\Z", whole) or re.search(r"[\[,]\s*'[^']*\Z", whole):
        message = "a quote in this list is never closed"
        return Diagnostic(span, message, 'close it, as in `["one", "another"]`')
    if whole.count(bracket) > whole.count(closing):
        message = f"the `{bracket}` that opens this list is never closed"
        return Diagnostic(span, message, f"write `{closing}` at its end")
    if not whole.endswith(closing):
        message = f"there is text after the `{closing}` that ends this list"
        return Diagnostic(span, message, "put it inside the list")
    return None


def _find_item(line: Line, at: int) -> Span | None:
    """Return the part of the value that starts at its offset `at`, or None where none does.

    That is an item of a list in brackets, or the whole value.
    """
    value = line.value
    if value[:1] != "[" and (line.key or line.is_item):
        return Span(at, len(value)) if at == 0 else None
    ends = [end for end in (value.find(",", at), value.find("]", at)) if end >= 0]
    return Span(at, min(ends, default=len(value)))


def _report_unquoted(line: Line, part: Span, message: str) -> Diagnostic:
    """Return the diagnostic that `part` of the value needs quotes.

    With the whole of the value go the lines that continue it.
    """
    span = Span(line.value_start + part.start, line.value_start + part.end)
    text = line.value[part.start : part.end].strip()
    if line.tail and part == (0, len(line.value)):
        span = Span(span.start, span.end + len(line.tail))
        text = " ".join((text + line.tail).split())
    return _replace_by(span, message, to_quoted_yaml(text))


def _replace_by(span: Span, message: str, new: str) -> Diagnostic:
    return Diagnostic(span, message, _QUOTE.format(f"`{new}`"), (Edit(span, new),))
