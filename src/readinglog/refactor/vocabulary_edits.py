"""The entries of `tags.yml` as they are written, and edits of them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence

from readinglog.model.text import Edit, Source, Span, apply_edits, get_line_span
from readinglog.model.vocabulary import Vocabulary
from readinglog.model.yaml_values import Compound, Entry, Scalar, Value, to_yaml
from readinglog.parsing.front_matter import compose_by_entry
from readinglog.parsing.vocabulary import parse_vocabulary
from readinglog.parsing.yaml_edits import (
    append_items,
    find_end,
    insert_line_after,
    is_flow,
    write_in_style,
)
from readinglog.refactor.change import RefactoringError

_COMMENTS = re.compile(r"(?:[ \t]+#[^\n]*(?:\n|\Z))*")


def parse_entries(source: Source) -> Mapping[str, Entry]:
    """Return the entries by the keys of their tags."""
    return {field.name: field for field in compose_by_entry(source.text, 0)[0]}


def get_parts(entry: Entry) -> Mapping[str, Value]:
    """Return the fields of an entry by name."""
    value = entry.value
    items = value.items if isinstance(value, Compound) else ()
    return {
        key.text: part
        for key, part in zip(items[::2], items[1::2], strict=True)
        if isinstance(key, Scalar)
    }


def add_aliases(text: str, entry: Entry, words: Sequence[str]) -> Edit:
    """Return the edit that adds `words` to the aliases of a tag."""
    value = entry.value
    if aliases := get_parts(entry).get("aliases"):
        return append_items(text, aliases, words)
    line = f"aliases: [{', '.join(map(to_yaml, words))}]"
    if isinstance(value, Scalar):  # an empty entry, perhaps written `null` or `~`, which is removed
        below = insert_line_after(text, value.span.end, f"  {line}")
        return Edit(
            Span(value.span.start, below.span.end),
            text[value.span.end : below.span.end] + below.text,
        )
    if is_flow(text, value):
        if not value.items:
            return Edit(Span(value.span.start + 1, value.span.start + 1), line)
        end = find_end(text, value.items[-1])
        return Edit(Span(end, end), f", {line}")
    first = value.span.start
    indentation = text[get_line_span(text, first).start : first]
    return insert_line_after(text, find_end(text, value), indentation + line)


def set_parent(
    text: str, fields: Mapping[str, Entry], old: Iterable[str], new: str
) -> Iterator[Edit]:
    """Yield the edits that make `new` the parent of the tags whose parent is one of `old`."""
    for entry in fields.values():
        parent = get_parts(entry).get("parent")
        if isinstance(parent, Scalar) and parent.text.strip() in old:
            yield Edit(parent.span, write_in_style(text, parent.span, new))


def remove_entry(text: str, entry: Entry) -> Edit:
    """Return the edit that removes an entry with the comments in it."""
    end = text.find("\n", max(entry.name_span.end, find_end(text, entry.value))) + 1 or len(text)
    comments = _COMMENTS.match(text, end)
    return Edit(
        Span(get_line_span(text, entry.name_span.start).start, comments.end() if comments else end),
        "",
    )


def edit_vocabulary(source: Source, edits: Iterable[Edit], keys: Iterable[str]) -> Vocabulary:
    """Return the vocabulary after `edits`.

    Raise RefactoringError where it has errors, or other than these `keys`.
    """
    after = parse_vocabulary(Source(source.path, apply_edits(source.text, edits).encode()))
    if after.diagnostics or set(after.tags) != set(keys):
        message = f"`{source.path}` cannot be changed safely as it is written"
        hint = "begin each tag on a line of its own, with its fields below it"
        raise RefactoringError(message, hint)
    return after
