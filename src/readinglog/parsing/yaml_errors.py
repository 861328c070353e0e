"""Why a piece of front matter is not YAML, in the words of the one who wrote it, with what to write instead."""

from __future__ import annotations

import re
from collections.abc import Iterator

from readinglog.model.diagnostic import Diagnostic
from readinglog.model.formats import to_quoted_yaml
from readinglog.model.fuzzy_index import find_nearest
from readinglog.model.schema import FIELDS
from readinglog.model.text import Edit, Span, line_span
from readinglog.parsing.yaml_nodes import YamlTrouble, compose_fields
from readinglog.parsing.yaml_value_errors import Line, find_value_errors

_ENTRY = re.compile(
    r"(?P<indent>[ \t]*)(?:-[ ]+|(?:(?P<key>[A-Za-z_][\w.-]*+(?:[ ]++[\w.-]++)*+)[ \t]*+(?P<colon>:)(?P<gap>[ \t]*))?)(?P<value>.*)"
)
_CONFLICT = re.compile(r"(?:<{7}|={7}|>{7}|\|{7})(?: |$)")
_MOST = 20  # slips of one entry that are told
_REACH = 4_000  # characters in which a value is seen to go on, and an entry searched for more than one slip


def explain_yaml_error(chunk: str, base: int, trouble: YamlTrouble) -> Iterator[Diagnostic]:
    """What is wrong in `chunk`, one entry of front matter at offset `base`, that does not compose for `trouble`.

    A line that is told is taken out, so that the next slip comes to light.
    """
    for _ in range(_MOST):
        lines = list(_lines(chunk, base))
        found = next((found for line in lines for found in _slips(line, trouble)), None)
        yield found or Diagnostic(_place(trouble, lines), trouble.message, trouble.help)
        line = line_span(chunk, found.span.start - base) if found else Span(0, 0)
        if line.start == 0 or len(chunk) > _REACH:
            return
        chunk = chunk[: line.start] + " " * (line.end - line.start) + chunk[line.end :]
        again = compose_fields(chunk, base)
        if not isinstance(again, YamlTrouble):
            return
        trouble = again


def _place(trouble: YamlTrouble, lines: list[Line]) -> Span:
    """Where the trouble is; what shows only at the end of the entry is told at its beginning."""
    if lines and trouble.offset > lines[-1].start + len(lines[-1].text):
        return Span(lines[0].start, lines[0].start + len(lines[0].text))
    return Span(trouble.offset, trouble.offset + 1)


def _lines(chunk: str, base: int) -> Iterator[Line]:
    start = base
    for whole in chunk.split("\n"):
        text = whole.rstrip("\r")
        found = _ENTRY.match(text)
        if found and text.strip() and not text.lstrip().startswith("#"):
            value = found["value"].rstrip()
            at = start + found.start("value")
            after = chunk[at + len(value) - base :][:_REACH]
            yield Line(start, text, (found["key"] or "").strip(), value, at, after)
        start += len(whole) + 1


def _slips(line: Line, trouble: YamlTrouble) -> Iterator[Diagnostic]:
    whole = Span(line.start, line.start + max(1, len(line.text)))
    indent = line.text[: len(line.text) - len(line.text.lstrip())]
    if _CONFLICT.match(line.text):
        yield Diagnostic(
            whole,
            "a merge conflict was left here",
            "keep one of the two versions and take the marker lines out",
        )
    elif "\t" in indent:
        spaces = Edit(Span(line.start, line.start + len(indent)), indent.replace("\t", "  "))
        yield Diagnostic(
            Span(line.start, line.start + len(indent)),
            "a tab indents this line",
            "use two spaces",
            (spaces,),
        )
    elif re.match(r"-[^\s-]", line.text.lstrip()):
        yield Diagnostic(
            whole,
            "there is no space after the `-` of this list",
            f"write `- {line.text.strip()[1:41]}`",
        )
    elif (
        not line.key
        and not line.text.lstrip().startswith(("-", "[", "]", "{", "}", '"', "'"))
        and not indent
    ):
        yield _no_colon(line, whole)
    elif line.key in FIELDS and line.value and line.text[line.value_start - line.start - 1] == ":":
        space = Edit(Span(line.value_start, line.value_start), " ")
        yield Diagnostic(
            whole,
            f"there is no space after `{line.key}:`",
            f"write `{line.text[:40].replace(':', ': ', 1)}`",
            (space,),
        )
    elif indent and line.key in FIELDS and line.start <= trouble.offset < line.value_start:
        margin = Span(line.start, line.start + len(indent))
        yield Diagnostic(
            whole,
            f"`{line.key}` is indented, as if it belonged to the line above",
            "take the spaces out",
            (Edit(margin, ""),),
        )
    elif (
        indent
        and line.text.lstrip().startswith("- ")
        and trouble.offset == line.start + len(indent)
    ):
        yield Diagnostic(
            whole, "this item is not indented like those above", "start it in the same column"
        )
    else:
        yield from find_value_errors(line, trouble)


def _no_colon(line: Line, whole: Span) -> Diagnostic:
    word = re.sub(r"\A\W+|(?<!\W)\W+\Z", "", line.text.split()[0]) or line.text.split()[0]
    key = word if word in FIELDS else find_nearest(word, FIELDS)
    if key and len(line.text.split()) > 1:
        value = line.text[line.text.index(word) + len(word) :].lstrip("*=:;： ").strip()
        value = value if re.match(r"[\w\[\"'][^:#]*\Z", value) else to_quoted_yaml(value)
        return Diagnostic(whole, f"there is no colon after `{word}`", f"write `{key}: {value}`")
    help_ = "write `key: value`, or indent it to continue the line above"
    return Diagnostic(whole, f"`{line.text.strip()[:60]}` is not a `key: value` line", help_)
