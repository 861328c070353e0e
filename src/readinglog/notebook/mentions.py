"""Mentions without a link: where the text of a note contains the title or an alias of another."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator
from typing import NamedTuple

from readinglog.model.note import Note
from readinglog.model.slugs import fold
from readinglog.model.text import Span
from readinglog.notebook.notebook import Notebook

Words = tuple[str, ...]

_TOKEN = re.compile(r"\w+(?:[-.+']\w+)*")
_SHORT_WORD = 2  # letters; a single word of that length is ambiguous


class Mention(NamedTuple):
    """A place in the text of `note` that names another note without a link to it."""

    note: Note
    span: Span


class Mentions:
    """Finds the titles and aliases of notes in the text of others."""

    def __init__(self, notebook: Notebook) -> None:
        self._found: dict[Note, list[Mention]] = defaultdict(list)
        # Phrases by their first two words, or their only one.
        self._phrases: dict[Words, dict[Words, Note]] = {}
        for note in notebook.published:
            for phrase in (note.title, *note.texts("aliases")):
                words = tuple(map(fold, _TOKEN.findall(phrase)))
                if len(words) > 1 or _is_name(phrase):
                    self._phrases.setdefault(words[:2], {})[words] = note
        self._first_words = {first for first, *_ in self._phrases}
        for note in notebook.published:
            linked = {note, *notebook.graph.outgoing_links[note]}
            self._find_in(note, linked)

    def find_mentions(self, note: Note) -> list[Mention]:
        """Return where other notes name `note` without a link, newest note first."""
        return self._found.get(note, [])

    def _find_in(self, note: Note, linked: set[Note]) -> None:
        """Add the first mention of each note that is not in `linked`, in the text of `note`."""
        tokens = list(_TOKEN.finditer(note.masked, note.body.start))
        words = [fold(token[0]) for token in tokens]
        for start, word in enumerate(words):
            if word not in self._first_words:
                continue
            for phrase, target in self._list_phrases(words, start):
                end = start + len(phrase)
                if target in linked or tuple(words[start:end]) != phrase:
                    continue
                span = Span(tokens[start].start(), tokens[end - 1].end())
                if not _is_in_link(note, span):
                    self._found[target].append(Mention(note, span))
                    linked.add(target)

    def _list_phrases(self, words: list[str], start: int) -> Iterator[tuple[Words, Note]]:
        """Yield the phrases that may begin at the word at `start`, with the notes they name."""
        for length in (1, 2):
            yield from self._phrases.get(tuple(words[start : start + length]), {}).items()


def _is_name(word: str) -> bool:
    """Return whether a single word is distinctive: not short, and with a capital inside."""
    return len(word) > _SHORT_WORD and any(letter.isupper() for letter in word[1:])


def _is_in_link(note: Note, span: Span) -> bool:
    return any(link.span.start <= span.start < link.span.end for link in note.links)
