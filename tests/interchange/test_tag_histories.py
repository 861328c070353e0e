"""Tags that a reader merges, renames or removes between two imports: old names lead on, and what was
taken out does not come back.
"""

from __future__ import annotations

import pytest

from readinglog.refactor.change import Change
from readinglog.refactor.rename_tag import merge_tags, rename_tag
from readinglog.refactor.split_tag import split_tag
from support.imports import MemoryLog
from support.refactoring import apply_change
from support.worlds import notebook

VAULT = {
    "A.md": "---\ntags: [vision/detection]\n---\nA note on detection, and nothing else.",
    "B.md": "---\ntags: [objects]\n---\nA note on objects, and nothing else.",
}
GROWN = VAULT | {
    "A.md": "---\ntags: [vision/detection, sand]\n---\nA note on detection, and sand.",
    "C.md": "---\ntags: [vision/detection]\n---\nA new note on detection.",
    "D.md": "---\ntags: [detection]\n---\nA new note on detection again.",
}


def change(log: MemoryLog, made: Change) -> None:
    log.files = dict(apply_change(log.files, made))


def read_tags(log: MemoryLog) -> dict[str, tuple[str, ...]]:
    book = notebook(log.files)
    return {note.path: tuple(tag.key for tag in book.tags.get_tags(note)) for note in book.notes}


def test_old_names_of_a_merged_tag_lead_on() -> None:
    log = MemoryLog({"tags.yml": ""})
    log.run("obsidian", VAULT)
    change(log, merge_tags(notebook(log.files), ["detection"], "objects"))
    change(log, rename_tag(notebook(log.files), "vision", "sight"))
    assert log.plan("obsidian", VAULT).is_empty
    plan = log.run("obsidian", GROWN)
    assert plan.counts["tags"] == 1  # sand
    assert read_tags(log) == {
        "a.md": ("objects", "sand"),
        "b.md": ("objects",),
        "c.md": ("objects",),
        "d.md": ("objects",),
    }


def test_old_names_of_a_renamed_tag_lead_on() -> None:
    log = MemoryLog({"tags.yml": ""})
    log.run("obsidian", VAULT)
    change(log, rename_tag(notebook(log.files), "detection", "finding"))
    plan = log.run("obsidian", GROWN)
    assert plan.counts["tags"] == 1
    assert read_tags(log)["c.md"] == ("finding",)
    assert read_tags(log)["d.md"] == ("finding",)


def test_a_tag_that_was_split_or_taken_out_does_not_come_back() -> None:
    log = MemoryLog({"tags.yml": ""})
    log.run("obsidian", VAULT)
    change(log, split_tag(notebook(log.files), "objects", ["things=title:b"], replacing=True))
    before = str(log.files["tags.yml"])
    assert log.plan("obsidian", VAULT).is_empty
    plan = log.run("obsidian", VAULT | {"E.md": "---\ntags: [objects]\n---\nOn objects."})
    assert log.files["tags.yml"] == before
    assert read_tags(log)["b.md"] == ("things",)
    assert read_tags(log)["e.md"] == ()
    assert "no longer tags of the log, and left out: objects (2)" in plan.remarks[0]


def test_without_a_vocabulary_a_merged_tag_stays_away() -> None:
    log = MemoryLog()
    log.run("obsidian", VAULT)
    change(log, merge_tags(notebook(log.files), ["vision/detection"], "objects"))
    plan = log.run("obsidian", GROWN)
    assert {"vision", "vision/detection"}.isdisjoint(
        tag for tags in read_tags(log).values() for tag in tags
    )
    assert read_tags(log)["a.md"] == ("objects", "sand")
    assert "no longer tags of the log" in plan.remarks[0]


@pytest.mark.parametrize("files", [{}, {"tags.yml": ""}])
def test_a_tag_of_a_note_that_was_deleted_may_come_back(files: dict[str, str]) -> None:
    log = MemoryLog(dict(files))
    log.run("obsidian", VAULT)
    del log.files["a.md"]
    log.run("obsidian", GROWN)
    assert read_tags(log)["c.md"] in (("detection",), ("vision/detection",))
