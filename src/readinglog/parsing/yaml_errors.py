"""Why an entry of front matter is not YAML, in its author's terms, and what to write instead."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import replace

from readinglog.model.diagnostic import Diagnostic, InvalidContentError
from readinglog.model.field import Field
from readinglog.model.fuzzy_index import find_nearest
from readinglog.model.text import Edit, Span, get_line_span
from readinglog.model.yaml_values import to_quoted_yaml
from readinglog.parsing.yaml_nodes import compose_fields
from readinglog.parsing.yaml_value_errors import Line, find_value_error

_ENTRY = re.compile(
    r"(?P<indent>[ \t]*+)(?:-[ ]+"
    r"|(?:(?P<key>[A-Za-z_][\w.-]*+(?>(?:[ ]++[\w.-]++)*))[ \t]*+(?P<colon>:)(?P<gap>[ \t]*+))?)"
    r"(?P<value>.*)"
)
_CONFLICT = re.compile(r"(?:<{7}|={7}|>{7}|\|{7})(?: |$)")
_MAX_ERRORS = 20  # of one entry that are reported
# Characters in which a value is seen to go on, and an entry searched for more than one error.
_REACH = 4_000


def explain_yaml_error(
    chunk: str, base: int, error: Diagnostic, known: Mapping[str, Field]
) -> Iterator[Diagnostic]:
    """Yield what is wrong in an entry of front matter that is at offset `base` of its file.

    `error` is why it does not compose, `known` has the fields of the schema. A line that is
    reported is blanked out, so that the next mistake comes to light.
    """
    for _ in range(_MAX_ERRORS):
        lines = list(_split_lines(chunk, base, known))
        found = _find_first_error(lines, error, known)
        if found is None:
            yield replace(error, span=_locate(error, lines))
            return
        yield found
        line = get_line_span(chunk, found.span.start - base)
        if line.start == 0 or len(chunk) > _REACH:
            return
        chunk = chunk[: line.start] + " " * (line.end - line.start) + chunk[line.end :]
        try:
            compose_fields(chunk, base)
        except InvalidContentError as next_error:
            error = next_error.diagnostic
        else:
            return


def _find_first_error(
    lines: list[Line], error: Diagnostic, known: Mapping[str, Field]
) -> Diagnostic | None:
    for line in lines:
        found = (
            _find_layout_error(line, error)
            or _find_key_error(line, error, known)
            or find_value_error(line, error)
        )
        if found:
            return found
    return None


def _locate(error: Diagnostic, lines: list[Line]) -> Span:
    """Return where `error` is shown: on the first line where it shows only behind the last."""
    start = error.span.start
    if lines and start > lines[-1].start + len(lines[-1].text):
        return Span(lines[0].start, lines[0].start + len(lines[0].text))
    return Span(start, start + 1)


def _split_lines(chunk: str, base: int, known: Mapping[str, Field]) -> Iterator[Line]:
    """Yield the lines of `chunk` that are neither blank nor comments."""
    start = base
    for whole in chunk.split("\n"):
        text = whole.rstrip("\r")
        found = _ENTRY.match(text)
        if found and text.strip() and not text.lstrip().startswith("#"):
            value = found["value"].rstrip()
            at = start + found.start("value")
            after = chunk[at + len(value) - base :][:_REACH]
            key = (found["key"] or "").strip()
            yield Line(start, text, key, value, at, after, known.get(key))
        start += len(whole) + 1


def _find_layout_error(line: Line, error: Diagnostic) -> Diagnostic | None:
    """Return what is wrong with the line whatever its field is, or None."""
    indent, item = line.indent, line.text.lstrip()
    if _CONFLICT.match(line.text):
        help_ = "keep one of the two versions and remove the marker lines"
        return Diagnostic(line.span, "a merge conflict was left here", help_)
    if "\t" in indent:
        span = Span(line.start, line.start + len(indent))
        fix = (Edit(span, indent.replace("\t", "  ")),)
        return Diagnostic(span, "this line is indented with a tab", "use two spaces", fix)
    if re.match(r"-[^\s-]", item):
        help_ = f"write `- {line.text.strip()[1:41]}`"
        return Diagnostic(line.span, "there is no space after the `-` of this list", help_)
    if indent and item.startswith("- ") and error.span.start == line.start + len(indent):
        message = "this item is not indented like those above"
        return Diagnostic(line.span, message, "start it in the same column")
    return None


def _find_key_error(line: Line, error: Diagnostic, known: Mapping[str, Field]) -> Diagnostic | None:
    """Return what is wrong with how the line's field begins, or None."""
    opens_value = line.text.lstrip().startswith(("-", "[", "]", "{", "}", '"', "'"))
    if not line.key and not opens_value and not line.indent:
        return _report_missing_colon(line, known)
    if line.field is None:
        return None
    if line.value and line.text[line.value_start - line.start - 1] == ":":
        help_ = f"write `{line.text[:40].replace(':', ': ', 1)}`"
        fix = (Edit(Span(line.value_start, line.value_start), " "),)
        return Diagnostic(line.span, f"there is no space after `{line.key}:`", help_, fix)
    if line.indent and line.start <= error.span.start < line.value_start:
        message = f"`{line.key}` is indented, as if it belonged to the line above"
        fix = (Edit(Span(line.start, line.start + len(line.indent)), ""),)
        return Diagnostic(line.span, message, "remove the spaces", fix)
    return None


def _report_missing_colon(line: Line, known: Mapping[str, Field]) -> Diagnostic:
    first = line.text.split()[0]
    word = re.sub(r"\A\W+|(?<!\W)\W+\Z", "", first) or first
    key = word if word in known else find_nearest(word, known)
    if key and len(line.text.split()) > 1:
        value = line.text[line.text.index(word) + len(word) :].lstrip("*=:;： ").strip()
        if not re.match(r"[\w\[\"'][^:#]*\Z", value):
            value = to_quoted_yaml(value)
        message = f"there is no colon after `{word}`"
        return Diagnostic(line.span, message, f"write `{key}: {value}`")
    message = f"`{line.text.strip()[:60]}` is not a `key: value` line"
    help_ = "write `key: value`, or indent it to continue the line above"
    return Diagnostic(line.span, message, help_)
