"""What to read, and in which order."""

from __future__ import annotations

from readinglog.notebook.notebook import Notebook
from readinglog.notebook.reading_paths import find_reading_path, order_for_reading
from support.worlds import notebook, work


def chain(length: int) -> Notebook:
    """Works that each build on the one before."""
    files = {
        f"n{number:02}.md": work(
            title=f"Work {number}",
            published=str(2000 + number),
            url=f"https://a.example/{number}",
            builds_on=f"[n{number - 1:02}]" if number else "",
        )
        for number in range(length)
    }
    return notebook(files)


def names(notes: object) -> list[str]:
    return [note.name for note in notes]  # type: ignore[attr-defined]


def test_what_is_built_on_comes_first() -> None:
    book = chain(4)
    assert names(find_reading_path(book, book.by_path["n03.md"])) == ["n00", "n01", "n02"]


def test_of_a_long_way_the_nearest_dozen_is_shown() -> None:
    book = chain(30)
    assert names(find_reading_path(book, book.by_path["n29.md"])) == [
        f"n{number:02}" for number in range(17, 29)
    ]


def test_a_circle_has_no_end_and_is_cut() -> None:
    book = notebook(
        {
            "a.md": work(builds_on="[b]", title="A"),
            "b.md": work(builds_on="[a]", title="B", url="https://a.example/b"),
        }
    )
    assert names(find_reading_path(book, book.by_path["a.md"])) == ["b"]


def test_a_path_through_a_topic_goes_by_age_but_for_what_builds_on_what() -> None:
    files = {
        "young.md": work(title="Young", published="2024", url="https://a.example/1"),
        "old.md": work(
            title="Old", published="2017", url="https://a.example/2", builds_on="[young]"
        ),
        "undated.md": work(title="Undated", url="https://a.example/3"),
        "hub.md": work(title="Hub", kind="topic", authors="", url=""),
    }
    book = notebook(files)
    assert names(order_for_reading(book, book.tags.get_works(book.vocabulary.tags["moe"]))) == [
        "young",
        "old",
        "undated",
    ]


def test_works_are_ordered_by_what_they_build_on_among_themselves_alone() -> None:
    book = chain(5)
    works = [book.by_path[f"n{number:02}.md"] for number in (4, 2, 3)]
    assert names(order_for_reading(book, works)) == ["n02", "n03", "n04"]
    assert order_for_reading(book, []) == []
