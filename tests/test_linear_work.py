"""Work grows as the log does, and as a note: twice the notes, or twice of what one note has, take
about twice the calls of functions.
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Mapping
from types import FrameType

import pytest
from markdown import Markdown

from readinglog.lint.linter import check_notebook
from readinglog.notebook.mentions import Mentions
from readinglog.notebook.note_json import note_to_json
from readinglog.notebook.notebook import Notebook
from readinglog.notebook.related import Relatedness
from readinglog.notebook.sections import split_sections
from readinglog.refactor.unlinking import list_link_edits
from readinglog.search.index_writer import make_index
from readinglog.site.page import PageBase
from readinglog.site.views.note_text import make_body
from support import worlds
from support.generated_notes import generate_notes

_MOST = 2.2  # times the calls for twice the notes
Files = Mapping[str, str]


def load(notebook: Notebook) -> None:
    """Parse the notes again, and find what their links mean."""
    again = worlds.notebook({note.path: note.source for note in notebook.notes})
    assert again.graph.outgoing_links.keys() == set(again.published)


def check(notebook: Notebook) -> None:
    assert list(check_notebook(notebook, {})) == []


def find_mentions(notebook: Notebook) -> None:
    mentions = Mentions(notebook)
    assert any(mentions.find_mentions(note) for note in notebook.published)


def find_related(notebook: Notebook) -> None:
    related = Relatedness(notebook)
    assert all(related.find_related(note) for note in notebook.published)


@pytest.mark.parametrize(
    ("work", "few"),
    [
        (load, 60),
        (check, 60),
        (find_mentions, 60),
        (make_index, 60),
        # A tag or a word relates notes until more than a certain number have it, so that in a
        # small log the pairs that share one still grow with the square of its notes.
        (find_related, 200),
    ],
)
def test_twice_the_notes_take_twice_the_calls(work: Callable[[Notebook], object], few: int) -> None:
    before, after = (count_calls(work, generate_notes(few * times, seed=1)) for times in (1, 2))
    assert after <= _MOST * before


def show(notebook: Notebook) -> None:
    assert note_to_json(notebook.by_path["b.md"], notebook, Relatedness(notebook))["backlinks"]


def check_faults(notebook: Notebook) -> None:
    assert list(check_notebook(notebook, {}))


def render(notebook: Notebook) -> None:
    body = make_body(notebook.by_path["a.md"], notebook, PageBase("notes/a/"))
    assert Markdown(extensions=["readinglog.parsing.markdown_extension"]).convert(body)


def split(notebook: Notebook) -> None:
    assert split_sections(notebook.by_path["a.md"], notebook)


def take_out_links(notebook: Notebook) -> None:
    assert list(list_link_edits(notebook, notebook.by_path["a.md"], notebook.by_path["b.md"]))


@pytest.mark.parametrize(
    ("work", "part", "target"),
    [
        (show, f"one sentence, {'of many words, ' * 10} in which [[b]] is,\n", ""),
        (show, "See [[b]], where $x$ is `y`.\n\n", ""),
        (show, "- See [[b]]. [at:: §1] [supports:: [[b]]] ^c{number}\n", ""),
        (check_faults, "[[b#Missing]]\n", "## Heading {number}\n\n"),
        (check_faults, "[[b#^missing]]\n", "Block {number} ^b{number}\n\n"),
        (render, "^[note]", ""),
        (render, "[^n]\n\n[^n]: Note.\n", ""),
        (render, "![[b]]\n\n", ""),
        (take_out_links, "- See [[b]]. [at:: §1] [supports:: [[b]]] ^c{number}\n", ""),
        (split, "## Heading {number}\n\nText, [[b]] and `code`.\n\n", ""),
    ],
)
def test_twice_as_much_in_a_note_takes_twice_the_calls(
    work: Callable[[Notebook], object], part: str, target: str
) -> None:
    def count(times: int) -> int:
        text, other = (
            "".join(each.replace("{number}", str(number)) for number in range(times))
            for each in (part, target)
        )
        a, b = worlds.work(text, title="A"), worlds.work(other, title="B")
        return count_calls(work, {"a.md": a, "b.md": b})

    assert count(240) <= _MOST * count(120)


def count_calls(work: Callable[[Notebook], object], files: Files) -> int:
    """Return how many functions are called, in Python and in C, for the work on a new notebook,
    where what is kept of single words is known from an earlier one.
    """
    work(worlds.notebook(files))
    notebook = worlds.notebook(files)
    calls = 0

    def count(_frame: FrameType, event: str, _called: object) -> None:
        nonlocal calls
        calls += event in ("call", "c_call")

    before = sys.getprofile()
    sys.setprofile(count)
    try:
        work(notebook)
    finally:
        sys.setprofile(before)
    return calls
