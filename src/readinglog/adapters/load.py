"""From a folder to a notebook."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import date
from pathlib import Path

from readinglog.adapters.disk import read
from readinglog.note import Note
from readinglog.notebook import Notebook
from readinglog.parse import parse
from readinglog.parse.vocabulary import parse_vocabulary
from readinglog.text import Source

Parsed = dict[tuple[str, bytes, str], Note]
Progress = Callable[[Iterable[Source]], Iterable[Source]]


def load(folder: Path, parsed: Parsed | None = None, progress: Progress = lambda sources: sources) -> Notebook:
    """The notebook of `folder`. Notes found in `parsed` are taken from there; it is brought up to date."""
    found = read(folder)
    known = parsed if parsed is not None else {}
    notes = []
    for source in progress(found.notes):
        key = (source.path, source.data, source.unreadable)
        notes.append(known.get(key) or parse(source))
    if parsed is not None:
        parsed.clear()
        parsed.update({(n.path, n.source.data, n.source.unreadable): n for n in notes})
    vocabulary = parse_vocabulary(found.vocabulary) if found.vocabulary else None
    return Notebook(notes, vocabulary, found.files, date.today())  # noqa: DTZ011 - the author's own day
