"""Mentions without a link: where the text of a note names another note."""

from __future__ import annotations

import re
from collections import defaultdict
from typing import NamedTuple

from readinglog.naming import fold
from readinglog.note import Note
from readinglog.notebook import Notebook
from readinglog.text import Span

_TOKEN = re.compile(r"\w+(?:[-.+']\w+)*")


class Mention(NamedTuple):
    """That the text of `note` names another note at `span` without a link to it."""

    note: Note
    span: Span


class Mentions:
    """Finds the titles, aliases and names of notes in the text of others."""

    def __init__(self, notebook: Notebook) -> None:
        self.notebook = notebook
        self._found: dict[Note, list[Mention]] = defaultdict(list)
        phrases: dict[str, dict[tuple[str, ...], Note]] = defaultdict(dict)
        for note in notebook.published:
            for phrase in (note.title, *note.texts("aliases")):
                words = tuple(fold(word) for word in _TOKEN.findall(phrase))
                if len("".join(words)) > 4 and (len(words) > 1 or any(c.isupper() for c in phrase[1:])):
                    phrases[words[0]][words] = note
        for note in notebook.published:
            self._read(note, phrases)

    def _read(self, note: Note, phrases: dict[str, dict[tuple[str, ...], Note]]) -> None:
        linked = {to[0] for _, to in self.notebook.links[note] if len(to) == 1} | {note}
        taken = [link.span for link in note.links]
        tokens = [(fold(found[0]), Span(*found.span())) for found in _TOKEN.finditer(note.masked, note.body.start)]
        for index, (word, span) in enumerate(tokens):
            for words, to in phrases.get(word, {}).items():
                run = tokens[index : index + len(words)]
                if to not in linked and tuple(word for word, _ in run) == words:
                    whole = Span(span.start, run[-1][1].end)
                    if not any(other.start <= whole.start < other.end for other in taken):
                        self._found[to].append(Mention(note, whole))
                        linked.add(to)

    def of(self, note: Note) -> list[Mention]:
        """Where other notes name `note` without a link, newest note first."""
        return self._found.get(note, [])
