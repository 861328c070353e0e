"""The scripts of the page answer as Python does in logs with fields, identifiers and languages of
their own.
"""

from __future__ import annotations

from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Browser, Page, Route

from readinglog.model.field import Field, SearchChoice, SearchWords
from readinglog.model.field_types import FieldType, make_choice_type
from readinglog.model.kinds import Kind
from readinglog.model.schema import BUILT_IN
from readinglog.notebook.notebook import Notebook
from readinglog.search.index_writer import make_index
from support.browsing import serve_modules
from support.packed_files import pack
from support.searching import make_search
from support.worlds import notebook, work

# Asks the queries of an index, and returns the names of what each finds and what is corrected.
ASK = """async (queries) => {
  const at = (name) => new URL(`modules/search/${name}.js`, location.href).href;
  const names = ["../address", "catalogue", "index_reader", "search"];
  const modules = await Promise.all(names.map((name) => import(at(name))));
  const [{ fetchPacked }, { Catalogue }, { SearchIndex }, { Search }] = modules;
  const data = await fetchPacked(new URL("search/catalogue.bin", location.href));
  const index = new SearchIndex(new URL("search/", location.href), new Catalogue(data));
  const search = new Search(index);
  const answer = (query) => index.run(() => {
    const { notes, corrections, terms } = search.ask(query);
    const marked = terms.map(({ forms }) => [...(forms ?? [])].sort());
    return [notes.map((note) => index.noteNames[note]), corrections.map(({ meant }) => meant), marked];
  });
  await index.run(() => index.noteNames);
  return Promise.all(queries.map((query) => answer(query)));
}"""
SCHEMA = BUILT_IN.extend(
    [
        Field(
            "ean",
            FieldType("an EAN", "write 13 digits", "[0-9]{13}"),
            "EAN",
            "Its number.",
            is_locator=True,
            address="https://shop.example/{}",
            search=SearchWords("ean", "ean:4006381333931"),
            has=True,
        ),
        Field(
            "course",
            make_choice_type("starter", "dessert"),
            "Course",
            "When.",
            search=SearchChoice("course"),
        ),
    ],
    [Kind(f"kind-{letter}", "Kind") for letter in "abcdefghij"],
    key="of a cookbook",
)
LOG = {
    "soup.md": work(kind="kind-j", url="", ean="4006381333931", title="Soup", course="starter"),
    "book.md": work(kind="book", url="", isbn="0-262-03561-8", title="Deep books"),
    "model.md": work(kind="dataset", url="", hf="datasets/Ada/Letters", title="Letters"),
    "engine.md": work(kind="code", url="", github="ada/Engine", title="An engine"),
    "talk.md": work(kind="paper", url="", openreview="rJl-b3RcF7", title="Said aloud"),
    "lieder.md": work(
        "Viele Lieder, die leuchten.", title="Stille", lang="de", url="", doi="10.1/x"
    ),
    "foret.md": work(
        "Les forêts des journaux; une chanson.", title="Forêts", lang="fr", url="https://f.example/"
    ),
    "songs.md": work("Songs that die; dies.", title="Songs", url="https://example.org/songs"),
}
QUERIES = [
    *("ean:4006381333931", "4006381333931", "https://shop.example/4006381333931", "has:ean"),
    *("course:starter", "kind:kind-j", "kind:dataset", "has:isbn", "has:github"),
    *("9780262035613", "978-0-262-03561-3", "isbn:0262035618", "ISBN 978-0-262-03561-3"),
    *("https://openlibrary.org/isbn/9780262035613", "https://www.worldcat.org/isbn/0-262-03561-8"),
    *("https://huggingface.co/datasets/ada/letters/tree/main", "hf:datasets/Ada/Letters"),
    *("ada/engine", "git@github.com:Ada/Engine.git", "https://github.com/ada/engine/issues"),
    *("rJl-b3RcF7", "https://openreview.net/pdf?id=rJl-b3RcF7&x=1", "openreview:rJl-b3RcF7"),
    *(
        "lieder",
        "lied",
        "die",
        "dies",
        '"die leuchten"',
        "leucht",
        "lieedr",
        "song",
        "lieder songs",
        *("leuchtet", "leuchtend", "foret", "forêt", "journal", "chansons", "title:foret", "journ"),
    ),
]


@pytest.fixture(scope="module")
def log() -> Notebook:
    return notebook(LOG, SCHEMA)


def open_log(browser: Browser, log: Notebook) -> Page:
    """A page that has the index of a log, and the scripts of the search."""
    files = {f"{path}.bin": pack(value) for path, value in make_index(log).items()}
    page = browser.new_page()

    def answer(route: Route) -> None:
        path = urlsplit(route.request.url).path.removeprefix("/search/")
        route.fulfill(body=files.get(path, b"<!doctype html>"), content_type="text/html")

    page.route("https://log.example/**", answer)
    serve_modules(page)
    page.goto("https://log.example/")
    return page


def test_the_page_answers_as_python_does(browser: Browser, log: Notebook) -> None:
    page, search = open_log(browser, log), make_search(log)
    found = page.evaluate(ASK, QUERIES)
    page.close()
    for query, (names, meant, _) in zip(QUERIES, found, strict=True):
        result = search.ask(query)
        expected = [search.index.note_names[hit.note] for hit in result.hits]
        corrections = [correction.meant for correction in result.corrections]
        assert (names, meant) == (expected, corrections), query


def test_a_passage_marks_the_forms_of_a_word_in_the_language_of_the_note(
    browser: Browser, log: Notebook
) -> None:
    page = open_log(browser, log)
    [[names, _, forms], [_, _, english]] = page.evaluate(ASK, ["journal", "song"])
    marked = page.evaluate(
        """async (term) => {
          const { findMatches } = await import(new URL("modules/search/passage.js", location.href));
          const text = "Les journaux, a journal.";
          const found = findMatches(text, [{ ...term, forms: new Set(term.forms) }]);
          return found.map(({ start, end }) => text.slice(start, end));
        }""",
        {"type": "word", "text": "journal", "forms": forms[0]},
    )
    page.close()
    assert (names, forms) == (["foret"], [["journaux"]])
    assert english == [["songs"]]
    assert marked == ["journaux", "journal"]


@pytest.mark.parametrize(
    ("query", "name"),
    [
        *((query, "soup") for query in QUERIES[:6]),
        *((query, "book") for query in QUERIES[9:15]),
        *((query, "model") for query in QUERIES[15:17]),
        *((query, "engine") for query in QUERIES[17:20]),
        *((query, "talk") for query in QUERIES[20:23]),
    ],
)
def test_a_work_is_found_by_its_identifier_as_it_is_pasted(
    log: Notebook, query: str, name: str
) -> None:
    search = make_search(log)
    assert search.index.note_names[search.ask(query).hits[0].note] == name
