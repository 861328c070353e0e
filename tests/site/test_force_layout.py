"""Where notes stand in a picture: linked ones near each other, each root tag on its side, and one
more note moves little.
"""

from __future__ import annotations

from itertools import combinations, pairwise
from math import dist
from statistics import mean, median

import pytest

from readinglog.model.note import Note
from readinglog.notebook.notebook import Notebook
from readinglog.site.charts.force_layout import Point, list_linked_pairs, place_notes
from readinglog.workspace.loading import load_notebook
from support.paths import SAMPLE
from support.worlds import notebook, work

TAGS = "\n".join(
    f"{name}: {{}}"
    for name in ("moe", "post-training", "kernels", "diffusion", "numerics", "serving")
)
TOPICS = ("moe", "post-training", "kernels", "diffusion", "numerics")


def log(size: int) -> Notebook:
    """A log of `size` notes on five topics, each linked with the one before on its topic and with
    one far off.
    """
    links = {number: (number - len(TOPICS), (number * 7) % size) for number in range(size)}
    files = {
        f"note-{number}.md": work(
            " ".join(f"[[note-{to}]]" for to in links[number] if 0 <= to != number),
            title=f"Note {number}",
            tags=f"[{TOPICS[number % len(TOPICS)]}]",
            url=f"https://a.example/{number}",
        )
        for number in range(size)
    }
    return notebook({"tags.yml": TAGS, **files})


def placed(book: Notebook) -> dict[str, Point]:
    notes = book.published
    return {note.name: place for note, place in zip(notes, place_notes(notes, book), strict=True)}


def centre(found: dict[str, Point], topic: int) -> Point:
    of_topic = [
        place for name, place in found.items() if int(name.partition("-")[2]) % len(TOPICS) == topic
    ]
    return mean(x for x, _ in of_topic), mean(y for _, y in of_topic)


def test_all_places_lie_in_the_picture_and_no_two_are_the_same() -> None:
    found = placed(log(60))
    assert all(0 <= x <= 1 and 0 <= y <= 1 for x, y in found.values())
    assert len(set(found.values())) == len(found)


def test_the_same_notes_have_the_same_places() -> None:
    assert placed(log(60)) == placed(log(60))


def test_each_root_tag_has_its_corner() -> None:
    found = placed(log(60))
    corners = [(x > 0.5, y > 0.5) for x, y in (centre(found, topic) for topic in range(4))]
    assert corners == [(False, False), (True, False), (True, True), (False, True)]


@pytest.mark.parametrize("gone", range(0, 45, 4))
def test_one_note_more_does_not_turn_the_picture_over(gone: int) -> None:
    """Half of the notes stay within a sixteenth of the picture's width, and nine in ten within an
    eighth.
    """
    book = load_notebook(SAMPLE / "notes")
    without = Notebook(
        [note for note in book.notes if note is not book.notes[gone]], book.vocabulary
    )
    with_it = placed(book)
    moved = sorted(dist(with_it[name], place) for name, place in placed(without).items())
    assert median(moved) < 1 / 16
    assert moved[int(0.9 * len(moved))] < 1 / 8


def test_linked_notes_stand_nearer_than_others() -> None:
    book = log(60)
    found = list(placed(book).values())
    linked = set(list_linked_pairs(book.published, book.graph.outgoing_links))
    near = [dist(found[a], found[b]) for a, b in linked]
    pairs = (pair for pair in combinations(range(60), 2) if pair not in linked)
    far = [dist(found[a], found[b]) for a, b in pairs]
    assert median(near) < 0.75 * median(far)


@pytest.mark.parametrize("size", [0, 1, 2])
def test_few_notes_have_places_too(size: int) -> None:
    assert len(placed(log(size))) == size


def test_a_log_without_tags_has_a_picture() -> None:
    book = notebook(
        {
            f"{name}.md": work(f"[[{to}]]", title=name, tags="", url=f"https://a.example/{name}")
            for name, to in pairwise("abcd")
        }
    )
    assert len({*placed(book).values()}) == 3


def test_pairs_are_each_link_once_whichever_way_it_leads() -> None:
    book = notebook(
        {
            "a.md": work("[[b]] [[b]]", title="A"),
            "b.md": work("[[a]]", title="B"),
            "c.md": work(title="C"),
        }
    )
    notes: list[Note] = [book.by_path["a.md"], book.by_path["b.md"], book.by_path["c.md"]]
    assert list(list_linked_pairs(notes, book.graph.outgoing_links)) == [(0, 1)]
    assert list(list_linked_pairs(notes[1:], book.graph.outgoing_links)) == []
