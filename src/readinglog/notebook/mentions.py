"""Mentions without a link: where the text of a note contains the title or an alias of another."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import chain, pairwise
from typing import NamedTuple
from unicodedata import is_normalized

from readinglog.model.folded_words import WORD
from readinglog.model.note import Note
from readinglog.model.slugs import fold
from readinglog.model.text import Span
from readinglog.notebook.notebook import Notebook

_SHORT_WORD = 2  # letters; a single word of that length is ambiguous
_FEW = 20  # names: so many are looked for in a text one after the other
_RUN = re.compile("[a-z0-9]+")
Words = tuple[str, ...]


class Mention(NamedTuple):
    """A place in the text of `note` that names another note without a link to it."""

    note: Note
    span: Span


class Named(NamedTuple):
    """A place in a text that names the note at `path` without a link to it."""

    path: str
    start: int
    end: int


FindNamed = Callable[[Note], Sequence[Named]]
# Yields what a function finds in each of some notes; some of it may be known.
FindInNotes = Callable[[FindNamed, Sequence[Note]], Iterable[Sequence[Named]]]


class Mentions:
    """Finds the titles and aliases of `targets`, by default of all notes, in the text of others.

    `find_in_notes` looks into each text, or knows what an earlier search has found in it.
    """

    def __init__(
        self,
        notebook: Notebook,
        targets: Iterable[Note] | None = None,
        find_in_notes: FindInNotes = map,
    ) -> None:
        self._notebook = notebook
        self._found: dict[Note, list[Mention]] = defaultdict(list)
        self._names: dict[str, Note] = {}  # of one word
        self._phrases: dict[tuple[str, str], dict[Words, Note]] = defaultdict(dict)
        for target in notebook.published if targets is None else targets:
            self._add_names(target)
        phrases = chain.from_iterable(self._phrases.values())
        names = [*self._names, *map(" ".join, phrases)]
        # Where they are few, most texts can be passed over at once.
        self._few_names = names if len(names) <= _FEW else []
        self._runs = [sorted(_RUN.findall(name), key=len)[::-1] for name in self._few_names]
        notes = notebook.published if names else []
        for note, found in zip(notes, find_in_notes(self._find_in, notes), strict=True):
            for path, start, end in found:
                self._found[notebook.by_path[path]].append(Mention(note, Span(start, end)))

    def find_mentions(self, note: Note) -> list[Mention]:
        """Return where other notes name `note` without a link, newest note first."""
        return self._found.get(note, [])

    def _add_names(self, note: Note) -> None:
        for words in list_names(note):
            if len(words) > 1:
                self._phrases[words[0], words[1]][words] = note
            else:
                self._names[words[0]] = note

    def _find_in(self, note: Note) -> list[Named]:
        """Return the first mention of each note that `note` does not link to."""
        if self._few_names and not self._has_few_names(note):
            return []
        found: list[Named] = []
        tokens: list[re.Match[str]] = []
        linked = {note, *self._notebook.graph.outgoing_links[note]}
        for first, end, target in self._list_named(note.list_words()):
            if target in linked:
                continue
            tokens = tokens or list(WORD.finditer(note.masked, note.body.start))
            span = Span(tokens[first].start(), tokens[end - 1].end())
            if not _is_in_link(note, span):
                found.append(Named(target.path, *span))
                linked.add(target)
        return found

    def _has_few_names(self, note: Note) -> bool:
        """Return whether a text has one of few names.

        To fold its words takes long. All runs of letters and digits of ASCII that a name has are in
        the text, too, if that is composed.
        """
        if is_normalized("NFC", note.text):
            text = note.text.casefold()
            if not any(all(run in text for run in runs) for runs in self._runs):
                return False
        return any(f" {name} " in note.folded_words for name in self._few_names)

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


def list_names(note: Note) -> Iterator[Words]:
    """Yield the names by which texts mention a note, as folded words; of several notes with one
    name, the last is meant.
    """
    for name in (note.title, *note.texts("aliases")):
        words = tuple(map(fold, WORD.findall(name)))
        if len(words) > 1 or (words and _is_name(name)):
            yield words


def _is_name(word: str) -> bool:
    """Return whether a single word is distinctive: not short, and with a capital inside."""
    return len(word) > _SHORT_WORD and any(letter.isupper() for letter in word[1:])


def _is_in_link(note: Note, span: Span) -> bool:
    return any(link.span.start <= span.start < link.span.end for link in note.links)
