"""Edits to YAML as it is written: items more or less in a list, a line more in a mapping. Style and comments stay."""

from __future__ import annotations

import re
from collections.abc import Sequence

from readinglog.model.text import Edit, Span, line_span
from readinglog.model.yaml_values import Compound, Scalar, Value, to_quoted_yaml, to_yaml

_DASH = re.compile(r"[ \t]*-[ \t]+\Z")


def find_end(text: str, value: Value) -> int:
    """Where `value` ends; YAML counts the comments and gaps behind a block to it."""
    if isinstance(value, Compound) and value.items and not is_flow(text, value):
        return find_end(text, value.items[-1])
    return value.span.start + len(text[slice(*value.span)].rstrip())


def is_flow(text: str, value: Compound) -> bool:
    """Whether a list or mapping is written in brackets."""
    return text[value.span.start : value.span.start + 1] in ("[", "{")


def insert_line_after(text: str, at: int, line: str) -> Edit:
    """`line` more, below the line that holds `at`, with its kind of line break."""
    end = line_span(text, at).end
    return Edit(Span(end, end), ("\r\n" if text.startswith("\r", end) else "\n") + line)


def append_items(text: str, value: Value, items: Sequence[str]) -> Edit:
    """The edit that puts `items`, each a text, at the end of a list: in brackets, a line an item, one scalar or nothing."""
    new = ", ".join(map(to_yaml, items))
    if isinstance(value, Scalar):
        gap = " " * (value.null and not text[value.span.start - 1].isspace())
        return Edit(
            value.span, f"{gap}[{new}]" if value.null else f"[{_written(text, value)}, {new}]"
        )
    if not value.items or is_flow(text, value):
        at = find_end(text, value.items[-1]) if value.items else value.span.start + 1
        return Edit(Span(at, at), f", {new}" if value.items else new)
    last = value.items[-1]
    start = line_span(text, last.span.start).start
    below = [
        insert_line_after(text, find_end(text, last), text[start : last.span.start] + to_yaml(item))
        for item in items
    ]
    return Edit(below[0].span, "".join(edit.text for edit in below))


def replace_item(text: str, value: Value, item: Scalar, items: Sequence[str]) -> Edit:
    """The edit that puts `items`, each a text, in the place of `item` of the list `value`, which may be that scalar alone."""
    new = [write_in_style(text, item.span, each) for each in items]
    if isinstance(value, Scalar):
        return Edit(item.span, f"[{', '.join(new)}]" if len(new) > 1 else new[0])
    if is_flow(text, value):
        return Edit(item.span, ", ".join(new))
    line = line_span(text, item.span.start)
    ending = "\r\n" if text.startswith("\r", line.end) else "\n"
    return Edit(item.span, f"{ending}{text[line.start : item.span.start]}".join(new))


def write_in_style(text: str, span: Span, new: str) -> str:
    """`new` as it is written in the place of the scalar in `span`: in quotes where that has some, which may serve what is around it."""
    mark = text[span.start : span.start + 1]
    if mark == "'" and new.isprintable():
        return "'" + new.replace("'", "''") + "'"
    return to_quoted_yaml(new) if mark in ("'", '"') else to_yaml(new)


def remove_item(text: str, item: Scalar) -> Edit:
    """The edit that takes `item` out of its list, flow style or one item a line."""
    start, end = item.span
    line = line_span(text, start)
    if _DASH.match(text[line.start : start]) and text[end : line.end].strip()[:1] in ("", "#"):
        return Edit(Span(line.start, text.find("\n", line.end) + 1 or len(text)), "")
    if after := re.compile(r"[ \t]*,[ \t]*").match(text, end):
        return Edit(Span(start, after.end()), "")
    before = re.search(r",\s*\Z", text[:start])
    return Edit(Span(before.start() if before else start, end), "")


def _written(text: str, value: Scalar) -> str:
    """A scalar as it may stand in brackets."""
    written = text[slice(*value.span)]
    return written if written[:1] in ("'", '"') else to_yaml(value.text.strip())
