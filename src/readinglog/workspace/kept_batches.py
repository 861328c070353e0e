"""What the index of the search has of notes, kept batch by batch from one run to the next."""

from __future__ import annotations

import json
from collections.abc import Sequence
from contextlib import suppress
from functools import lru_cache, partial
from pathlib import Path
from typing import Any

from readinglog.model.note import Note
from readinglog.model.text import compute_digest
from readinglog.notebook.digests import get_digests
from readinglog.notebook.notebook import Notebook
from readinglog.search.index_batch import (
    IndexBatch,
    NoteText,
    TextBatch,
    describe_text,
    make_index_batch,
)
from readinglog.search.index_writer import IndexFiles, make_index
from readinglog.search.note_texts import list_tag_names
from readinglog.search.word_batch import PackedLists, WordBatch
from readinglog.workspace.files import compute_package_stamp
from readinglog.workspace.kept_values import KeptValues, dump_json

_FIRST = "/"  # the key of the first batch, in the place of a path
_TEXTS = "texts "  # begins the key of the texts of a batch
_MOST_NEW = 16_000_000  # bytes: so much waits in memory to be kept


def make_index_with_cache(notebook: Notebook, cache: Path) -> IndexFiles:
    """Return the files of the index of `notebook`.

    Batches that an earlier run has kept in the folder `cache` are not made again, and of others
    only the texts that have changed.
    """
    batches = _KeptBatches(cache, notebook)
    files = make_index(notebook, batches.make)
    batches.keep()
    return files


class _KeptBatches:
    """The batches of the index of a notebook by the path of their first note, and apart from them
    their texts, which are seldom asked for.
    """

    def __init__(self, cache: Path, notebook: Notebook) -> None:
        version = f"{compute_package_stamp()} {notebook.schema.key}"
        self._values = KeptValues(cache / "index.db", version)
        self._digests = get_digests(notebook)
        self._notes: dict[str, Sequence[Note]] = {}
        self._new: dict[str, bytes] = {}
        self._is_changed = False
        self._notebook = notebook
        # The files of an index have the texts of one batch after the other.
        self._load_texts = lru_cache(maxsize=1)(self._read_texts)

    def make(self, notes: Sequence[Note]) -> IndexBatch:
        """Return what the index has of some notes."""
        key = notes[0].path if self._notes else _FIRST
        digest = compute_digest(repr([self._describe(note) for note in notes])).hex()
        self._notes[key] = notes
        kept = self._read(key)
        try:
            if kept["digest"] == digest:
                return self._unpack(kept, key)
        except (KeyError, TypeError):  # what is damaged is made again
            pass
        return self._make(key, digest)

    def keep(self) -> None:
        """Keep what is new, and of what was kept all that this index has."""
        if self._is_changed:
            texts = (_TEXTS + key for key in self._notes)
            self._values.update(self._new.items(), {*self._notes, *texts})
            self._new = {}

    def _describe(self, note: Note) -> object:
        """Return what decides about all that a batch has of a note."""
        tags = list_tag_names(note, self._notebook)
        return self._digests.get_text(note), note.foreign_language, note.page_name, tags

    def _unpack(self, kept: dict[str, Any], key: str) -> IndexBatch:
        digest = kept["digest"]
        texts = TextBatch(kept["lengths"], partial(self._load_texts, key, digest), digest)
        words, claim_words = (_unpack_words(*kept[name]) for name in ("words", "claim_words"))
        return IndexBatch(texts, words, claim_words, kept["names"])

    def _make(self, key: str, digest: str) -> IndexBatch:
        notes = self._notes[key]
        known = self._read_known_texts(key)
        digests = [self._digests.get_text(note).hex() for note in notes]
        texts = [
            known.get(digest) or describe_text(note, self._notebook)
            for note, digest in zip(notes, digests, strict=True)
        ]
        made = make_index_batch(notes, self._notebook, texts)
        self._is_changed = True
        rest = made._asdict() | {"digest": digest, "lengths": made.texts.lengths, "texts": None}
        self._new[key] = dump_json(rest)
        by_digest = dict(zip(digests, texts, strict=True))
        self._new[_TEXTS + key] = dump_json({"digest": digest, "texts": by_digest})
        if sum(map(len, self._new.values())) > _MOST_NEW:
            self._values.update(self._new.items())
            self._new = {}
        load = partial(self._load_texts, key, digest)
        return made._replace(texts=TextBatch(made.texts.lengths, load, digest))

    def _read_known_texts(self, key: str) -> dict[str, NoteText]:
        """Return the texts that a batch had, by the digests of their notes."""
        texts = self._read(_TEXTS + key).get("texts")
        return texts if isinstance(texts, dict) else {}

    def _read_texts(self, key: str, digest: str) -> Sequence[NoteText]:
        """Return the texts of a batch; those that were not kept are made again."""
        kept = self._read(_TEXTS + key)
        notes = self._notes[key]
        with suppress(KeyError, TypeError):
            if kept["digest"] == digest:
                return [kept["texts"][self._digests.get_text(note).hex()] for note in notes]
        return [describe_text(note, self._notebook) for note in notes]

    def _read(self, key: str) -> dict[str, Any]:
        """Return what is kept with that key, or nothing."""
        with suppress(ValueError):
            kept = json.loads(self._new.get(key) or self._values.get(key) or b"")
            if isinstance(kept, dict):
                return kept
        return {}


def _unpack_words(size: int, terms: dict[str, list[Any]], positions: list[Any]) -> WordBatch:
    lists = {language: PackedLists(*found) for language, found in terms.items()}
    return WordBatch(size, lists, PackedLists(*positions))
