"""Mentions that an earlier build has kept are those that are found from the beginning."""

from __future__ import annotations

import random
import re
import sqlite3
from collections.abc import Sequence
from contextlib import closing
from pathlib import Path

import pytest

from readinglog.model.note import Note
from readinglog.notebook.mentions import FindInNotes, FindNamed, Mentions, Named
from readinglog.notebook.notebook import Notebook
from readinglog.workspace import kept_mentions
from readinglog.workspace.kept_mentions import find_mentions_with_cache
from support.worlds import notebook, work

Files = dict[str, str]
LOG: Files = {
    "clocks.md": work(
        "It goes back to ordering by twos, and to ByTwos.", title="A clock for sorting"
    ),
    "twos.md": work("Nothing but numbers.", title="Ordering by twos", aliases="[ByTwos]"),
    "late.md": work("See [[twos]], which is ordering by twos.", title="Late arrivals"),
}
EDITS: dict[str, Files] = {
    "more words": {"twos.md": f"{LOG['twos.md']}Late arrivals were left out.\n"},
    "a mention less": {"clocks.md": work("It goes back.", title="A clock for sorting")},
    "a link": {"clocks.md": f"{LOG['clocks.md']}See [[twos]].\n"},
    "a link to what was missing": {
        "new.md": work("By ByTwos and late arrivals.", title="Somewhere")
    },
    "a title": {"twos.md": work("Nothing.", title="Sorting by threes")},
    "an alias": {"late.md": work("Nothing.", title="Late arrivals", aliases="[It goes back]")},
}


def list_mentions(mentions: Mentions, book: Notebook) -> dict[str, list[tuple[object, ...]]]:
    """Return who mentions each note, and where."""
    return {
        note.path: [(found.note.path, found.span) for found in mentions.find_mentions(note)]
        for note in book.published
    }


def check(files: Files, cache: Path) -> list[str]:
    """Return the paths of the notes that are read again, after comparing what is found."""
    book, read = notebook(files), list[str]()

    def find_and_count(find: FindNamed, notes: Sequence[Note]) -> list[Sequence[Named]]:
        read.extend(note.path for note in notes)
        return list(map(find, notes))

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(kept_mentions, "_find_in_part", find_and_count)
        found = find_mentions_with_cache(book, cache)
    assert list_mentions(found, book) == list_mentions(Mentions(book), book)
    return sorted(read)


def test_what_has_not_changed_is_not_read_again(tmp_path: Path) -> None:
    assert check(LOG, tmp_path) == sorted(LOG)
    assert check(LOG, tmp_path) == []


@pytest.mark.parametrize("edit", EDITS)
def test_after_an_edit_and_back_again_mentions_are_right(edit: str, tmp_path: Path) -> None:
    check(LOG, tmp_path)
    check(LOG | EDITS[edit], tmp_path)
    check(LOG, tmp_path)


NAMES = ("Ordering by twos", "Ordering: by twos", "ByTwos", "By threes", "Nothing")


def test_after_any_series_of_edits_mentions_are_right(tmp_path: Path) -> None:
    chance = random.Random(5)  # noqa: S311 - not for secrets
    files = dict(LOG)
    for _ in range(150):
        path = f"{chance.choice(['clocks', 'twos', 'late', 'more', 'most', 'others'])}.md"
        title, alias, named = chance.choices(NAMES, k=3)
        text = f"It is like {named}, and {chance.choice(NAMES)}."
        day = f"2026-01-{chance.randrange(10, 30)}"
        aliases = f"[{alias!r}]" if chance.random() < 0.5 else "[]"
        files[path] = work(text, title=title, aliases=aliases, date=day)
        if chance.random() < 0.2:
            other = chance.choice(sorted(files))
            files[other] = re.sub("date: .*", f"date: {day}", files[other])
        if chance.random() < 0.2:
            files.pop(chance.choice(sorted(files)))
        check(files, tmp_path)


def test_a_new_name_of_a_note_is_looked_for_by_itself(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    check(LOG, tmp_path)
    looked_for: list[list[str]] = []
    search = kept_mentions.Mentions

    def search_and_tell(
        book: Notebook, targets: Sequence[Note] | None = None, find_in_notes: FindInNotes = map
    ) -> Mentions:
        looked_for.append([note.path for note in targets or ()])
        return search(book, targets, find_in_notes)

    monkeypatch.setattr(kept_mentions, "Mentions", search_and_tell)
    check(LOG | EDITS["a title"], tmp_path)
    assert looked_for == [[], ["twos.md"]]


def test_an_edit_of_a_text_has_one_note_read_again(tmp_path: Path) -> None:
    check(LOG, tmp_path)
    assert check(LOG | EDITS["more words"], tmp_path) == ["twos.md"]


def test_a_new_name_has_all_notes_read_again(tmp_path: Path) -> None:
    check(LOG, tmp_path)
    assert {*check(LOG | EDITS["an alias"], tmp_path)} == {*LOG}


@pytest.mark.parametrize("size", [0, 16, 20])
def test_what_is_cut_is_found_again(size: int, tmp_path: Path) -> None:
    check(LOG, tmp_path)
    with closing(sqlite3.connect(tmp_path / "mentions.db")) as database:
        database.execute("UPDATE kept SET value = substr(value, 1, ?) WHERE key != ''", [size])
        database.commit()
    assert "clocks.md" in check(LOG, tmp_path)
    assert check(LOG, tmp_path) == []


@pytest.mark.usefixtures("two_processes")
def test_of_many_notes_other_processes_find_the_mentions(tmp_path: Path) -> None:
    book = notebook(LOG)
    found = find_mentions_with_cache(book, tmp_path)
    assert list_mentions(found, book) == list_mentions(Mentions(book), book)
    assert found.find_mentions(book.by_path["twos.md"])
