"""What depends on how many notes and tags the library has: the tags suggested for a work, and the
picture of all notes.
"""

from __future__ import annotations

import gzip
import json
from pathlib import Path

import pytest

from readinglog.citations.tag_suggestions import suggest_tags
from readinglog.notebook.notebook import Notebook
from readinglog.search.index_writer import make_index
from readinglog.site.charts.lane_map import lay_out_lanes
from readinglog.site.search_tips import make_examples
from readinglog.site.shared_search import find_notes
from readinglog.workspace.loading import load_notebook
from support.paths import ROOT


@pytest.mark.slow  # a smaller log is asked each time
def test_of_a_hundred_tags_the_first_suggested_is_right_for_most_works(book: Notebook) -> None:
    works = [note for note in book.published if not note.is_hub][::8]
    suggested = {note: suggest_tags(note.title, note.summary, book, note) for note in works}
    right = [
        note for note in works if suggested[note] and suggested[note][0] in book.tags.get_tags(note)
    ]
    assert len(right) > 0.6 * len(works)


@pytest.mark.parametrize("gone", range(0, 50, 7))
def test_one_work_more_does_not_turn_the_map_over(book: Notebook, gone: int) -> None:
    """Of the works, nine in ten stay within a sixteenth of the map's width, and none changes its
    lane.
    """
    works = [note for note in book.published if not note.is_hub]
    places = [
        {
            node.names: (lane.name, node.position)
            for lane in lay_out_lanes(notes, book).lanes
            for node in lane.nodes
        }
        for notes in (works, [note for note in works if note is not works[gone]])
    ]
    moved = sorted(abs(places[0][name][1] - at) for name, (_, at) in places[1].items())
    assert moved[int(0.9 * len(moved))] < 100 / 16
    assert all(places[0][name][0] == lane for name, (lane, _) in places[1].items())


def test_the_palette_is_light(site: Path, book: Notebook) -> None:
    files = [
        site / "assets/completion/palette.js",
        site / "assets/style/completion.css",
    ]
    data = make_index(book)["completions"]
    texts = [file.read_bytes() for file in files]
    texts.append(json.dumps(data, ensure_ascii=False, separators=(",", ":")).encode())
    assert sum(len(gzip.compress(text, 9)) for text in texts) < 37_000


def test_each_example_of_a_query_finds_something(book: Notebook) -> None:
    examples = make_examples(book)
    assert len(examples) == 11, "one of each kind"
    assert all(find_notes(example.query, book) for example in examples)


def test_kept_notes_are_as_if_they_were_parsed(book: Notebook, tmp_path: Path) -> None:
    for _ in range(2):
        notes = load_notebook(ROOT / "notes", cache=tmp_path).notes
    parts = ("values", "masked", "links", "headings", "regions", "diagnostics")
    for note, expected in zip(notes, book.notes, strict=True):
        assert [getattr(note, part) for part in parts] == [
            getattr(expected, part) for part in parts
        ]
