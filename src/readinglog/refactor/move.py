"""A note that moves to another path."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from itertools import zip_longest
from typing import NamedTuple

from readinglog.lint.linter import replace_sources
from readinglog.model.note import Note
from readinglog.model.text import Source, Span
from readinglog.notebook.links import parse_relation_target
from readinglog.notebook.notebook import Notebook


class Move(NamedTuple):
    """A note before and after it moves, in notebooks whose texts are not changed yet."""

    before: Notebook
    after: Notebook
    old: Note
    new: Note

    def get_moved(self, note: Note) -> Note:
        """Return `note` as it is after the move."""
        return self.new if note is self.old else self.after.by_path[note.path]

    def count_filled_links(self) -> int:
        """Return how many links and relations without a target lead to the note by its new path."""
        number = 0
        for note in self.before.notes:
            moved = self.get_moved(note)
            for link, resolution in self.before.links.list_links(note):
                if resolution.is_missing:
                    number += self.after.links.resolve(link, moved).target is self.new
            for relation in self.before.links.list_relations(note):
                if relation.resolution.is_missing:
                    target = parse_relation_target(relation.text)
                    number += self.after.names.resolve_name(target, moved).target is self.new
        return number

    def find_changed_target(self, texts: Mapping[Source, str]) -> str:
        """Return the first link that would lead elsewhere with `texts`, and its note, or ''."""
        new_paths = {self.old.path: self.new.path}
        changed = {
            source: Source(new_paths.get(source.path, source.path), text.encode())
            for source, text in texts.items()
        }
        final = replace_sources(self.before, changed)
        for note in self.before.notes:
            before = _list_targets(note, self.before)
            after = _list_targets(final.by_path[self.get_moved(note).path], final)
            for (span, old), (_, new) in zip_longest(before, after, fillvalue=(Span(0, 0), "")):
                if old and new_paths.get(old, old) != new:
                    return f"`{note.text[slice(*span)]}` in `{note.path}`"
        return ""


def _list_targets(note: Note, notebook: Notebook) -> Iterator[tuple[Span, str]]:
    """Yield the span of each link and relation of `note`, and the path of its target, or ''."""
    for link, resolution in notebook.links.list_links(note):
        if resolution.target:
            yield link.span, resolution.target.path
        elif link.target and resolution.is_missing:
            yield link.span, notebook.links.find_file(link, note) or ""
        else:
            yield link.span, ""
    for relation in notebook.links.list_relations(note):
        target = relation.resolution.target
        yield relation.span, target.path if target else ""
