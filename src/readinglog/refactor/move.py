"""A note on its way to another path."""

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
    """A notebook before and after a note got another path, no text being changed yet; the note in both."""

    before: Notebook
    after: Notebook
    old: Note
    new: Note

    def moved(self, note: Note) -> Note:
        """What `note` has become."""
        return self.new if note is self.old else note

    def filled(self) -> int:
        """How many links and relations that led nowhere lead to the note by its new path."""
        found = 0
        for note in self.before.notes:
            here = self.moved(note)
            for link, resolution in self.before.links.of(note):
                found += (
                    resolution.is_missing
                    and self.after.links.resolve(link, here).target is self.new
                )
            for relation in self.before.links.relations_of(note):
                after = self.after.names.find(parse_relation_target(relation.text), here)
                found += relation.resolution.is_missing and after.target is self.new
        return found

    def astray(self, texts: Mapping[Source, str]) -> str:
        """The first link that would lead elsewhere if the files had these `texts`, with its place; '' where there is none."""
        renamed = {self.old.path: self.new.path}
        changed = {
            source: Source(renamed.get(source.path, source.path), text.encode())
            for source, text in texts.items()
        }
        final = replace_sources(self.before, changed)
        for note in self.before.notes:
            after = _goals(final.by_path[self.moved(note).path], final)
            for (span, goal), (_, new) in zip_longest(
                _goals(note, self.before), after, fillvalue=(Span(0, 0), "")
            ):
                if goal and renamed.get(goal, goal) != new:
                    return f"`{note.text[slice(*span)]}` in `{note.path}`"
        return ""


def _goals(note: Note, notebook: Notebook) -> Iterator[tuple[Span, str]]:
    """The path of what each link and relation of `note` means, with its place; '' where that is nothing, or not one thing."""
    for link, resolution in notebook.links.of(note):
        file = notebook.links.find_file(link, note) if link.target and resolution.is_missing else ""
        yield link.span, resolution.target.path if resolution.target else file or ""
    for relation in notebook.links.relations_of(note):
        target = relation.resolution.target
        yield relation.span, target.path if target else ""
