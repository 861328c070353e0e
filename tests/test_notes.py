"""The log's own notes: clean, woven together, of a readable length, and in words that no two of them share."""

from __future__ import annotations

import re
from collections import defaultdict
from pathlib import Path

import pytest

from readinglog.adapters.load import load
from readinglog.check import check
from readinglog.notebook import Notebook
from readinglog.report import Report
from readinglog.report.full import full

NOTES = Path(__file__).parent.parent / "notes"
TOPICS = ("moe", "post-training", "kernels", "diffusion")
RUN = 12  # words that two notes may not share


@pytest.fixture(scope="module")
def book() -> Notebook:
    return load(NOTES)


def test_the_log_is_clean_warnings_too(book: Notebook) -> None:
    found = check(book)
    assert not found, full(Report(found, len(book.notes), "notes/"))


@pytest.mark.parametrize("topic", TOPICS)
def test_every_topic_is_a_root_with_notes_and_a_hub_that_names_them_all(book: Notebook, topic: str) -> None:
    tag = book.vocabulary.tags[topic]
    works = [note for note in book.tagged[topic] if not note.is_topic]
    hub = book.hubs[topic]
    linked = {to[0].name for _, to in book.links[hub] if to}
    assert tag.parent is None
    assert len(works) >= 8
    only = {note.name for note in works if book.vocabulary.path(book.tags_of(note)[0])[0].key == topic}
    assert only <= linked


def test_every_work_links_to_three_others(book: Notebook) -> None:
    few = {note.name for note in book.notes if len({to[0].name for _, to in book.links[note] if to}) < 3}
    assert not few


def test_works_are_told_in_150_to_400_words(book: Notebook) -> None:
    lengths = {note.name: len(re.findall(r"[\w'-]+", note.masked[note.body.start :])) for note in book.notes if not note.is_topic}
    assert not {name: length for name, length in lengths.items() if not 150 <= length <= 400}


def test_no_two_notes_share_a_run_of_words(book: Notebook) -> None:
    owners: dict[tuple[str, ...], set[str]] = defaultdict(set)
    for note in book.notes:
        words = re.findall(r"\w+", f"{note.summary} {note.text[note.body.start :]}".lower())
        for at in range(len(words) - RUN + 1):
            owners[tuple(words[at : at + RUN])].add(note.name)
    assert not {" ".join(run): names for run, names in owners.items() if len(names) > 1}
