"""The texts and words of notes for the index of the search, kept from one run to the next."""

from __future__ import annotations

import json
from collections.abc import Callable, Collection, Sequence
from contextlib import suppress
from pathlib import Path
from typing import cast

from readinglog.model.note import Note
from readinglog.model.text import compute_digest
from readinglog.notebook.digests import NoteDigests
from readinglog.notebook.notebook import Notebook
from readinglog.search.index_writer import IndexFiles, NoteText, describe_text, make_index
from readinglog.search.known_names import OwnName, list_own_names
from readinglog.search.language import ZONES, IndexZone
from readinglog.search.word_batch import (
    NoteWords,
    NoteZones,
    PackedLists,
    WordBatch,
    make_batch,
    split_texts,
)
from readinglog.workspace.files import compute_package_stamp
from readinglog.workspace.kept_values import KeptValues


def make_index_with_cache(notebook: Notebook, cache: Path) -> IndexFiles:
    """Return the files of the index of `notebook`.

    Texts and words that an earlier run has kept in the folder `cache` are not made again.
    """
    texts = _KeptTexts(cache, notebook)
    files = make_index(notebook, texts)
    texts.keep({note.path for note in notebook.notes})
    return files


class _KeptTexts:
    """The texts of the notes of a notebook, and their words."""

    def __init__(self, cache: Path, notebook: Notebook) -> None:
        self._texts = _KeptByDigest(cache / "texts.db")
        self._words = _KeptByDigest(cache / "words.db")
        self._batches = _KeptByDigest(cache / "word-batches.db", notebook.schema.key)
        self._batch_keys: set[str] = set()
        self._digests = NoteDigests(notebook)

    def describe(self, note: Note, notebook: Notebook) -> NoteText:
        """Return the text of a note for the index."""
        digest = self._digests.get(note).hex()
        made = self._texts.get(note.path, digest, lambda: describe_text(note, notebook))
        return cast("NoteText", made)

    def make_batch(self, zones: Sequence[IndexZone], notes: Sequence[NoteZones]) -> WordBatch:
        """Return the words of some notes."""
        words = " ".join(zone.name for zone in zones)
        key = f"{words}\0{notes[0].note.path}"
        self._batch_keys.add(key)
        texts = [
            (note.foreign_language, [texts[zone.name] for zone in zones]) for note, texts in notes
        ]
        digest = compute_digest(repr(texts)).hex()
        split = self._split if zones is ZONES else None  # claims alone have few words
        made = self._batches.get(key, digest, lambda: make_batch(zones, notes, split))
        size, terms, positions = cast("WordBatch", made)
        terms = {language: PackedLists(*lists) for language, lists in terms.items()}
        return WordBatch(size, terms, PackedLists(*positions))

    def list_names(self, notes: Sequence[Note]) -> Sequence[Sequence[OwnName]]:
        """Return the keys that name each of some notes."""
        key = f"names\0{notes[0].path}"
        self._batch_keys.add(key)
        text = repr([note.page_name for note in notes])
        digest = compute_digest(text, b"".join(note.source.digest for note in notes)).hex()
        made = self._batches.get(key, digest, lambda: list(map(list_own_names, notes)))
        return cast("Sequence[Sequence[OwnName]]", made)

    def _split(self, note: Note, texts: Sequence[str]) -> NoteWords:
        """Return the words of the texts by which a note is found."""
        digest = compute_digest(repr(texts)).hex()
        made = self._words.get(note.path, digest, lambda: split_texts(texts))
        return NoteWords(*cast("NoteWords", made))

    def keep(self, paths: Collection[str]) -> None:
        """Keep what is new, and of what was kept that of the notes at `paths`."""
        self._texts.keep(paths)
        self._words.keep(paths)
        self._batches.keep(self._batch_keys)


class _KeptByDigest:
    """Values for JSON by key, each with a digest of what it is made of."""

    def __init__(self, file: Path, context: str = "") -> None:
        self._values = KeptValues(file, f"{compute_package_stamp()} {context}")
        self._new: dict[str, bytes] = {}

    def get(self, key: str, digest: str, make: Callable[[], object]) -> object:
        """Return the value that an earlier run has kept, or what `make` makes."""
        with suppress(ValueError, TypeError, KeyError):
            kept = json.loads(self._values.get(key) or b"")
            if kept["digest"] == digest:
                return kept["value"]
        value = make()
        self._new[key] = json.dumps({"digest": digest, "value": value}).encode()
        return value

    def keep(self, keys: Collection[str]) -> None:
        """Keep new values, and of those that were kept the ones with `keys`, if any is new."""
        if self._new:
            self._values.update(self._new.items(), keys)
