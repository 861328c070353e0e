"""Notes in other languages: their words have no English stems, and they are found as written."""

from __future__ import annotations

import pytest

from readinglog.notebook.notebook import Notebook
from support.searching import find, make_search
from support.worlds import notebook, work

LOG = {
    "english.md": work("The routers are routing; a die is cast.", title="Gates"),
    "german.md": work(
        "Die Lieder der Stille; eine Routing Tabelle.", title="Stille Post", lang="de"
    ),
    "austrian.md": work("Ein Lied und viele Lieder.", title="Lieder", lang="de-AT"),
    "british.md": work("Songs of routers.", title="Songs", lang="en-GB"),
}


@pytest.fixture
def log() -> Notebook:
    return notebook(LOG)


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("lieder", ["austrian", "german"]),
        ("lied", ["austrian"]),
        ("routers", ["british", "english"]),
        ("routed", ["english"]),
        ("routing", ["english", "german"]),
        ("song", ["british"]),
        ("die", ["english", "german"]),
        ('"stille post"', ["german"]),
        ('"viele lieder"', ["austrian"]),
        ("title:lieder", ["austrian"]),
        ("sti", ["german"]),
    ],
)
def test_words_are_found_as_they_are_written(log: Notebook, query: str, found: list[str]) -> None:
    assert sorted(find(make_search(log), query)) == found


def test_a_mistyped_word_of_another_language_is_corrected(log: Notebook) -> None:
    result = make_search(log).ask("lieedr")
    assert [correction.meant for correction in result.corrections] == ["lieder"]
