"""What the index has of notes, kept batch by batch from one run to the next."""

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
from readinglog.search.index_batch import (
    IndexBatch,
    NoteText,
    describe_text,
    make_index_batch,
)
from readinglog.search.index_writer import make_index
from readinglog.workspace import kept_batches
from readinglog.workspace.kept_batches import make_index_with_cache
from support.paths import CASES
from support.worlds import notebook, work

LOG = {
    "a.md": work("About $x^2$, see [[b]].\n\n## Results\n\nNone.", title="First"),
    "b.md": work("Gates.", title="Second", url="https://example.org/b"),
    "c.md": work("Tiles.", title="Third", url="https://example.org/c"),
}


class Cache:
    """A folder for caches, the notes whose texts were made anew, and the batches that were."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.made: list[str] = []
        self.batches: list[list[str]] = []

    def index(self, files: dict[str, str]) -> list[str]:
        """Return the names of the notes whose texts are made anew for an index, which is right."""
        log = notebook(files)
        self.made.clear()
        self.batches.clear()
        found = json.dumps(dict(make_index_with_cache(log, self.folder)))
        made = sorted(self.made)
        assert found == json.dumps(dict(make_index(log)))
        return made


@pytest.fixture
def cache(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Cache:
    cache = Cache(tmp_path)

    def describe(note: Note, log: Notebook) -> NoteText:
        cache.made.append(note.name)
        return describe_text(note, log)

    def make_batch(notes: Sequence[Note], log: Notebook, texts: Sequence[NoteText]) -> IndexBatch:
        cache.batches.append([note.name for note in notes])
        return make_index_batch(notes, log, texts)

    monkeypatch.setattr(kept_batches, "describe_text", describe)
    monkeypatch.setattr(kept_batches, "make_index_batch", make_batch)
    return cache


def test_only_texts_that_have_changed_are_made_anew(cache: Cache) -> None:
    assert cache.index(LOG) == ["a", "b", "c"]
    assert cache.index(LOG) == []
    changed = {**LOG, "c.md": LOG["c.md"].replace("Tiles", "Other tiles")}
    assert cache.index(changed) == ["c"]
    del changed["c.md"]
    assert cache.index(changed) == []


def test_of_batches_only_those_with_a_changed_note_are_made_anew(
    cache: Cache, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(index_writer, "_SMALLEST_BATCH", 1)
    cache.index(LOG)
    assert cache.batches == [["c"], ["b"], ["a"]]
    changed = {**LOG, "c.md": LOG["c.md"].replace("Tiles", "Other tiles")}
    cache.index(changed)
    assert cache.batches == [["c"]]
    del changed["a.md"]
    cache.index(changed)
    assert cache.batches == []


def test_words_of_tags_are_found_anew_where_a_tag_has_another_name(cache: Cache) -> None:
    tags = "moe: {aliases: [experts]}"
    cache.index({**LOG, "tags.yml": tags})
    assert cache.index({**LOG, "tags.yml": tags.replace("experts", "routers")}) == []
    assert len(cache.batches) == 1


def test_a_text_shows_the_new_title_of_what_it_links_to(cache: Cache) -> None:
    cache.index(LOG)
    assert cache.index({**LOG, "b.md": LOG["b.md"].replace("Second", "Another")}) == ["a", "b"]


def test_a_claim_shows_the_new_title_of_what_it_embeds(cache: Cache) -> None:
    log = {**LOG, "a.md": work("- It is so ![[b]] here. [at:: p. 2] ^c1", title="First")}
    cache.index(log)
    assert cache.index({**log, "b.md": log["b.md"].replace("Second", "Another")}) == ["a", "b"]


@pytest.mark.parametrize("link", ["[[b|the second]]", "[the second](b.md)"])
def test_a_text_with_words_of_its_own_for_a_link_stays_as_it_is(cache: Cache, link: str) -> None:
    log = {**LOG, "a.md": work(f"See {link}.", title="First")}
    cache.index(log)
    assert cache.index({**log, "b.md": log["b.md"].replace("Second", "Another")}) == ["b"]


@pytest.mark.parametrize("value", [b"", b"{", b"[]", b"{}", b'{"digest": ""}', "a text", b"\xff"])
def test_what_is_damaged_is_made_anew(cache: Cache, value: object) -> None:
    cache.index(LOG)
    with closing(sqlite3.connect(cache.folder / "index.db")) as database, database:
        database.execute("UPDATE kept SET value = ? WHERE key != ''", (value,))
    assert cache.index(LOG) == ["a", "b", "c"]
    assert len(cache.batches) == 1
    assert cache.index(LOG) == []
    assert cache.batches == []


def test_texts_alone_that_are_damaged_are_made_anew(cache: Cache) -> None:
    cache.index(LOG)
    with closing(sqlite3.connect(cache.folder / "index.db")) as database, database:
        database.execute("UPDATE kept SET value = '{}' WHERE key LIKE 'texts %'")
    assert cache.index(LOG) == ["a", "b", "c"]
    assert cache.batches == []


def test_where_nothing_can_be_kept_the_index_is_the_same(cache: Cache) -> None:
    cache.folder /= "file"
    cache.folder.write_text("in the place of a folder", encoding="utf-8")
    assert set(cache.index(LOG)) == {"a", "b", "c"}


def test_the_index_of_a_log_is_the_same_with_a_cache(tmp_path: Path) -> None:
    files = {path.name: path.read_text() for path in (CASES / "searching").iterdir()}
    log = notebook(files)
    expected = json.dumps(dict(make_index(log)))
    assert [json.dumps(dict(make_index_with_cache(log, tmp_path))) for _ in range(2)] == [
        expected
    ] * 2
