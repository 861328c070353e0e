"""From fields as written to typed values; where YAML has eaten a part of what was written, that is said."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from readinglog.diagnostic import Finding, Place, Problem
from readinglog.parse.yaml_values import cut_comment
from readinglog.schema import BROKEN, FIELDS, Compound, Field, FieldType, Scalar, Value, quoted, read_text
from readinglog.text import Edit, Source, Span


def first_of_each(fields: Iterable[Field], source: Source) -> tuple[dict[str, Field], list[Problem]]:
    """The fields by name; a second of the same name is a problem, and the first one counts."""
    kept: dict[str, Field] = {}
    problems = []
    for field in fields:
        first = kept.setdefault(field.name, field)
        if first is not field:
            place = Place(source, first.name_span, "first written here")
            message = f"the field `{field.name}` is written twice"
            problems.append(Problem("duplicate-field", Finding(field.name_span, message, "keep one of them", (), (place,))))
    return kept, problems


def read_values(fields: dict[str, Field], text: str) -> tuple[dict[str, object], list[Problem]]:
    """The values that the schema could read, by field, and what is wrong with the others."""
    values: dict[str, object] = {}
    problems = []
    for name, field in fields.items():
        if (known := FIELDS.get(name)) is None or field.value is BROKEN:
            continue
        read = []
        for result in _results(field, known, text):
            if isinstance(result, Finding):
                problems.append(Problem("invalid-value", result))
            else:
                read.append(result)
        if read:
            values[name] = tuple(read) if known.many else read[0]
    return values, problems


def _results(field: Field, known: FieldType, text: str) -> Iterator[object]:
    value = field.value
    if not known.many:
        yield from _read(value, known, text, f"`{field.name}` is one value, not a list")
    elif isinstance(value, Scalar):
        if "," in value.text and value.plain:
            listed = f"[{value.text.strip()}]"
            edit = (Edit(value.span, listed),) if field.name != "authors" else ()  # `Doe, Jane` is one author
            yield Finding(value.span, f"`{field.name}` is a list, and this is one text", f"write `{listed[:80]}`", edit)
        elif value.plain and value.text.startswith("-") and not value.null:
            first = text[value.span.start + 1 : value.span.end].partition("\n")[0].strip()
            yield Finding(value.span, "there is no space after the `-` of this list", f"write `- {first[:40]}`")
        else:
            yield from _read(value, known, text, "")
    elif value.kind == "list":
        for item in value.items:
            if isinstance(item, Scalar) and item.null:
                yield _empty_item(item, text)
            else:
                yield from _read(item, known, text, "this is a list within the list")
    else:
        yield _mapping(value, text)


def _read(value: Value, known: FieldType, text: str, not_one: str) -> Iterator[object]:
    if isinstance(value, Compound):
        yield Finding(value.span, not_one, "write one value") if value.kind == "list" else _mapping(value, text)
    elif not value.null:
        yield known.read(value)
        if known.read is read_text and (cut := cut_comment(text, value)):
            yield from _cut(value, cut, text)


def _cut(value: Scalar, cut: Span, text: str) -> Iterator[Finding]:
    comment = text[cut.start : cut.end]
    if comment[:2] == " #" and comment[2:].strip():  # two spaces are how a comment is meant
        whole = quoted(text[value.span.start : cut.end].strip())
        message = f"YAML takes `{comment.strip()[:60]}` for a comment and drops it"
        edit = Edit(Span(value.span.start, cut.end), whole)
        yield Finding(Span(cut.start + 1, cut.end), message, f"put the value in double quotes: `{whole[:100]}`", (edit,))


def _empty_item(item: Scalar, text: str) -> Finding:
    line = text[item.span.start : text.find("\n", item.span.start)].strip()
    if line.startswith("#"):
        span = Span(text.index("#", item.span.start), text.index("#", item.span.start) + len(line))
        return Finding(span, f"YAML takes `{line}` for a comment, so this item is empty", f"write `{line.lstrip('#').strip()}`")
    return Finding(item.span, "this item of the list is empty", "write something, or take it out")


def _mapping(value: Compound, text: str) -> Finding:
    written = text[value.span.start : value.span.end].strip()
    if written.startswith("{{"):
        return Finding(value.span, f"a placeholder was left in: `{written[:60]}`", "write what belongs there")
    if "\n" in written or written.startswith("{"):
        return Finding(value.span, "this is a mapping, where a text belongs", "write one text")
    edit = Edit(value.span, quoted(written))
    message = f"YAML reads `{written[:60]}` as a key and a value"
    return Finding(value.span, message, f"put it in double quotes: `{quoted(written)[:80]}`", (edit,))
