"""A note on its way to another path."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from itertools import zip_longest
from typing import NamedTuple

from readinglog.lint.linter import replaced
from readinglog.model.note import Note
from readinglog.model.text import Source, Span
from readinglog.notebook.notebook import Notebook, relation_target


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
        notes = self.before.notes
        links = [self.after.resolve(link, self.moved(note)) for note in notes for link, to in self.before.links[note] if not to]
        texts = [(text, note) for note in notes for _, _, text, to in self.before.relations(note) if not to]
        relations = [self.after.index.named(relation_target(text), self.moved(note)) for text, note in texts]
        return sum(list(to) == [self.new] for to in (*links, *relations))

    def astray(self, texts: Mapping[Source, str]) -> str:
        """The first link that would lead elsewhere if the files had these `texts`, with its place; '' where there is none."""
        renamed = {self.old.path: self.new.path}
        changed = {source: Source(renamed.get(source.path, source.path), text.encode()) for source, text in texts.items()}
        final = replaced(self.before, changed)
        for note in self.before.notes:
            after = _goals(final.at[self.moved(note).path], final)
            for (span, goal), (_, new) in zip_longest(_goals(note, self.before), after, fillvalue=(Span(0, 0), "")):
                if goal and renamed.get(goal, goal) != new:
                    return f"`{note.text[slice(*span)]}` in `{note.path}`"
        return ""


def _goals(note: Note, notebook: Notebook) -> Iterator[tuple[Span, str]]:
    """The path of what each link and relation of `note` means, with its place; '' where that is nothing, or not one thing."""
    for link, to in notebook.links[note]:
        file = "" if to or not link.target else notebook.file_at(link, note)
        yield link.span, to[0].path if len(to) == 1 else file or ""
    for _, span, _, to in notebook.relations(note):
        yield span, to[0].path if len(to) == 1 else ""
