"""The texts of notes for the index, kept from one run to the next."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Sequence
from contextlib import closing
from pathlib import Path

import pytest

from readinglog.model.note import Note
from readinglog.notebook.notebook import Notebook
from readinglog.search import index_writer
from readinglog.search.index_writer import NoteText, describe_text, make_index
from readinglog.search.language import ZONES, IndexZone
from readinglog.search.word_batch import (
    NoteWords,
    NoteZones,
    Split,
    WordBatch,
    make_batch,
    split_texts,
)
from readinglog.workspace import kept_texts
from readinglog.workspace.kept_texts import make_index_with_cache
from support.paths import CASES
from support.worlds import notebook, work

LOG = {
    "a.md": work("About $x^2$, see [[b]].\n\n## Results\n\nNone.", title="First"),
    "b.md": work("Gates.", title="Second", url="https://example.org/b"),
    "c.md": work("Tiles.", title="Third", url="https://example.org/c"),
}


class Cache:
    """A folder for caches, the notes whose texts were made anew, and the texts that were split."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.made: list[str] = []
        self.split: list[Sequence[str]] = []

    def index(self, files: dict[str, str]) -> list[str]:
        """Return the names of the notes whose texts are made anew for an index, which is right."""
        log = notebook(files)
        self.made.clear()
        self.split.clear()
        found = json.dumps(make_index_with_cache(log, self.folder))
        made = sorted(self.made)
        assert found == json.dumps(make_index(log))
        return made


@pytest.fixture
def cache(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Cache:
    cache = Cache(tmp_path)

    def describe(note: Note, log: Notebook) -> NoteText:
        cache.made.append(note.name)
        return describe_text(note, log)

    def split(texts: Sequence[str]) -> NoteWords:
        cache.split.append(texts)
        return split_texts(texts)

    monkeypatch.setattr(kept_texts, "describe_text", describe)
    monkeypatch.setattr(kept_texts, "split_texts", split)
    return cache


def test_only_texts_that_have_changed_are_made_anew(cache: Cache) -> None:
    assert cache.index(LOG) == ["a", "b", "c"]
    assert cache.index(LOG) == []
    changed = {**LOG, "c.md": LOG["c.md"].replace("Tiles", "Other tiles")}
    assert cache.index(changed) == ["c"]
    assert ["Other tiles." in texts for texts in cache.split] == [True]
    del changed["c.md"]
    assert cache.index(changed) == []


def test_of_batches_only_those_with_a_changed_note_are_packed_again(
    cache: Cache, monkeypatch: pytest.MonkeyPatch
) -> None:
    packed: list[list[str]] = []

    def make(zones: Sequence[IndexZone], notes: Sequence[NoteZones], split: Split) -> WordBatch:
        if zones is ZONES:
            packed.append([each.note.name for each in notes])
        return make_batch(zones, notes, split)

    monkeypatch.setattr(kept_texts, "make_batch", make)
    monkeypatch.setattr(index_writer, "_BATCH_SIZE", 1)
    cache.index(LOG)
    assert packed == [["c"], ["b"], ["a"]]
    changed = {**LOG, "c.md": LOG["c.md"].replace("Tiles", "Other tiles")}
    cache.index(changed)
    assert packed[3:] == [["c"]]
    del changed["c.md"]
    cache.index(changed)
    assert packed[4:] == []


def test_words_of_tags_are_found_anew_where_a_tag_has_another_name(cache: Cache) -> None:
    tags = "moe: {aliases: [experts]}"
    cache.index({**LOG, "tags.yml": tags})
    assert cache.index({**LOG, "tags.yml": tags.replace("experts", "routers")}) == []
    assert len(cache.split) == len(LOG)


def test_a_text_shows_the_new_title_of_what_it_links_to(cache: Cache) -> None:
    cache.index(LOG)
    assert cache.index({**LOG, "b.md": LOG["b.md"].replace("Second", "Another")}) == ["a", "b"]


@pytest.mark.parametrize("value", [b"", b"{", b"[]", b"{}", b'{"digest": ""}', "a text", b"\xff"])
def test_what_is_damaged_is_made_anew(cache: Cache, value: object) -> None:
    cache.index(LOG)
    for name in ("texts.db", "words.db", "word-batches.db"):
        with closing(sqlite3.connect(cache.folder / name)) as database, database:
            database.execute("UPDATE kept SET value = ? WHERE key != ''", (value,))
    assert cache.index(LOG) == ["a", "b", "c"]
    assert len(cache.split) == len(LOG)
    assert cache.index(LOG) == []
    assert cache.split == []


def test_the_index_of_a_log_is_the_same_with_a_cache(tmp_path: Path) -> None:
    files = {path.name: path.read_text() for path in (CASES / "searching").iterdir()}
    log = notebook(files)
    expected = json.dumps(make_index(log))
    assert [json.dumps(make_index_with_cache(log, tmp_path)) for _ in range(2)] == [expected] * 2
