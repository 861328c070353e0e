"""From fields as written to typed values; where YAML has eaten a part of what was written, that is said."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from readinglog.model.diagnostic import Diagnostic, RelatedLocation
from readinglog.model.formats import PLACEHOLDER, Scalar, to_quoted_yaml
from readinglog.model.messages import MESSAGES, QUOTED_LENGTH
from readinglog.model.schema import BROKEN, FIELDS, Compound, Field, FieldType, Value
from readinglog.model.text import Edit, Source, Span
from readinglog.parsing.yaml_nodes import find_cut_comment

_EATEN = re.compile(r"[ \t]*:[ \t]+(#\S[^\r\n]*)")
_PLACEHOLDER = re.compile(PLACEHOLDER)
# LaTeX that begins like one of YAML's escapes, after which nothing tells that it was there.
_LATEX = re.compile(
    r"(?<!\\)(?:\\\\)*(\\(?:[abefv](?=[a-zA-Z]{2})|n(?=abla|u\b|eq?\b)|r(?=ho|ight|angle)|t(?=au|heta|imes|ext|ilde|o\b|op\b)))"
)


def drop_duplicates(
    fields: Iterable[Field], source: Source
) -> tuple[dict[str, Field], list[Diagnostic]]:
    """The fields by name; a second of the same name is a problem, and the first one counts."""
    kept: dict[str, Field] = {}
    problems = []
    for field in fields:
        first = kept.setdefault(field.name, field)
        if first is not field:
            place = RelatedLocation(source, first.name_span, "first written here")
            message = f"the field `{field.name}` is written twice"
            problems.append(Diagnostic(field.name_span, message, "keep one of them", (), (place,)))
    return kept, problems


def read_values(fields: dict[str, Field], text: str) -> tuple[dict[str, object], list[Diagnostic]]:
    """The values that the schema could read, by field, and what is wrong with the others."""
    values: dict[str, object] = {}
    problems = []
    for name, field in fields.items():
        if (known := FIELDS.get(name)) is None or field.value is BROKEN:
            continue
        read = []
        for result in _results(field, known, text):
            if isinstance(result, Diagnostic):
                problems.append(result)
            else:
                read.append(result)
        if read:
            values[name] = tuple(read) if known.many else read[0]
    return values, problems


def _results(field: Field, known: FieldType, text: str) -> Iterator[object]:
    value = field.value
    if (
        isinstance(value, Scalar)
        and value.null
        and (cut := _EATEN.match(text, field.name_span.end))
    ):
        new = (
            f"[{', '.join(re.findall('[^#, ]+', cut[1]))}]"
            if known.many
            else to_quoted_yaml(cut[1].strip())
        )
        message = f"YAML takes `{cut[1][:60]}` for a comment, so `{field.name}` is empty"
        yield Diagnostic(Span(*cut.span(1)), message, f"write `{new[:100]}`")
    elif not known.many:
        yield from _read(value, known, text, f"`{field.name}` is one value, not a list")
    elif isinstance(value, Scalar):
        if "," in value.text and value.plain:
            listed = f"[{value.text.strip()}]"
            one = (
                f", or `[{to_quoted_yaml(value.text.strip()[:80])}]` if this is one name"
                if field.name == "authors"
                else ""
            )
            edit = () if one else (Edit(value.span, listed),)
            yield Diagnostic(
                value.span,
                f"`{field.name}` is a list, and this is one text",
                f"write `{listed[:80]}`{one}",
                edit,
            )
        elif value.plain and value.text.startswith("-") and not value.null:
            first = text[value.span.start + 1 : value.span.end].partition("\n")[0].strip()
            yield Diagnostic(
                value.span,
                "there is no space after the `-` of this list",
                f"write `- {first[:40]}`",
            )
        else:
            yield from _read(value, known, text, "")
    elif value.kind == "list":
        for item in value.items:
            if isinstance(item, Scalar) and item.null:
                yield _empty_item(item, text)
            elif isinstance(item, Compound) and item.kind == "list":
                yield _list_in_list(item, text)
            else:
                yield from _read(item, known, text, "")
    else:
        yield _mapping(value, text)


def _read(value: Value, known: FieldType, text: str, not_one: str) -> Iterator[object]:
    if isinstance(value, Compound):
        span, written = _written(value, text)
        help_ = f"write one text, in double quotes if it begins with `[`: `{to_quoted_yaml(written)[:80]}`"
        help_ = help_ if known.is_text and written[:1] == "[" else "write one value"
        yield Diagnostic(span, not_one, help_) if value.kind == "list" else _mapping(value, text)
    elif slip := _misread(value, text):
        yield slip
    elif not value.null:
        yield known.read(value)
        if known.is_text and (cut := find_cut_comment(text, value)):
            yield from _cut(value, cut, text)


def _misread(value: Scalar, text: str) -> Diagnostic | None:
    """What YAML takes without a word, and as something else than was meant."""
    written = text[value.span.start : value.span.end]
    look = (
        _PLACEHOLDER.search if value.plain else _PLACEHOLDER.fullmatch
    )  # quotes say that the text is meant as it is
    if ("{{" in written or "<%" in written) and (found := look(value.text.strip())):
        return MESSAGES["placeholder"].diagnostic(value.span, text=found[0].strip()[:QUOTED_LENGTH])
    if value.plain and written[:1] in ("&", "!"):
        message = f"YAML takes `{written.split(None, 1)[0]}` for a mark of its own and drops it"
        return Diagnostic(
            value.span, message, f"put the value in double quotes: `{to_quoted_yaml(written)}`"
        )
    if value.plain and re.search(r"\n[ \t]*- ", written):
        return Diagnostic(
            value.span,
            "YAML reads these lines as one text",
            "start each `-` of the list in the same column",
        )
    if written[:1] == '"' and (found := _LATEX.search(written)):
        single = "'" + written[1:-1].replace("'", "''") + "'"
        message = f"YAML takes `{found[1]}` in double quotes for a control character"
        return Diagnostic(
            value.span,
            message,
            f"put the value in single quotes: `{single[:100]}`",
            (Edit(value.span, single),),
        )
    return None


def _cut(value: Scalar, cut: Span, text: str) -> Iterator[Diagnostic]:
    comment = text[cut.start : cut.end]
    if comment[:2] == " #" and comment[2:].strip():  # two spaces are how a comment is meant
        whole = to_quoted_yaml(text[value.span.start : cut.end].strip())
        message = f"YAML takes `{comment.strip()[:60]}` for a comment and drops it"
        edit = Edit(Span(value.span.start, cut.end), whole)
        yield Diagnostic(
            Span(cut.start + 1, cut.end),
            message,
            f"put the value in double quotes: `{whole[:100]}`",
            (edit,),
        )


def _empty_item(item: Scalar, text: str) -> Diagnostic:
    line = text[item.span.start : text.find("\n", item.span.start)].strip()
    if line.startswith("#"):
        span = Span(text.index("#", item.span.start), text.index("#", item.span.start) + len(line))
        return Diagnostic(
            span,
            f"YAML takes `{line}` for a comment, so this item is empty",
            f"write `{line.lstrip('#').strip()}`",
        )
    if item.text:
        new = to_quoted_yaml(item.text)
        return Diagnostic(
            item.span,
            f"YAML reads `{item.text}` as nothing",
            f"put it in double quotes: `{new}`",
            (Edit(item.span, new),),
        )
    return Diagnostic(
        item.span, "this item of the list is empty", "write something, or take it out"
    )


def _written(value: Compound, text: str) -> tuple[Span, str]:
    """What stands there; YAML ends a list or mapping only where the next thing begins."""
    written = text[value.span.start : value.span.end].rstrip()
    return Span(value.span.start, value.span.start + len(written)), written


def _list_in_list(item: Compound, text: str) -> Diagnostic:
    span, written = _written(item, text)
    if (name := written.strip("[]").partition("|")[0].partition("#")[0].strip()) and not re.search(
        r"[\[\],:\"'\n]", name
    ):
        return Diagnostic(
            span,
            "brackets within brackets are a list within the list to YAML",
            f"write `{name}`",
            (Edit(span, name),),
        )
    return Diagnostic(span, "this is a list within the list", "write one list")


def _mapping(value: Compound, text: str) -> Diagnostic:
    span, written = _written(value, text)
    if written.startswith("{{"):
        return MESSAGES["placeholder"].diagnostic(span, text=written[:QUOTED_LENGTH])
    if written.startswith("{"):
        help_ = f"put it in double quotes if it is a text: `{to_quoted_yaml(written)[:80]}`"
        return Diagnostic(span, "`{` at the start of a value opens a mapping to YAML", help_)
    if "\n" in written:
        return Diagnostic(span, "this is a mapping, where a text belongs", "write one text")
    edit = Edit(span, to_quoted_yaml(written))
    message = f"YAML reads `{written[:60]}` as a key and a value"
    return Diagnostic(
        span, message, f"put it in double quotes: `{to_quoted_yaml(written)[:80]}`", (edit,)
    )
