"""Mentions without a link: where the text of a note contains the title or an alias of another."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from itertools import chain, pairwise
from typing import NamedTuple

from readinglog.model.note import WORD, Note
from readinglog.model.slugs import fold
from readinglog.model.text import Span
from readinglog.notebook.notebook import Notebook

_SHORT_WORD = 2  # letters; a single word of that length is ambiguous
_FEW = 20  # names: so many are looked for in a text one after the other
Words = tuple[str, ...]


class Mention(NamedTuple):
    """A place in the text of `note` that names another note without a link to it."""

    note: Note
    span: Span


class Mentions:
    """Finds the titles and aliases of `targets`, by default of all notes, in the text of others."""

    def __init__(self, notebook: Notebook, targets: Iterable[Note] | None = None) -> None:
        self._found: dict[Note, list[Mention]] = defaultdict(list)
        self._names: dict[str, Note] = {}  # of one word
        self._phrases: dict[tuple[str, str], dict[Words, Note]] = defaultdict(dict)
        for note in notebook.published if targets is None else targets:
            self._add_names(note)
        phrases = chain.from_iterable(self._phrases.values())
        names = [*self._names, *map(" ".join, phrases)]
        for note in notebook.published:
            if len(names) > _FEW or any(f" {name} " in note.folded_words for name in names):
                linked = {note, *notebook.graph.outgoing_links[note]}
                self._find_in(note, note.list_words(), linked)

    def find_mentions(self, note: Note) -> list[Mention]:
        """Return where other notes name `note` without a link, newest note first."""
        return self._found.get(note, [])

    def _add_names(self, note: Note) -> None:
        for name in (note.title, *note.texts("aliases")):
            words = tuple(map(fold, WORD.findall(name)))
            if len(words) > 1:
                self._phrases[words[0], words[1]][words] = note
            elif words and _is_name(name):
                self._names[words[0]] = note

    def _find_in(self, note: Note, words: Words, linked: set[Note]) -> None:
        """Add the first mention of each note that is not in `linked`, in the `words` of `note`."""
        tokens: list[re.Match[str]] = []
        for start, end, target in self._list_named(words):
            if target in linked:
                continue
            tokens = tokens or list(WORD.finditer(note.masked, note.body.start))
            span = Span(tokens[start].start(), tokens[end - 1].end())
            if not _is_in_link(note, span):
                self._found[target].append(Mention(note, span))
                linked.add(target)

    def _list_named(self, words: Words) -> Iterator[tuple[int, int, Note]]:
        """Yield the notes that are named in `words`, with where their names begin and end."""
        for start, pair in enumerate(pairwise((*words, ""))):
            if pair[0] in self._names:
                yield start, start + 1, self._names[pair[0]]
            if pair in self._phrases:
                for phrase, target in self._phrases[pair].items():
                    end = start + len(phrase)
                    if words[start:end] == phrase:
                        yield start, end, target


def _is_name(word: str) -> bool:
    """Return whether a single word is distinctive: not short, and with a capital inside."""
    return len(word) > _SHORT_WORD and any(letter.isupper() for letter in word[1:])


def _is_in_link(note: Note, span: Span) -> bool:
    return any(link.span.start <= span.start < link.span.end for link in note.links)
