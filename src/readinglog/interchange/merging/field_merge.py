"""Merging the fields of a note three ways, as edits of its front matter as written."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import NamedTuple

from readinglog.citations.completion import fill_field
from readinglog.citations.draft import format_field
from readinglog.interchange.importers.importer import FieldValue
from readinglog.interchange.merging.import_base import FieldRecord
from readinglog.model.note import Note
from readinglog.model.slugs import fold
from readinglog.model.text import Edit, Span, get_line_span
from readinglog.model.yaml_values import BROKEN, Compound, Scalar
from readinglog.parsing.yaml_edits import append_items, find_end, remove_item

_ORDERED = frozenset({"authors"})  # lists that are one value: their order says something


class FieldConflict(NamedTuple):
    """A field that both sides have changed: where it is in the note, and what the source has."""

    name: str
    span: Span
    value: FieldValue | None


class MergedFields(NamedTuple):
    """The edits of a note's front matter, the names of the fields, and what could not be merged."""

    edits: tuple[Edit, ...]
    names: tuple[str, ...]
    conflicts: tuple[FieldConflict, ...]


def merge_fields(
    note: Note, base: Mapping[str, FieldRecord] | None, theirs: Mapping[str, FieldRecord]
) -> MergedFields:
    """Return the edits that give `note` what the source has changed since `base`.

    Without a base only fields that are not there, or empty, are filled in.
    """
    merge = _FieldMerge(note, base, theirs)
    for name in note.schema.fields:
        if name in theirs or (base and name in base):
            merge.merge(name)
    return MergedFields(tuple(merge.edits), tuple(merge.names), tuple(merge.conflicts))


def read_field(note: Note, name: str) -> FieldValue | None:
    """Return what a field of a note says, as written, None where it says nothing."""
    entry = note.fields.get(name)
    if entry is None:
        return None
    value = entry.value
    if not note.schema.fields[name].is_list:
        if isinstance(value, Scalar) and not value.is_null:
            return " ".join(value.text.split()) or None
        return None
    items = value.items if isinstance(value, Compound) else (value,)
    texts = [item.text for item in items if isinstance(item, Scalar) and not item.is_null]
    return tuple(" ".join(text.split()) for text in texts if text.strip()) or None


class _FieldMerge:
    def __init__(
        self,
        note: Note,
        base: Mapping[str, FieldRecord] | None,
        theirs: Mapping[str, FieldRecord],
    ) -> None:
        self.edits: list[Edit] = []
        self.names: list[str] = []
        self.conflicts: list[FieldConflict] = []
        self._note, self._base, self._theirs = note, base, theirs

    def merge(self, name: str) -> None:
        """Find the edits of one field."""
        entry = self._note.fields.get(name)
        if entry and entry.value is BROKEN:
            return
        base = self._base.get(name) if self._base else None
        before, new = base.written if base else None, self._get_written(name)
        have = read_field(self._note, name)
        if new in (before, have):
            return
        if self._base is None:
            if have is None and new is not None and not self._is_known(name):
                self._set(name, new)
        elif self._note.schema.fields[name].is_list and name not in _ORDERED:
            self._merge_items(name, to_items(before), to_items(new), to_items(have))
        elif have == before:
            self._set(name, new)
        else:
            self._report(name, new)

    def _is_known(self, name: str) -> bool:
        """Return whether another field says already what this one would: `url` an arXiv id."""
        locators = [other for other in self._note.schema.locators if other != name]
        return self._note.has(name) or (name == "url" and any(map(self._note.has, locators)))

    def _get_written(self, name: str) -> FieldValue | None:
        record = self._theirs.get(name)
        return record.written if record else None

    def _set(self, name: str, new: FieldValue | None) -> None:
        entry = self._note.fields.get(name)
        text = self._note.text
        self.names.append(name)
        if new is None:
            if entry:
                self.edits.append(_remove_entry(text, entry.name_span, find_end(text, entry.value)))
        elif entry is None or read_field(self._note, name) is None:
            self.edits.append(fill_field(self._note, name, new))
        else:
            span = Span(entry.name_span.start, find_end(text, entry.value))
            self.edits.append(Edit(span, format_field(self._note.schema.fields[name], new)))

    def _merge_items(
        self, name: str, before: Sequence[str], new: Sequence[str], have: Sequence[str]
    ) -> None:
        """Add the items that the source has added, and remove those that it has removed."""
        known, wanted = set(map(fold, (*before, *have))), set(map(fold, new))
        added = tuple(item for item in new if fold(item) not in known)
        gone = {fold(item) for item in before} - wanted
        kept = tuple(item for item in have if fold(item) not in gone)
        if not added and kept == tuple(have):
            return
        if not have or not kept:
            self._set(name, (*kept, *added) or None)
            return
        value = self._note.fields[name].value
        self.names.append(name)
        if added:
            self.edits.append(append_items(self._note.text, value, added))
        items = value.items if isinstance(value, Compound) else ()
        for item in items:
            if isinstance(item, Scalar) and fold(" ".join(item.text.split())) in gone:
                self.edits.append(remove_item(self._note.text, item))

    def _report(self, name: str, new: FieldValue | None) -> None:
        entry = self._note.fields.get(name)
        end = find_end(self._note.text, entry.value) if entry else 0
        span = Span(entry.name_span.start, end) if entry else Span(0, 3)
        self.conflicts.append(FieldConflict(name, span, new))


def to_items(value: FieldValue | None) -> tuple[str, ...]:
    """Return a value as that of a list."""
    if value is None:
        return ()
    return (value,) if isinstance(value, str) else value


def _remove_entry(text: str, name: Span, end: int) -> Edit:
    """Return the edit that removes the lines of an entry."""
    start = get_line_span(text, name.start).start
    return Edit(Span(start, text.find("\n", end) + 1 or len(text)), "")
