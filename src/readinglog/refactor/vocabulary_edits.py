"""The entries of `tags.yml` as they are written, and edits of them."""

from __future__ import annotations

import re
from bisect import bisect
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


def edit_names(text: str, entry: Entry, aliases: Sequence[str], name: str = "") -> Iterator[Edit]:
    """Yield the edits that add aliases to a tag and, if one is given, make `name` its name."""
    parts = get_parts(entry)
    lines = []
    written = parts.get("name")
    if name and isinstance(written, Scalar):
        yield Edit(written.span, write_in_style(text, written.span, name))
    elif name:
        lines.append(f"name: {to_yaml(name)}")
    if aliases and "aliases" in parts:
        yield append_items(text, parts["aliases"], aliases)
    elif aliases:
        lines.append(f"aliases: [{', '.join(map(to_yaml, aliases))}]")
    if lines:
        yield _add_fields(text, entry, lines)


def _add_fields(text: str, entry: Entry, lines: Sequence[str]) -> Edit:
    """Return the edit that adds fields to an entry that does not have them, each on its line."""
    value = entry.value
    if isinstance(value, Scalar):  # an empty entry, perhaps written `null` or `~`, which is removed
        below = insert_line_after(text, value.span.end, _join_lines(text, lines, "  "))
        return Edit(
            Span(value.span.start, below.span.end),
            text[value.span.end : below.span.end] + below.text,
        )
    if is_flow(text, value):
        added = ", ".join(lines)
        if not value.items:
            return Edit(Span(value.span.start + 1, value.span.start + 1), added)
        end = find_end(text, value.items[-1])
        return Edit(Span(end, end), f", {added}")
    first = value.span.start
    indentation = text[get_line_span(text, first).start : first]
    return insert_line_after(text, find_end(text, value), _join_lines(text, lines, indentation))


def _join_lines(text: str, lines: Sequence[str], indentation: str) -> str:
    return _get_line_break(text).join(indentation + line for line in lines)


def _get_line_break(text: str) -> str:
    return "\r\n" if "\r\n" in text else "\n"


def set_parent(
    text: str, fields: Mapping[str, Entry], old: Iterable[str], new: str
) -> Iterator[Edit]:
    """Yield the edits that make `new` the parent of the tags whose parent is one of `old`."""
    for entry in fields.values():
        parent = get_parts(entry).get("parent")
        if isinstance(parent, Scalar) and parent.text.strip() in old:
            yield Edit(parent.span, write_in_style(text, parent.span, new))


def add_entries(text: str, fields: Mapping[str, Mapping[str, str]]) -> Iterator[Edit]:
    """Yield the edits that add tags with their fields.

    Where each tag of the file has one line, so have these; and where those lines are in
    alphabetical order, they stand in it.
    """
    before = _list_lines(text)
    if before is None:
        lines = [line for key, parts in fields.items() for line in _format_block(key, parts)]
        yield _append_lines(text, lines)
        return
    last = []
    is_sorted = _is_sorted(before)
    for key in sorted(fields) if is_sorted else fields:
        written = ", ".join(f"{name}: {to_yaml(value)}" for name, value in fields[key].items())
        line = f"{key}: {{{written}}}"
        at = _find_place(key, before) if is_sorted else None
        if at is None:
            last.append(line)
        else:
            yield Edit(Span(at, at), line + _get_line_break(text))
    if last:
        yield _append_lines(text, last)


def _find_place(key: str, lines: Mapping[str, int]) -> int | None:
    """Return where the line of a new tag belongs among sorted lines, None for the end."""
    keys = list(lines)
    at = bisect(keys, key)
    return lines[keys[at]] if at < len(keys) else None


def keep_in_order(before: str, after: str, key: str) -> str:
    """Return the text of the vocabulary `after` a tag got its `key`, its line moved to where it
    belongs, if those of the text `before` are in alphabetical order.
    """
    lines, new = _list_lines(before), _list_lines(after)
    if lines is None or new is None or not _is_sorted(lines) or _is_sorted(new):
        return after
    start = new.pop(key)
    end = after.find("\n", start) + 1 or len(after)
    line = after[start:end].rstrip("\r\n")
    at = _find_place(key, new)
    if at is None:
        return apply_edits(after, [Edit(Span(start, end), ""), _append_lines(after, [line])])
    moved = Edit(Span(at, at), line + _get_line_break(after))
    return apply_edits(after, [Edit(Span(start, end), ""), moved])


def _list_lines(text: str) -> dict[str, int] | None:
    """Return where the line of each tag starts, by key; None where one has more than one line."""
    starts: dict[str, int] = {}
    for key, entry in parse_entries(Source("", text.encode())).items():
        line, value = get_line_span(text, entry.name_span.start), entry.value
        is_on_line = isinstance(value, Compound) and is_flow(text, value)
        if not is_on_line or find_end(text, value) > line.end:
            return None
        starts[key] = line.start
    return starts


def _is_sorted(lines: Mapping[str, int]) -> bool:
    keys = sorted(lines, key=lines.__getitem__)
    return keys == sorted(keys)


def _format_block(key: str, parts: Mapping[str, str]) -> list[str]:
    return [f"{key}:", *(f"  {name}: {to_yaml(value)}" for name, value in parts.items())]


def _append_lines(text: str, lines: Sequence[str]) -> Edit:
    line_break = _get_line_break(text)
    start = "" if not text or text.endswith("\n") else line_break
    return Edit(Span(len(text), len(text)), start + "".join(line + line_break for line in lines))


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
