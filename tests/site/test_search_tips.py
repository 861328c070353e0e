"""The examples in the search tips are made of the log, and each of them finds something."""

from __future__ import annotations

from pathlib import Path

import pytest

from readinglog.notebook.notebook import Notebook
from readinglog.search.engine import Search
from readinglog.search.index_reader import SearchIndex
from readinglog.search.index_writer import make_index
from readinglog.site.search_tips import make_examples
from readinglog.workspace.loading import load_notebook
from support.paths import CASES, SAMPLE
from support.worlds import notebook, work


def _count_found(log: Notebook) -> dict[str, int]:
    search = Search(SearchIndex(make_index(log).__getitem__))
    return {query: len(search.ask(query).hits) for query, _ in _list_pairs(log)}


def _list_pairs(log: Notebook) -> list[tuple[str, str]]:
    return [(example.query, example.meaning) for example in make_examples(log)]


@pytest.mark.parametrize("notes", [SAMPLE / "notes", CASES / "searching"], ids=str)
def test_each_example_finds_something(notes: Path) -> None:
    found = _count_found(load_notebook(notes))
    assert len(found) == 11, "one of each kind"
    assert all(found.values()), found


ODD = (
    work(),
    work(title="Attention"),
    work(title="\"'(-:*", authors="['Q \"x\" -y', 'et al.']", tags="[]"),
    work(title="注意力机制综述", authors="[李]"),
    work(title="A of the", published="", tags="['C++']"),
    work(title="<b>bold</b> & OR NOT AND tag:x", rating="3", published="2024-01"),
)


@pytest.mark.parametrize("text", ODD)
def test_a_log_of_one_note_has_examples_that_find_it(text: str) -> None:
    found = _count_found(notebook({"one.md": text}))
    assert found
    assert set(found.values()) == {1}


def test_examples_use_what_the_log_has() -> None:
    log = notebook(
        {
            "tags.yml": "routing: {}\n",
            "a.md": work(title="Sparse gates", tags="[routing]", published="2021", rating="5"),
            "b.md": work("See [[a]].", title="Sparse tiles", tags="[routing]", published="2023"),
        }
    )
    assert _list_pairs(log) == [
        ("what is routing", "a question, in plain words"),
        ("sparse", "a word, in all its forms"),
        ('"sparse tiles"', "exact phrase"),
        ("sparse -tiles", "exclude a word"),
        ("(sparse OR tiles) gates", "either of the two, and the third"),
        ("tag:routing", "a tag, with those below it"),
        ('author:"Ada Adams"', "an author; likewise venue: and title:"),
        (
            "kind:paper is:read",
            "a kind, a state; also has:code, has:math, has:claim, is:disputed, is:orphan",
        ),
        ("year:2021..2023 rating:>=5", "ranges; also date: (the day the note was added)"),
        ("links:a", "notes that link to one; linked-from: for the other way"),
        ("sparse sort:published", "another order: relevance, published, date, rating"),
    ]


def test_a_log_without_notes_has_no_examples() -> None:
    assert make_examples(notebook({})) == ()
