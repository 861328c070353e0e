"""Mentions without a link: where the text of a note names another note."""

from __future__ import annotations

import re
from collections import defaultdict
from typing import NamedTuple

from readinglog.model.note import Note
from readinglog.model.slugs import fold
from readinglog.model.text import Span
from readinglog.notebook.notebook import Notebook

Words = tuple[str, ...]

_TOKEN = re.compile(r"\w+(?:[-.+']\w+)*")
_SHORT = 2  # a single word up to this length names too many things
_NONE: dict[Words, Note] = {}


class Mention(NamedTuple):
    """That the text of `note` names another note at `span` without a link to it."""

    note: Note
    span: Span


class Mentions:
    """Finds the titles, aliases and names of notes in the text of others."""

    def __init__(self, notebook: Notebook) -> None:
        self._found: dict[Note, list[Mention]] = defaultdict(list)
        self._phrases: dict[Words, dict[Words, Note]] = defaultdict(
            dict
        )  # by the first two words, or the only one
        for note in notebook.published:
            for phrase in (note.title, *note.texts("aliases")):
                words = tuple(map(fold, _TOKEN.findall(phrase)))
                if len(words) > 1 or (
                    len(phrase) > _SHORT and any(c.isupper() for c in phrase[1:])
                ):
                    self._phrases[words[:2]][words] = note
        for note in notebook.published:
            linked = {note, *notebook.graph.outgoing_links[note]}
            self._read(note, linked)

    def of(self, note: Note) -> list[Mention]:
        """Where other notes name `note` without a link, newest note first."""
        return self._found.get(note, [])

    def _read(self, note: Note, linked: set[Note]) -> None:
        """Note the first mention of each note that `note` does not link to."""
        found = list(_TOKEN.finditer(note.masked, note.body.start))
        words = [fold(token[0]) for token in found]
        for at in range(len(words)):
            for key in ((words[at],), (words[at], words[at + 1] if at + 1 < len(words) else "")):
                for phrase, to in self._phrases.get(key, _NONE).items():
                    if to not in linked and tuple(words[at : at + len(phrase)]) == phrase:
                        span = Span(found[at].start(), found[at + len(phrase) - 1].end())
                        if not any(
                            link.span.start <= span.start < link.span.end for link in note.links
                        ):
                            self._found[to].append(Mention(note, span))
                            linked.add(to)
