"""From fields as written to typed values, and what YAML has made of them against their sense."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping

from readinglog.model.diagnostic import Diagnostic, InvalidContentError, RelatedLocation
from readinglog.model.field import Field
from readinglog.model.messages import MESSAGES, QUOTED_LENGTH
from readinglog.model.text import Edit, Source, Span
from readinglog.model.yaml_values import (
    BROKEN,
    PLACEHOLDER,
    Compound,
    Entry,
    Scalar,
    Value,
    to_quoted_yaml,
)
from readinglog.parsing.yaml_nodes import find_truncating_comment

_COMMENT_FOR_VALUE = re.compile(r"[ \t]*:[ \t]+(#\S[^\r\n]*)")
_PLACEHOLDER = re.compile(PLACEHOLDER)
# LaTeX that begins like one of YAML's escapes, after which nothing tells that it was there.
_LATEX = re.compile(
    r"(?<!\\)(?:\\\\)*(\\(?:[abefv](?=[a-zA-Z]{2})|n(?=abla|u\b|eq?\b)|r(?=ho|ight|angle)"
    r"|t(?=au|heta|imes|ext|ilde|o\b|op\b)))"
)
_SHOWN = 80  # characters of a correction that a help shows
_QUOTE = "put the value in double quotes: `{}`"


def drop_duplicates(
    entries: Iterable[Entry], source: Source
) -> tuple[dict[str, Entry], list[Diagnostic]]:
    """Return the first entry of each name by its name, and a diagnostic for each further one."""
    kept: dict[str, Entry] = {}
    diagnostics = []
    for entry in entries:
        first = kept.setdefault(entry.name, entry)
        if first is not entry:
            message = f"the field `{entry.name}` is written twice"
            related = (RelatedLocation(source, first.name_span, "first written here"),)
            found = Diagnostic(entry.name_span, message, "keep one of them", related=related)
            diagnostics.append(found)
    return kept, diagnostics


def read_values(
    entries: Mapping[str, Entry], text: str, known: Mapping[str, Field]
) -> tuple[dict[str, object], list[Diagnostic]]:
    """Return the values that could be read, by field, and what is wrong with the others.

    `known` has the fields of the schema.
    """
    values: dict[str, object] = {}
    diagnostics: list[Diagnostic] = []
    for name, entry in entries.items():
        field = known.get(name)
        if field is None or entry.value is BROKEN:
            continue
        reader = _FieldReader(entry, field, text)
        reader.read()
        diagnostics += reader.diagnostics
        if reader.values:
            values[name] = tuple(reader.values) if field.is_list else reader.values[0]
    return values, diagnostics


class _FieldReader:
    """Reads one field of the front matter of `text`: its values, and what is wrong with others."""

    def __init__(self, entry: Entry, field: Field, text: str) -> None:
        self.values: list[object] = []
        self.diagnostics: list[Diagnostic] = []
        self._entry = entry
        self._field = field
        self._text = text

    def read(self) -> None:
        """Read the value or, of a list, each item."""
        value = self._entry.value
        if comment := self._find_comment_for_value():
            self._report_comment_for_value(comment)
        elif not self._field.is_list:
            self._read_item(value, f"`{self._entry.name}` takes one value, not a list")
        elif isinstance(value, Scalar):
            self._read_single(value)
        elif value.kind == "list":
            for item in value.items:
                self._read_list_item(item)
        else:
            self.diagnostics.append(_report_mapping(value, self._text))

    def _find_comment_for_value(self) -> re.Match[str] | None:
        value = self._entry.value
        if not isinstance(value, Scalar) or not value.is_null:
            return None
        return _COMMENT_FOR_VALUE.match(self._text, self._entry.name_span.end)

    def _report_comment_for_value(self, comment: re.Match[str]) -> None:
        if self._field.is_list:
            new = f"[{', '.join(re.findall('[^#, ]+', comment[1]))}]"
        else:
            new = to_quoted_yaml(comment[1].strip())
        name = self._entry.name
        message = f"YAML reads `{comment[1][:60]}` as a comment, so `{name}` is empty"
        found = Diagnostic(Span(*comment.span(1)), message, f"write `{new[:_SHOWN]}`")
        self.diagnostics.append(found)

    def _read_single(self, value: Scalar) -> None:
        """Read a scalar in the place of a list."""
        if value.is_plain and "," in value.text:
            self.diagnostics.append(_report_unlisted(self._field, value))
        elif value.is_plain and value.text.startswith("-") and not value.is_null:
            written = self._text[value.span.start + 1 : value.span.end]
            first = written.partition("\n")[0].strip()
            message = "there is no space after the `-` of this list"
            self.diagnostics.append(Diagnostic(value.span, message, f"write `- {first[:40]}`"))
        else:
            self._read_item(value, "")

    def _read_list_item(self, item: Value) -> None:
        if isinstance(item, Scalar) and item.is_null:
            self.diagnostics.append(_report_empty_item(item, self._text))
        elif isinstance(item, Compound) and item.kind == "list":
            self.diagnostics.append(_report_list_in_list(item, self._text))
        else:
            self._read_item(item, "")

    def _read_item(self, value: Value, not_one: str) -> None:
        """Read one value; `not_one` is the message where it is a list."""
        if isinstance(value, Compound):
            if value.kind == "list":
                self.diagnostics.append(self._report_list(value, not_one))
            else:
                self.diagnostics.append(_report_mapping(value, self._text))
        elif misread := _find_misread(value, self._text):
            self.diagnostics.append(misread)
        elif not value.is_null:
            self._read_scalar(value)

    def _report_list(self, value: Compound, message: str) -> Diagnostic:
        span, written = _trim(value, self._text)
        if self._field.type.is_text and written.startswith("["):
            quoted = to_quoted_yaml(written)[:_SHOWN]
            help_ = f"write one text, in double quotes if it begins with `[`: `{quoted}`"
            return Diagnostic(span, message, help_)
        first = next(iter(value.items), None)
        if not isinstance(first, Scalar) or first.is_null:
            return Diagnostic(span, message, "write one value")
        item = self._text[first.span.start : first.span.end]
        if len(value.items) > 1:
            return Diagnostic(span, message, f"write one value, such as `{item[:_SHOWN]}`")
        fix = (Edit(span, item),) if written.startswith("[") else ()
        return Diagnostic(span, message, f"write `{item[:_SHOWN]}`", fix)

    def _read_scalar(self, value: Scalar) -> None:
        try:
            self.values.append(self._field.type.read(value))
        except InvalidContentError as error:
            self.diagnostics.append(error.diagnostic)
        if self._field.type.is_text and (comment := find_truncating_comment(self._text, value)):
            self._report_cut_comment(value, comment)

    def _report_cut_comment(self, value: Scalar, span: Span) -> None:
        """Report what YAML has cut off as a comment; two spaces before it show that it is one."""
        comment = self._text[slice(*span)]
        if not comment.startswith(" #") or not comment[2:].strip():
            return
        whole = to_quoted_yaml(self._text[value.span.start : span.end].strip())
        message = f"YAML reads `{comment.strip()[:60]}` as a comment and drops it"
        fix = (Edit(Span(value.span.start, span.end), whole),)
        place = Span(span.start + 1, span.end)
        self.diagnostics.append(Diagnostic(place, message, _QUOTE.format(whole[:_SHOWN]), fix))


def _find_misread(value: Scalar, text: str) -> Diagnostic | None:
    """Return what YAML reads without complaint, and as something else than is meant, or None."""
    written = text[value.span.start : value.span.end]
    if placeholder := _find_placeholder(value, written):
        return MESSAGES["placeholder"].make_diagnostic(value.span, text=placeholder[:QUOTED_LENGTH])
    if value.is_plain and written[:1] in ("&", "!"):
        mark = written.split(None, 1)[0]
        message = f"YAML reads `{mark}` as syntax and drops it"
        return Diagnostic(value.span, message, _QUOTE.format(to_quoted_yaml(written)))
    if value.is_plain and "\n" in written and re.search(r"\n[ \t]*- ", written):
        help_ = "start each `-` of the list in the same column"
        return Diagnostic(value.span, "YAML reads these lines as one text", help_)
    if written[:1] == '"' and (latex := _LATEX.search(written)):
        single = "'" + written[1:-1].replace("'", "''") + "'"
        message = f"YAML reads `{latex[1]}` in double quotes as a control character"
        help_ = f"put the value in single quotes: `{single[:_SHOWN]}`"
        return Diagnostic(value.span, message, help_, (Edit(value.span, single),))
    return None


def _find_placeholder(value: Scalar, written: str) -> str:
    """Return what was not filled in, or ''; in quotes, only a text of nothing else counts."""
    if "{{" not in written and "<%" not in written:
        return ""
    find = _PLACEHOLDER.search if value.is_plain else _PLACEHOLDER.fullmatch
    found = find(value.text.strip())
    return found[0].strip() if found else ""


def _report_unlisted(field: Field, value: Scalar) -> Diagnostic:
    """Return the diagnostic that a text with commas is not a list."""
    text = value.text.strip()
    message = f"`{field.name}` takes a list, and this is one text"
    help_ = f"write `{f'[{text}]'[:_SHOWN]}`"
    if field.type.may_hold_commas:
        quoted = to_quoted_yaml(text[:_SHOWN])
        return Diagnostic(value.span, message, f"{help_}, or `[{quoted}]` if this is one name")
    return Diagnostic(value.span, message, help_, (Edit(value.span, f"[{text}]"),))


def _report_empty_item(item: Scalar, text: str) -> Diagnostic:
    line = text[item.span.start : text.find("\n", item.span.start)].strip()
    if line.startswith("#"):
        start = text.index("#", item.span.start)
        message = f"YAML reads `{line}` as a comment, so this item is empty"
        help_ = f"write `{line.lstrip('#').strip()}`"
        return Diagnostic(Span(start, start + len(line)), message, help_)
    if item.text:
        new = to_quoted_yaml(item.text)
        message = f"YAML reads `{item.text}` as nothing"
        fix = (Edit(item.span, new),)
        return Diagnostic(item.span, message, f"put it in double quotes: `{new}`", fix)
    return Diagnostic(item.span, "this item of the list is empty", "write something, or remove it")


def _trim(value: Compound, text: str) -> tuple[Span, str]:
    """Return where `value` is and how it is written, without what follows it.

    YAML ends a list or mapping only where the next thing begins.
    """
    written = text[value.span.start : value.span.end].rstrip()
    return Span(value.span.start, value.span.start + len(written)), written


def _report_list_in_list(item: Compound, text: str) -> Diagnostic:
    span, written = _trim(item, text)
    name = written.strip("[]").partition("|")[0].partition("#")[0].strip()
    if name and not re.search(r"[\[\],:\"'\n]", name):
        message = "YAML reads brackets within brackets as a list within the list"
        return Diagnostic(span, message, f"write `{name}`", (Edit(span, name),))
    return Diagnostic(span, "this is a list within the list", "write one list")


def _report_mapping(value: Compound, text: str) -> Diagnostic:
    span, written = _trim(value, text)
    quoted = to_quoted_yaml(written)
    if written.startswith("{{"):
        return MESSAGES["placeholder"].make_diagnostic(span, text=written[:QUOTED_LENGTH])
    if written.startswith("{"):
        message = "YAML reads `{` at the start of a value as a mapping"
        help_ = f"put it in double quotes if it is a text: `{quoted[:_SHOWN]}`"
        return Diagnostic(span, message, help_)
    if "\n" in written:
        return Diagnostic(span, "YAML reads these lines as fields of their own", "write one text")
    message = f"YAML reads `{written[:60]}` as a key and a value"
    help_ = f"put it in double quotes: `{quoted[:_SHOWN]}`"
    return Diagnostic(span, message, help_, (Edit(span, quoted),))
