"""Edits to YAML as written, of list items and lines, that keep its style and comments."""

from __future__ import annotations

import re
from collections.abc import Sequence

from readinglog.model.text import Edit, Span, get_line_span
from readinglog.model.yaml_values import Compound, Scalar, Value, to_quoted_yaml, to_yaml

_DASH = re.compile(r"[ \t]*-[ \t]+\Z")


def find_end(text: str, value: Value) -> int:
    """Return where `value` ends; to YAML, the comments and gaps behind a block are part of it."""
    if isinstance(value, Compound) and value.items and not is_flow(text, value):
        return find_end(text, value.items[-1])
    return value.span.start + len(text[slice(*value.span)].rstrip())


def is_flow(text: str, value: Compound) -> bool:
    """Return whether a list or mapping is written in brackets."""
    return text[value.span.start : value.span.start + 1] in ("[", "{")


def insert_line_after(text: str, at: int, line: str) -> Edit:
    """Return the edit that puts `line` below the line that holds `at`, with its line break."""
    end = get_line_span(text, at).end
    return Edit(Span(end, end), _get_line_break(text, end) + line)


def _get_line_break(text: str, end: int) -> str:
    return "\r\n" if text.startswith("\r", end) else "\n"


def append_items(text: str, value: Value, items: Sequence[str]) -> Edit:
    """Return the edit that puts `items`, each a text, at the end of a list.

    The list may be in brackets or a line an item, a single scalar or nothing.
    """
    new = ", ".join(map(to_yaml, items))
    if isinstance(value, Scalar):
        return _replace_by_list(text, value, new)
    if not value.items:
        at = value.span.start + 1
        return Edit(Span(at, at), new)
    last = value.items[-1]
    if is_flow(text, value):
        at = find_end(text, last)
        return Edit(Span(at, at), f", {new}")
    start = get_line_span(text, last.span.start).start
    below = [
        insert_line_after(text, find_end(text, last), text[start : last.span.start] + to_yaml(item))
        for item in items
    ]
    return Edit(below[0].span, "".join(edit.text for edit in below))


def replace_item(text: str, value: Value, item: Scalar, items: Sequence[str]) -> Edit:
    """Return the edit that puts `items`, each a text, in the place of `item` of the list `value`.

    `value` may be that scalar alone.
    """
    new = [write_in_style(text, item.span, each) for each in items]
    if isinstance(value, Scalar):
        return Edit(item.span, f"[{', '.join(new)}]" if len(new) > 1 else new[0])
    if is_flow(text, value):
        return Edit(item.span, ", ".join(new))
    line = get_line_span(text, item.span.start)
    line_break, lead = _get_line_break(text, line.end), text[line.start : item.span.start]
    return Edit(item.span, f"{line_break}{lead}".join(new))


def write_in_style(text: str, span: Span, new: str) -> str:
    """Return `new` as it is written in the place of the scalar in `span`.

    It is quoted where that is: what is around it may need the quotes.
    """
    mark = text[span.start : span.start + 1]
    if mark == "'" and new.isprintable():
        return "'" + new.replace("'", "''") + "'"
    return to_quoted_yaml(new) if mark in ("'", '"') else to_yaml(new)


def remove_item(text: str, item: Scalar) -> Edit:
    """Return the edit that removes `item` from its list, in brackets or a line an item."""
    start, end = item.span
    line = get_line_span(text, start)
    if _DASH.match(text[line.start : start]) and text[end : line.end].strip()[:1] in ("", "#"):
        return Edit(Span(line.start, text.find("\n", line.end) + 1 or len(text)), "")
    if after := re.compile(r"[ \t]*,[ \t]*").match(text, end):
        return Edit(Span(start, after.end()), "")
    before = re.search(r",\s*\Z", text[:start])
    return Edit(Span(before.start() if before else start, end), "")


def _replace_by_list(text: str, value: Scalar, items: str) -> Edit:
    """Return the edit that makes a list in brackets of a scalar and `items` behind it."""
    written = text[slice(*value.span)]
    if value.is_null:
        gap = "" if text[value.span.start - 1].isspace() else " "
        return Edit(value.span, f"{gap}[{items}]")
    if not written.startswith(("'", '"')):
        written = to_yaml(value.text.strip())
    return Edit(value.span, f"[{written}, {items}]")
