"""A table of words is the same, however the notes are split into batches."""

from __future__ import annotations

from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from readinglog.search.language import ZONES
from readinglog.search.packing import unpack_numbers
from readinglog.search.word_batch import NoteZones, make_word_batch
from readinglog.search.word_table import WordTable
from support.worlds import note, work

WORDS = st.lists(st.sampled_from(("gate", "gates", "uhren", "Ähren", "state-of-the-art", "x2")))
TEXTS = st.lists(WORDS.map(" ".join), min_size=2, max_size=2)
LANGUAGES = st.sampled_from(("", "de"))


def describe(title: str, body: str, language: str) -> NoteZones:
    """Return a note with these texts."""
    texts = {zone.name: [""] for zone in ZONES} | {"title": [title], "body": [body]}
    return NoteZones(note(work(language=language)), texts)


def make_table(batches: list[list[NoteZones]]) -> WordTable:
    table = WordTable()
    for batch in batches:
        table.add(make_word_batch(ZONES, batch))
    return table


@given(st.lists(st.tuples(TEXTS, LANGUAGES), max_size=8), st.sets(st.integers(1, 7)))
def test_batches_make_no_difference(notes: list[tuple[list[str], str]], cuts: set[int]) -> None:
    described = [describe(*texts, language) for texts, language in notes]
    bounds = [0, *sorted(cut for cut in cuts if cut < len(described)), len(described)]
    batches = [described[start:end] for start, end in pairwise(bounds)]
    whole, parts = make_table([described]), make_table(batches)
    assert parts.join() == whole.join()


def test_a_word_has_the_steps_from_note_to_note_across_batches() -> None:
    gate, none = describe("A title", "gate then gate", ""), describe("A title", "nothing", "")
    words = make_table([[none, gate], [none], [gate, gate]]).join()
    # Of each note: the step from the one before, the number of places, the first, the second.
    found = list(unpack_numbers(words.positions["gate"]))
    assert found[::4] == [1, 2, 1]
    assert found[1:4] == found[5:8] == found[9:12]
    assert (found[1], found[3]) == (2, 4)
    assert words.endings["etag"] == 3
