"""Notes in other languages: their words have the forms of their language, and no English ones."""

from __future__ import annotations

import pytest
import Stemmer

from readinglog.notebook.notebook import Notebook
from readinglog.search.stemmers import STEMMERS
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
        ("lied", ["austrian", "german"]),
        ("stillen", ["german"]),
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
def test_words_are_found_in_the_forms_of_the_language_of_the_note(
    log: Notebook, query: str, found: list[str]
) -> None:
    assert sorted(find(make_search(log), query)) == found


FOREIGN = {
    "fr.md": work("Les journaux nationaux.", title="Presse", lang="fr", url="https://fr.example/"),
    "de.md": work("Die Journaux der Nation.", title="Blatt", lang="de", url="https://de.example/"),
    "ru.md": work("О книгах и городах.", title="Книга", lang="ru", url="https://ru.example/"),
    "ja.md": work("学習の記録。", title="学習", lang="ja", url="https://ja.example/"),
    "xx.md": work("Formae formarum.", title="Forma", lang="la", url="https://la.example/"),
    "en.md": work("A journal of nations.", title="Press", url="https://en.example/"),
}


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("journaux", ["de", "fr"]),
        ("journal", ["en", "fr"]),
        ("national", ["en", "fr"]),
        ("nations", ["en"]),
        ("журнал", []),
        ("книги", ["ru"]),
        ("городах", ["ru"]),
        ("学習", ["ja"]),
        ("formarum", ["xx"]),
        ("forma", ["xx"]),
    ],
)
def test_each_language_has_forms_of_its_own(query: str, found: list[str]) -> None:
    assert sorted(find(make_search(notebook(FOREIGN)), query)) == found


def test_a_form_that_stands_by_another_is_listed_once() -> None:
    index = make_search(notebook(FOREIGN)).index
    assert list(index.list_words_from("journ")) == [
        ("journal", 1),
        ("journaux", 1),
        ("journaux", 1),
    ]
    assert index.find_forms("national").keys() == {"nations", "nationaux"}


def test_each_stemmer_is_one_of_snowball() -> None:
    assert set(STEMMERS.values()) <= set(Stemmer.algorithms())


def test_a_mistyped_word_of_another_language_is_corrected(log: Notebook) -> None:
    result = make_search(log).ask("lieedr")
    assert [correction.meant for correction in result.corrections] == ["lieder"]
