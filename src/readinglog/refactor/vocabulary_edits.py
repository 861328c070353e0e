"""The entries of `tags.yml` as they are written, and edits to them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence

from readinglog.model.formats import Scalar, scalar
from readinglog.model.schema import Compound, Field, Value
from readinglog.model.text import Edit, Source, Span, apply, line_span
from readinglog.model.vocabulary import Vocabulary
from readinglog.parsing.front_matter import fields_by_entry
from readinglog.parsing.vocabulary import parse_vocabulary
from readinglog.parsing.yaml_edits import end_of, instead, is_flow, line_after, with_items
from readinglog.refactor.change import Refused

_COMMENTS = re.compile(r"(?:[ \t]+#[^\n]*(?:\n|\Z))*")


def entries(source: Source) -> Mapping[str, Field]:
    """The entries by the keys of their tags."""
    return {field.name: field for field in fields_by_entry(source.text, 0)[0]}


def parts(entry: Field) -> Mapping[str, Value]:
    """What stands below the key of a tag, by name."""
    value = entry.value
    items = value.items if isinstance(value, Compound) else ()
    return {key.text: part for key, part in zip(items[::2], items[1::2], strict=True) if isinstance(key, Scalar)}


def with_aliases(text: str, entry: Field, words: Sequence[str]) -> Edit:
    """The edit by which a tag gets `words` as aliases."""
    value = entry.value
    if aliases := parts(entry).get("aliases"):
        return with_items(text, aliases, words)
    line = f"aliases: [{', '.join(map(scalar, words))}]"
    if isinstance(value, Scalar):  # nothing, perhaps as a word for it, which goes
        below = line_after(text, value.span.end, f"  {line}")
        return Edit(Span(value.span.start, below.span.end), text[value.span.end : below.span.end] + below.text)
    if is_flow(text, value):
        at = end_of(text, value.items[-1]) if value.items else value.span.start + 1
        return Edit(Span(at, at), f", {line}" if value.items else line)
    first = value.span.start
    return line_after(text, end_of(text, value), text[line_span(text, first).start : first] + line)


def with_parent(text: str, fields: Mapping[str, Field], old: Iterable[str], new: str) -> Iterator[Edit]:
    """The edits by which the tags that stand under one of `old` stand under `new`."""
    for entry in fields.values():
        parent = parts(entry).get("parent")
        if isinstance(parent, Scalar) and parent.text.strip() in old:
            yield Edit(parent.span, instead(text, parent.span, new))


def without_entry(text: str, entry: Field) -> Edit:
    """The edit that takes an entry out, with the comments in it."""
    end = text.find("\n", max(entry.name_span.end, end_of(text, entry.value))) + 1 or len(text)
    comments = _COMMENTS.match(text, end)
    return Edit(Span(line_span(text, entry.name_span.start).start, comments.end() if comments else end), "")


def rewritten(source: Source, edits: Iterable[Edit], keys: Iterable[str]) -> Vocabulary | Refused:
    """The vocabulary that comes of `edits`, if it is right and has these `keys`."""
    after = parse_vocabulary(Source(source.path, apply(source.text, edits).encode()))
    if after.problems or set(after.tags) != set(keys):
        return Refused(
            f"`{source.path}` cannot be changed safely as it is written: begin each tag on a line of its own, its fields below it"
        )
    return after
