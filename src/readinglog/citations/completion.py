"""Completing a note that was begun without a source: its empty fields, and nothing else."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import NamedTuple

from readinglog.citations.draft import format_field, list_missing_fields
from readinglog.citations.tag_suggestions import suggest_tags
from readinglog.citations.work import Work
from readinglog.model.note import Note
from readinglog.model.schema import BUILT_IN
from readinglog.model.text import Edit, Span, apply_edits, get_line_span
from readinglog.model.yaml_values import BROKEN, Compound, Value
from readinglog.notebook.notebook import Notebook

_TEXTS = ("title", "url", "arxiv", "doi")
_NAMES = tuple(name for name in Work._fields if name in BUILT_IN.fields and name != "kind")


class Completion(NamedTuple):
    """The text of a note with fields filled in, and the names of these fields."""

    text: str
    fields: tuple[str, ...]


def is_unfinished(note: Note) -> bool:
    """Return whether a note about a work lacks what a source could tell of it."""
    return note.is_work and not note.is_unparsed and bool(_list_gaps(note))


def _list_gaps(note: Note) -> list[str]:
    """Return the required fields without a value that sources tell."""
    known = Work(kind=note.kind, authors=note.authors)
    texts = {name: str(note.values.get(name, "")) for name in _TEXTS}
    return list_missing_fields(Work(**(known._asdict() | texts)), note.schema)


def complete_note(note: Note, work: Work, notebook: Notebook) -> Completion:
    """Return `note` with its empty fields filled in by what is known of `work`."""
    facts: dict[str, str | Sequence[str]] = {
        name: getattr(work, name) for name in _NAMES if getattr(work, name)
    }
    if note.has("arxiv") or note.has("doi"):
        facts.pop("url", None)
    facts["tags"] = [tag.key for tag in suggest_tags(work.title, work.abstract, notebook)]
    to_fill = {name: fact for name, fact in facts.items() if fact and name not in note.values}
    broken = {name for name, entry in note.fields.items() if not _is_empty(entry.value)}
    chosen = {name: fact for name, fact in to_fill.items() if name not in broken}
    edits = [fill_field(note, name, fact) for name, fact in chosen.items()]
    names = tuple(name for name in note.schema.fields if name in chosen)
    return Completion(apply_edits(note.text, edits), names)


def _is_empty(value: Value) -> bool:
    """Return whether nothing is written in the place of a value."""
    if isinstance(value, Compound):
        return value is not BROKEN and value.kind == "list" and not value.items
    return not value.text.strip() or value.is_null


def fill_field(note: Note, name: str, fact: str | Sequence[str]) -> Edit:
    """Return the edit that writes `fact` into the field `name`, which is empty or not there."""
    line = format_field(note.schema.fields[name], fact)
    entry = note.fields.get(name)
    if entry is None:
        return _insert(note, name, line)
    start = entry.name_span.start
    colon = re.compile(r"[ \t]*:").match(note.text, entry.name_span.end)
    end = max(colon.end() if colon else start, entry.value.span.start)
    if not (isinstance(entry.value, Compound) or not entry.value.text.strip()):
        return Edit(Span(start, entry.value.span.end), line)  # `null` or `~`
    written = re.compile(r"\[[ \t]*\]|\"\"|''").match(note.text, end)
    return Edit(Span(start, written.end() if written else end), line)


def _insert(note: Note, name: str, line: str) -> Edit:
    """Return the edit that puts a line behind those of the fields that usually stand before."""
    order = list(note.schema.fields)
    line_break = "\r\n" if "\r\n" in note.text else "\n"
    before = [
        entry
        for other, entry in note.fields.items()
        if other in order and order.index(other) < order.index(name)
    ]
    if not before:
        start = min(entry.name_span.start for entry in note.fields.values())
        return Edit(Span(start, start), f"{line}{line_break}")
    last = max(before, key=lambda entry: entry.name_span.start)
    following = [
        entry.name_span.start
        for entry in note.fields.values()
        if entry.name_span.start > last.name_span.start
    ]
    if following:
        at = min(following)
        return Edit(Span(at, at), f"{line}{line_break}")
    end = get_line_span(note.text, max(last.value.span.start, last.name_span.end)).end
    return Edit(Span(end, end), f"{line_break}{line}")
