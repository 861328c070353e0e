"""The search page in a real browser: it answers as the Python evaluator does, and can be used by
hand, key and address.
"""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Callable, Iterator
from functools import cache
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, quote, urlsplit

import pytest
from playwright.sync_api import Browser, Locator, Page, Route, expect

from readinglog.notebook.notebook import Notebook
from readinglog.notebook.sections import split_sections
from readinglog.search.engine import Result, Search
from readinglog.search.hints import Hint, Hints
from readinglog.search.index_reader import SearchIndex
from readinglog.search.index_writer import make_index
from readinglog.search.packing import pack_numbers
from readinglog.search.query import Word
from readinglog.search.query_errors import QuerySyntaxError
from readinglog.search.words import split_words, stem_word
from readinglog.workspace.loading import load_notebook
from support.browsing import collect_problems, serve_folder, serve_modules
from support.packed_files import answer_packed, pack, read_packed, unpack
from support.paths import CASES
from support.site_builds import build_notes_once, shared_folder

NOTES = CASES / "searching"
QUERIES = json.loads((NOTES.parent / "queries.json").read_text(encoding="utf-8"))

# Asks a query in the page, opens all that folds, and gives what is shown.
ASK = """async (query) => {
  const form = document.querySelector(".rl-search");
  const until = async (done) => { while (!done()) await new Promise((resolve) => setTimeout(resolve, 2)); };
  delete form.dataset.answered;
  form.elements.q.value = query;
  form.requestSubmit();
  await until(() => form.dataset.answered === query);
  const all = (selector, take) => [...document.querySelectorAll(selector)].map(take);
  const more = document.querySelector(".rl-more");
  for (let count; !more.hidden; ) {
    count = document.querySelectorAll(".rl-notes > li").length;
    more.click();
    await until(() => document.querySelectorAll(".rl-notes > li").length > count);
  }
  const everyone = document.querySelector(".rl-show-all");
  if (everyone) { everyone.click(); await until(() => !document.querySelector(".rl-show-all")); }
  const facets = { tag: {}, kind: {}, year: {}, author: {}, status: {} };
  for (const { dataset } of document.querySelectorAll(".rl-facet"))
    if (Number(dataset.count)) facets[dataset.field][dataset.value] = Number(dataset.count);
  return {
    kind: document.querySelector("ol.rl-notes").dataset.kind,
    names: all("ol.rl-notes > li", (item) => item.dataset.name),
    facets,
    status: document.querySelector(".rl-status").textContent,
    messages: all(".rl-messages > p", (line) => line.textContent.trim()),
  };
}"""


@pytest.fixture(scope="session")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return build_notes_once(NOTES, shared_folder(tmp_path_factory.getbasetemp()) / "searching")


@pytest.fixture(scope="session")
def address(site: Path) -> Iterator[str]:
    with serve_folder(site) as root:
        yield root


@pytest.fixture(scope="session")
def open_page(browser: Browser, address: str) -> Iterator[Page]:
    """One search page for all the cases of the table. It lays nothing out, for they are about what
    it says.
    """
    page = browser.new_page()
    serve_modules(page)
    page.goto(f"{address}search/")
    page.locator("details:has(> summary:text-is('Authors')) > summary").click()
    page.locator("main").evaluate("(main) => { main.style.display = 'none'; }")
    yield page
    page.close()


@pytest.fixture(scope="session")
def ask_page(open_page: Page) -> Callable[[str], Any]:
    """Gives what the page answers to a query, which it is asked once."""
    return cache(lambda query: open_page.evaluate(ASK, query))


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    """A page that has to stay without complaint."""
    context = browser.new_context(viewport={"width": 1280, "height": 900})
    page = context.new_page()
    wrong = collect_problems(page)
    yield page
    page.wait_for_load_state("networkidle")  # what is cut short by the end of the test is no fault
    context.close()
    assert wrong == []


@pytest.fixture(scope="session")
def notebook() -> Notebook:
    return load_notebook(NOTES)


@pytest.fixture(scope="session")
def searching(notebook: Notebook) -> Search:
    return Search(SearchIndex(make_index(notebook).__getitem__))


def asked(page: Page) -> str:
    return parse_qs(urlsplit(page.url).query).get("q", [""])[0]


def go(page: Page, root: str, query: str) -> None:
    page.goto(f"{root}search/?q={quote(query)}")
    answered(page, query)


def answered(page: Page, query: str) -> None:
    """Wait for the answer to a query, which stands in the box and in the address."""
    expect(page.locator(".rl-search")).to_have_attribute("data-answered", query)
    expect(page.locator(".rl-search input")).to_have_value(query)
    assert asked(page) == query


def names(page: Page) -> list[str]:
    return [str(item.get_attribute("data-name")) for item in page.locator("ol.rl-notes > li").all()]


# The table
# -----------------------------------------------------------------------------


@pytest.mark.parametrize("case", QUERIES, ids=lambda case: case["query"][:60] or "nothing")
def test_the_page_answers_every_case_as_the_table_says(
    case: dict[str, Any], ask_page: Callable[[str], Any]
) -> None:
    answer = ask_page(case["query"])
    if case.get("error"):
        assert answer["status"].startswith("Can’t parse this query")
    elif case["results"]:
        assert answer["kind"] == "matches"
        assert answer["names"] == case["results"]
        assert answer["facets"] == case["facets"]
        assert answer["status"].split()[0] == str(len(case["results"]))
    else:
        assert answer["status"] == "No results"
        assert answer["facets"] == case["facets"]


# Further queries that the page and the command have to answer alike.
FURTHER = (
    "https://arxiv.org/abs/2401.04088v2",
    "rooting",
    "attenton",
    "tog:moe",
    "Routing: what & why - a survey",
    "-- routing",
    "is:orphan",
    "16×16 1,000,000",
    "C++",
    "注意力",
    'author:"R. S. Sutton" OR routing',
    "what does the router learn about noise",
    'title:routing -"load balancing"',
)


@pytest.mark.parametrize(
    "query",
    dict.fromkeys([*(case["query"] for case in QUERIES), *FURTHER]),
    ids=lambda text: text[:60],
)
def test_the_page_answers_as_the_command(
    query: str, ask_page: Callable[[str], Any], searching: Search
) -> None:
    answer = ask_page(query)
    result = _ask(searching, query)
    if isinstance(result, QuerySyntaxError):
        assert answer["status"].startswith("Can’t parse this query")
        instead = [f"Try: {result.suggestion}"] if result.suggestion else []
        said = [f"{result.message}: {result.help}", *instead]
        assert _plain(answer["messages"]) == _plain(said)
        return
    notes, said = _describe(result, searching)
    assert _plain(answer["messages"]) == _plain(said)
    assert answer["names"] == [searching.index.get_card(note).name for note in notes]
    if notes:
        assert answer["kind"] == ("matches" if result.hits else "closest")
    found = [hit.note for hit in result.hits]
    assert answer["facets"] == searching.count_facets(found)


def _ask(searching: Search, query: str) -> Result | QuerySyntaxError:
    try:
        return searching.ask(query)
    except QuerySyntaxError as error:
        return error


def _describe(result: Result, searching: Search) -> tuple[list[int], list[str]]:
    """Return the notes that the page shows for a result, and what it says above them."""
    hints = Hints(searching)
    said = [_shown(hint) for hint in hints.of(result)]
    if result.hits:
        return [hit.note for hit in result.hits], said
    closest = [hit.note for hit in hints.find_closest(result.query)]
    return closest, [*said, *(["Closest matches:"] if closest else [])]


def _shown(hint: Hint) -> str:
    """Return the text of a hint: its message and the changed query, which the message that says to
    drop a term links to.
    """
    return hint.message if hint.message.startswith("drop ") else " ".join(filter(None, hint))


def _plain(lines: list[str]) -> list[str]:
    return [line.replace("`", "").strip().lower() for line in lines if line != "Show all notes"]


# Looks up every word in the page's own index, and gives the notes that it finds, by name.
LOOK_UP = """async (words) => {
  const root = new URL("../", document.querySelector(".rl-search").action);
  const part = (name) => import(new URL(`modules/search/${name}.js`, root));
  const parts = ["../address", "catalogue", "index_reader", "search"].map(part);
  const [{ fetchPacked }, { Catalogue }, { SearchIndex }, { Search }] = await Promise.all(parts);
  const catalogue = new Catalogue(await fetchPacked(new URL("search/catalogue.bin", root)));
  const index = new SearchIndex(new URL("search/", root), catalogue);
  const search = new Search(index);
  const found = {};
  for (const text of words)
    found[text] = [...(await index.run(() => search.weigh({ type: "word", text })))];
  return found;
}"""


def _list_words(notebook: Notebook) -> list[str]:
    texts = [note.source.text for note in notebook.published]
    return sorted({word for text in texts for word in split_words(text)})


def test_every_word_of_every_note_is_found_alike(
    open_page: Page, searching: Search, notebook: Notebook
) -> None:
    vocabulary = _list_words(notebook)
    looked_up = open_page.evaluate(LOOK_UP, vocabulary)
    for word in vocabulary:
        assert dict(looked_up[word]) == pytest.approx(searching.weigh(Word(word))), word


ODD_TEXTS = (
    "Straße Œuvre smørrebrød Łódź İstanbul ﬁne ½ ² naïve co\u0308operate ΑΣ",
    "β-VAE and λ, ϕ ∂ µ-law Σ",
    "16×16, 16 × 16, 1,000,000 and 1,0000 but 1,000.5; 3×",
    "C++ C# F# C++11 C+++ A#b x#1 _C++ objective-C .NET a_b",
    "注意力机制综述 MoE注意力 力",
    "การเรียนรู้เชิงลึก ຮຽນ ビッグデータ 기계 학습 深 𠀀𠀁",
    "emoji 🎉 👩‍🔬 family, zero\u200bwidth \u200dx",
    "a\ud800b \udc00 lone",
    "matrices analyses skis international internal Intervals dying succeeding generate",
    "don't rock'n'roll CuTe FP8 GPT-4o it’s",
    "١٢٣ Ⅷ ⑨ x² 𝐀𝐛",
    "__proto__ constructor hasOwnProperty",
)
SPLIT = """async (texts) => {
  const root = new URL("../", document.querySelector(".rl-search").action);
  const { splitWords } = await import(new URL("modules/search/words.js", root));
  const { stemWord } = await import(new URL("modules/search/stems.js", root));
  return texts.map((text) => {
    const words = splitWords(text);
    return [words, splitWords(text, { isQuery: true }), words.map(stemWord)];
  });
}"""


def test_words_are_split_and_stemmed_alike(open_page: Page, notebook: Notebook) -> None:
    texts = [*ODD_TEXTS, *(note.source.text for note in notebook.published)]
    texts += [text[at : at + 7] for text in ODD_TEXTS for at in range(len(text))]
    sent = [list(text.encode("utf-16-le", "surrogatepass")) for text in texts]
    decode = "texts.map((bytes) => String.fromCharCode(...new Uint16Array(new Uint8Array(bytes).buffer)))"
    script = SPLIT.replace("return texts.map", f"return {decode}.map")
    for text, (words, asked, stems) in zip(texts, open_page.evaluate(script, sent), strict=True):
        assert words == split_words(text), text
        assert asked == split_words(text, is_query=True), text
        assert stems == [stem_word(word) for word in words], text


# The text of a note's page, without what the compiler wrote around it, formulas, and marks for the
# eye alone.
SEEN = """() => {
  const article = document.querySelector("article").cloneNode(true);
  const written = ".rl-card, .rl-narrow, .rl-cited, .rl-sidenotes, .rl-note-footer, .rl-prev-next, .rl-note-actions, .rl-margin, .rl-embed, .rl-added";
  const aside = `${written}, .rl-sidenote, .rl-buttons, .rl-shortcuts, math, .headerlink, .footnote-ref, .footnote-backref`;
  article.querySelectorAll(aside).forEach((element) => element.remove());
  article.querySelectorAll("a").forEach((link) => link.textContent === link.href && link.remove()); // an address is no word
  return article.textContent.replaceAll("¶", "");
}"""


def test_what_is_indexed_of_a_note_is_what_its_readers_see(
    browser: Browser, address: str, notebook: Notebook
) -> None:
    page = browser.new_page()
    for note in notebook.published:
        page.goto(f"{address}notes/{note.name}/")
        indexed = [
            text for part in split_sections(note, notebook) for text in (part.heading, part.text)
        ]
        assert Counter(split_words(page.evaluate(SEEN))) == Counter(
            split_words(" ".join(indexed))
        ), note.name
    page.close()


# By hand
# -----------------------------------------------------------------------------


def test_a_result_has_its_parts_and_no_stray_words(page: Page, address: str) -> None:
    go(page, address, "")
    stray = "(items) => items.flatMap((item) => [...item.childNodes]).filter((part) => part.nodeType === 3).map((part) => part.data)"
    assert page.locator("ol.rl-notes > li").evaluate_all(stray) == []


def test_a_facet_adds_leaves_out_and_takes_back(page: Page, address: str) -> None:
    go(page, address, "")
    everything = page.locator(".rl-status").text_content()
    row = page.locator('.rl-facet[data-field="tag"][data-value="moe"]')
    count = int(str(row.get_attribute("data-count")))
    row.locator(".rl-facet-toggle").click()
    answered(page, "tag:moe")
    expect(page.locator(".rl-status")).to_have_text(f"{count} notes")
    expect(row.locator(".rl-facet-toggle")).to_have_attribute("aria-pressed", "true")
    row.locator(".rl-facet-toggle").click()
    answered(page, "")
    expect(page.locator(".rl-status")).to_have_text(str(everything))
    row.locator(".rl-facet-exclude").click()
    answered(page, "-tag:moe")
    expect(page.locator(".rl-chips")).to_contain_text("not tagged MoE")
    page.locator(".rl-chips button").click()
    answered(page, "")


def _range(page: Page) -> tuple[Locator, Locator]:
    group = page.get_by_role("group", name="Range of years")
    return group.get_by_label("from"), group.get_by_label("to")


def test_a_range_of_years_is_chosen_and_stands_in_the_address(page: Page, address: str) -> None:
    go(page, address, "kernels")
    first, last = _range(page)
    for select, year, query, chip in [
        (first, "2021", "kernels year:2021..", "published from 2021 on"),
        (last, "2023", "kernels year:2021..2023", "published 2021–2023"),
        (last, "2012", "kernels year:2012..2021", "published 2012–2021"),  # turned round
        (first, "2021", "kernels year:2021", "published 2021"),
        (first, "", "kernels year:..2021", "published until 2021"),
    ]:
        select.select_option(year)
        expect(page.locator(".rl-search")).to_have_attribute("data-answered", query)
        expect(page.locator(".rl-chips")).to_contain_text(chip)
        assert asked(page) == query
        expect(select).to_be_visible()
    last.select_option("")
    expect(page.locator(".rl-search")).to_have_attribute("data-answered", "kernels")
    page.go_back()
    expect(last).to_have_value("2021")


@pytest.mark.parametrize(
    ("query", "years"),
    [
        ("", ("", "")),
        ("year:2017..2019", ("2017", "2019")),
        ("year:2016..2019", ("2017", "2019")),  # which says the same in this log
        ("year:>=2020", ("2020", "")),
        ("year:<2019", ("", "2018")),
        ("year:2018", ("2018", "2018")),
        ("year:2018.. year:..2021", ("2018", "2021")),
        ("-year:2018", ("", "")),
        ("year:2001..", ("", "")),
        ("year:1900", ("", "")),
    ],
)
def test_the_range_of_years_is_that_of_the_query(
    query: str, years: tuple[str, str], page: Page, address: str
) -> None:
    go(page, address, query)
    first, last = _range(page)
    assert (first.input_value(), last.input_value()) == years
    if query == "year:1900":
        expect(first).to_be_visible()  # to ask for others
        last.select_option("2012")
        expect(page.locator(".rl-search")).to_have_attribute("data-answered", "year:..2012")


def test_a_facet_narrows_a_query_and_leaves_it_whole(page: Page, address: str) -> None:
    go(page, address, "routing OR noise sort:date")
    page.locator('.rl-facet[data-field="kind"][data-value="paper"] .rl-facet-toggle').click()
    answered(page, "(routing OR noise) kind:paper sort:date")
    assert page.locator(".rl-chips li").count() == 2


def _row(page: Page, key: str) -> Locator:
    return page.locator(f'.rl-facet[data-key="{key}"]')


def test_tags_are_folded_to_the_roots_that_the_result_has(
    page: Page, address: str, searching: Search
) -> None:
    go(page, address, "routing")
    tags = searching.index.tags
    counts = searching.count_facets([hit.note for hit in searching.ask("routing").hits])["tag"]
    roots = {tag.key for tag in tags if tag.parent < 0}
    assert roots - set(counts), "a root that the result lacks"
    shown = page.locator('.rl-facet[data-field="tag"]:visible')
    keys = shown.evaluate_all("(rows) => rows.map((row) => row.dataset.value)")
    assert keys == [tag.key for tag in tags if tag.key in roots & set(counts)]
    opener = _row(page, "tag:moe").get_by_role("button", name="Subtags of MoE")
    expect(opener).to_have_attribute("aria-expanded", "false")
    opener.click()
    expect(opener).to_have_attribute("aria-expanded", "true")
    expect(_row(page, "tag:routing")).to_be_visible()
    for key, count in counts.items():
        expect(_row(page, f"tag:{key}").locator("small")).to_have_text(f"({count})")


def test_a_branch_of_tags_stays_open_and_opens_for_a_chosen_tag(page: Page, address: str) -> None:
    go(page, address, "")
    opener = _row(page, "tag:moe").locator(".rl-facet-opener")
    opener.click()
    page.locator(".rl-search input").fill("routing")
    answered(page, "routing")
    expect(opener).to_have_attribute("aria-expanded", "true")
    opener.click()
    expect(_row(page, "tag:routing")).to_be_hidden()
    for query in ("tag:routing", "routing -tag:routing", "tag:routing qwrtyplk"):
        go(page, address, "")
        expect(_row(page, "tag:routing")).to_be_hidden()
        page.locator(".rl-search input").fill(query)
        answered(page, query)
        expect(_row(page, "tag:routing")).to_be_visible()
        expect(_row(page, "tag:moe")).to_be_visible()


def test_a_facet_is_one_stop_of_the_tab_key_and_arrows_walk_in_it(page: Page, address: str) -> None:
    go(page, address, "")
    page.locator(".rl-search input").focus()
    focused = "document.activeElement.closest('[data-key]')?.dataset.key"
    for _ in range(4):  # tips, the way to the results, the fold of the tags, the tags
        page.keyboard.press("Tab")
    first, second = page.locator('.rl-facet[data-field="tag"]:visible').all()[:2]
    expect(first.locator(".rl-facet-toggle")).to_be_focused()
    page.keyboard.press("ArrowDown")
    expect(second.locator(".rl-facet-toggle")).to_be_focused()
    page.keyboard.press("Home")
    expect(first.locator(".rl-facet-toggle")).to_be_focused()
    page.keyboard.press("End")
    expect(page.locator('.rl-facet[data-field="tag"]:visible').last).to_contain_text(
        str(page.evaluate("document.activeElement.firstChild.textContent"))
    )
    _row(page, "tag:moe").locator(".rl-facet-toggle").focus()
    page.keyboard.press("ArrowLeft")
    page.keyboard.press("Enter")
    page.keyboard.press("ArrowDown")
    assert page.evaluate(focused) == "tag:routing"
    page.keyboard.press("ArrowRight")
    expect(page.get_by_role("button", name="Exclude routing", exact=True)).to_be_focused()
    page.keyboard.press("Enter")
    answered(page, "-tag:routing")
    assert page.evaluate(focused) == "tag:routing"
    page.keyboard.press("Tab")
    expect(page.locator(".rl-facets summary", has_text="Kind")).to_be_focused()
    page.keyboard.press("Shift+Tab")
    assert page.evaluate(focused) == "tag:routing"


def test_the_mark_that_excludes_shows_on_hover_and_on_focus(page: Page, address: str) -> None:
    go(page, address, "")
    row = _row(page, "tag:moe")
    mark = row.get_by_role("button", name="Exclude MoE")
    expect(mark).to_have_css("opacity", "0")
    row.hover()
    expect(mark).to_have_css("opacity", "1")
    page.locator("h1").hover()
    expect(mark).to_have_css("opacity", "0")
    row.locator(".rl-facet-toggle").focus()
    expect(mark).to_have_css("opacity", "1")


def test_results_are_saved_as_a_file(page: Page, address: str) -> None:
    page.goto(f"{address}search/?q=tag:moe sort:published")
    titles = page.locator(".rl-note-title a")
    expect(titles.first).to_be_visible()
    found = [
        str(link.get_attribute("href")).rstrip("/").rpartition("/")[2] for link in titles.all()
    ]
    page.locator(".rl-export summary").click()
    texts = {}
    for name in ("BibTeX", "CSL", "JSON"):
        with page.expect_download() as download:
            page.get_by_role("button", name=name, exact=True).click()
        texts[name] = download.value.path().read_text(encoding="utf-8")
    notes = [note["name"] for note in json.loads(texts["JSON"])["notes"]]
    assert notes[: len(found)] == found
    works = [item["id"] for item in json.loads(texts["CSL"])]
    assert works == [name for name in notes if name in works]
    assert 0 < len(works) < len(notes)  # a hub is no work
    assert re.findall(r"^@\w+\{([^,]+),", texts["BibTeX"], re.MULTILINE) == works
    expect(page.locator(".rl-export [role=status]")).to_have_text(f"{len(notes)} saved.")


def test_back_and_forward_walk_through_the_queries(page: Page, address: str) -> None:
    go(page, address, "routing")
    first = names(page)
    page.locator('.rl-facet[data-field="kind"][data-value="paper"] .rl-facet-toggle').click()
    answered(page, "routing kind:paper")
    page.go_back()
    answered(page, "routing")
    expect(page.locator("ol.rl-notes > li")).to_have_count(len(first))
    page.go_forward()
    answered(page, "routing kind:paper")


def test_typing_searches_without_the_enter_key(page: Page, address: str) -> None:
    go(page, address, "")
    page.locator(".rl-search input").press_sequentially("routing", delay=30)
    answered(page, "routing")
    page.locator(".rl-search input").press_sequentially(" tag:moe", delay=30)
    answered(page, "routing tag:moe")
    assert names(page)


def test_the_order_is_part_of_the_query(page: Page, address: str) -> None:
    go(page, address, "routing")
    order = page.locator(".rl-result-bar select")
    expect(order).to_have_value("relevance")
    order.select_option("published")
    answered(page, "routing sort:published")
    order.select_option("relevance")
    answered(page, "routing")


def test_a_facet_joins_what_is_being_typed(page: Page, address: str) -> None:
    go(page, address, "")
    page.locator(".rl-search input").fill("routing")
    page.locator('.rl-facet[data-field="kind"][data-value="paper"] .rl-facet-toggle').click()
    answered(page, "routing kind:paper")
    page.locator(".rl-chips button").first.focus()
    page.keyboard.press("Enter")
    answered(page, "kind:paper")
    assert page.evaluate("document.activeElement !== document.body")


def test_an_open_end_is_read_as_closed_while_one_types(page: Page, address: str) -> None:
    go(page, address, "")
    page.locator(".rl-search input").fill('"running maximum')
    expect(page.locator("ol.rl-notes mark").first).to_be_visible()
    expect(page.locator(".rl-status")).to_contain_text("Can’t parse this query")


def test_back_from_a_note_leads_to_the_same_place(
    page: Page, address: str, searching: Search
) -> None:
    go(page, address, "")
    total = searching.index.size
    while page.locator("ol.rl-notes > li").count() < total:
        page.locator("ol.rl-notes > li").last.scroll_into_view_if_needed()
        page.wait_for_timeout(50)
    page.locator("ol.rl-notes > li a").last.scroll_into_view_if_needed()
    place = page.evaluate("scrollY")
    page.locator("ol.rl-notes .rl-note-title a").last.click()
    page.wait_for_url("**/notes/**")
    page.go_back()
    expect(page.locator("ol.rl-notes > li")).to_have_count(total)
    page.wait_for_function("place => Math.abs(scrollY - place) < 200", arg=place)


def test_more_comes_on_scrolling(page: Page, address: str, searching: Search) -> None:
    go(page, address, "")
    total = searching.index.size
    expect(page.locator("ol.rl-notes > li")).to_have_count(8)
    for shown in (16, 24, 32, total):
        page.locator("ol.rl-notes > li").last.scroll_into_view_if_needed()
        expect(page.locator("ol.rl-notes > li")).to_have_count(shown)
    expect(page.locator(".rl-more")).to_be_hidden()


def test_a_result_shows_the_four_things_and_the_passage_with_what_was_looked_for_marked(
    page: Page, address: str
) -> None:
    go(page, address, '"load balancing"')
    result = page.locator("ol.rl-notes > li").first
    for part in (".rl-note-title a", ".rl-note-by", ".rl-note-summary", ".rl-tags a"):
        assert result.locator(part).first.text_content()
    marked = page.locator("ol.rl-notes mark")
    assert {str(text).lower().replace("-", " ") for text in marked.all_text_contents()} == {
        "load balancing"
    }
    passage = page.locator(".rl-passage a[href*='#']").first
    heading, href = passage.text_content(), str(passage.get_attribute("href"))
    page.goto(href)
    expect(page.locator(f"[id='{urlsplit(href).fragment}']")).to_contain_text(str(heading))


def test_a_claim_that_was_asked_for_is_the_passage(page: Page, address: str) -> None:
    page.goto(f"{address}search/?q=claim:length")
    result = page.locator("[data-name=scan-machines]")
    expect(result.locator(".rl-passage")).to_have_text(
        "Claim Scans beat attention at every length."
    )
    link = result.locator(".rl-passage a")
    assert str(link.get_attribute("href")).endswith("/notes/scan-machines/#%5Escans-win")
    expect(page.locator(".rl-chips")).to_contain_text("length in a claim")


def test_a_passage_shows_formulas_between_the_marks(page: Page, address: str) -> None:
    go(page, address, '"running maximum" "sum"')
    passage = page.locator(".rl-notes > li[data-name='tile-attention'] .rl-passage")
    expect(passage).to_contain_text("A running maximum m and sum ℓ are enough")
    assert set(passage.locator("mark").all_text_contents()) == {"running maximum", "sum"}
    shown = passage.locator("math")
    assert shown.evaluate_all("all => all.map((one) => one instanceof MathMLElement)") == [True] * 3
    assert shown.first.text_content() == "m"
    assert "\ufffc" not in str(page.locator("#rl-results").text_content())
    go(page, address, '"maximum and sum"')  # as the search reads it, across the formula
    expect(passage.locator("mark math")).to_have_text("m")


def test_whatever_a_formula_holds_shows_as_text(browser: Browser, address: str) -> None:
    page = browser.new_page()
    page.on("dialog", lambda dialog: pytest.fail(dialog.message))
    bad = '<img src=x onerror="alert(1)"><script>alert(1)</script>'
    formulas = [f"${bad}$", f"<math><mtext>{bad}</mtext></math>", f"<math></math>{bad}"]
    formulas.append('<math><img xmlns="http://www.w3.org/1999/xhtml" src="x" /></math>')

    def answer(route: Route) -> None:
        text = ["", "", "routing \ufffc \ufffc \ufffc \ufffc \ufffc", formulas]
        answer_packed(route, [[text] for _ in unpack(route.fetch().body())])

    page.route("**/search/texts/*", answer)
    go(page, address, "routing")
    expect(page.locator(".rl-passage code").first).to_have_text(f"${bad}$")
    expect(page.locator(".rl-notes > li").first.locator(".rl-passage code")).to_have_count(5)
    assert page.locator("#rl-results :is(img, script)").count() == 0
    page.close()


def test_a_title_and_a_summary_show_their_formulas(browser: Browser, address: str) -> None:
    page = browser.new_page()

    def answer(route: Route) -> None:
        shown = ["On $k$ and $k$ routing", "", "By $k$ of \\(n\\)"]
        mathml = {"$k$": "<math><mi>k</mi></math>"}
        cards = unpack(route.fetch().body())
        answer_packed(route, [[name, *shown, mathml] for name, *_ in cards])

    page.route("**/search/cards/*", answer)
    go(page, address, "routing")
    first = page.locator(".rl-notes > li").first
    expect(first.locator(".rl-note-title a")).to_have_text("On k and k routing")
    expect(first.locator(".rl-note-title math")).to_have_count(2)
    expect(first.locator(".rl-note-title mark")).to_have_text("routing")
    expect(first.locator(".rl-note-summary")).to_have_text("By k of \\(n\\)")
    page.close()


def test_keys_open_the_search_and_walk_through_it(page: Page, address: str) -> None:
    page.goto(f"{address}log/")
    page.keyboard.press("s")
    expect(page).to_have_url(f"{address}search/")
    expect(page.locator(".rl-search input")).to_be_focused()
    page.keyboard.type("routing")
    answered(page, "routing")
    page.locator(".rl-completion").first.wait_for()
    page.keyboard.press("Escape")  # closes the completions
    links = page.locator("ol.rl-notes .rl-note-title a")
    page.keyboard.press("ArrowDown")
    expect(links.nth(0)).to_be_focused()
    page.keyboard.press("ArrowDown")
    expect(links.nth(1)).to_be_focused()
    page.keyboard.press("ArrowUp")
    page.keyboard.press("Escape")
    expect(page.locator(".rl-search input")).to_be_focused()
    page.keyboard.press("ArrowDown")
    wanted = str(links.nth(0).get_attribute("href"))
    page.keyboard.press("Enter")
    expect(page).to_have_url(wanted)
    page.go_back()
    answered(page, "routing")
    page.locator(".rl-search input").focus()
    page.keyboard.press("Escape")
    answered(page, "")


def test_a_screen_reader_hears_the_count_change(page: Page, address: str) -> None:
    go(page, address, "routing")
    status = page.get_by_role("status")
    expect(status).to_have_text(re.compile(r"\d+ notes"))
    page.locator(".rl-search input").fill("zzzz")
    expect(status).to_have_text("No results")


def test_a_tag_on_a_note_leads_to_all_notes_that_have_it(
    page: Page, address: str, notebook: Notebook
) -> None:
    note = next(note for note in notebook.published if notebook.tags.get_tags(note))
    tag = notebook.tags.get_tags(note)[0]
    page.goto(f"{address}notes/{note.name}/")
    page.locator(".rl-card .rl-tags a").first.click()
    answered(page, f"tag:{tag.key}")
    assert note.name in names(page)


def test_on_a_phone_the_facets_fold(browser: Browser, address: str) -> None:
    context = browser.new_context(
        viewport={"width": 390, "height": 844}, has_touch=True, is_mobile=True
    )
    page = context.new_page()
    go(page, address, "routing")
    row = page.locator('.rl-facet[data-field="tag"][data-value="moe"]')
    expect(row).to_be_hidden()
    page.locator(".rl-facets > summary").tap()
    page.locator(".rl-facets details > summary").first.tap()
    expect(row).to_be_visible()
    expect(row.locator(".rl-facet-exclude")).to_have_css("opacity", "1")
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    context.close()


def test_without_javascript_the_tags_lead_to_the_notes(browser: Browser, address: str) -> None:
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(f"{address}search/?q=tag:moe")
    page.locator("noscript a.rl-tag", has_text="MoE").click()
    expect(page.locator("h1")).to_contain_text("MoE")
    context.close()


# Bad input
# -----------------------------------------------------------------------------


@pytest.mark.parametrize(
    "query",
    [
        '<img src=x onerror="alert(1)">',
        "<script>alert(1)</script>",
        '"((((',
        ")))) OR OR -",
        "é" * 5_000,
        "routing " * 1_250,
        'tag:<b>x</b> author:"<i>"',
        "__proto__ constructor:x tag:__proto__ links:constructor",
        "\\ $& %00 \u202e \u0000 ￿",
        "title: sort:",
    ],
)
def test_whatever_the_address_asks_shows_as_text(query: str, page: Page, address: str) -> None:
    page.on("dialog", lambda dialog: pytest.fail(dialog.message))
    page.goto(f"{address}search/?q={quote(query)}")
    expect(page.locator(".rl-search[data-answered]")).to_be_visible()
    expect(page.locator(".rl-status")).not_to_be_empty()
    assert page.locator("#rl-results :is(img, script, b, i)").count() == 0
    page.locator(".rl-search input").fill("routing")
    answered(page, "routing")
    assert names(page)


def test_lone_surrogates_in_the_address_break_nothing(page: Page, address: str) -> None:
    page.goto(f"{address}search/?q=%ED%A0%80%F0%9F")
    expect(page.locator(".rl-status")).to_contain_text("Can’t parse this query")
    page.evaluate(
        "form => { form.elements.q.value = 'routing \\ud800'; form.requestSubmit(); }",
        page.locator(".rl-search").element_handle(),
    )
    expect(page.locator(".rl-status")).to_have_text(re.compile(r"\d+ notes"))


# The index
# -----------------------------------------------------------------------------


def test_without_an_index_tags_and_fields_still_find(browser: Browser, address: str) -> None:
    page = browser.new_page()
    page.route("**/search/terms/**", lambda route: route.fulfill(status=404))
    go(page, address, "routing")
    expect(page.locator(".rl-messages")).to_contain_text(
        "Can’t search for words: a part of the word index could not be loaded"
    )
    page.locator(".rl-search input").fill("tag:moe")
    answered(page, "tag:moe")
    assert names(page)
    page.close()


def test_an_index_of_another_build_is_not_used(browser: Browser, address: str, site: Path) -> None:
    page = browser.new_page()
    catalogue = read_packed(site / "search/catalogue.bin")
    catalogue["shards"]["terms"] = [f"{start}z" for start in catalogue["shards"]["terms"]]
    page.route("**/search/catalogue.bin", lambda route: answer_packed(route, catalogue))
    go(page, address, "routing")
    expect(page.locator(".rl-messages")).to_contain_text(
        "from another build of the site, or could not be loaded completely"
    )
    page.close()


# For each group of files of the index, a query that needs it.
GROUPS = {
    "terms/": "routed",
    "positions/": '"running maximum"',
    "names/": "sparse gates",
    "endings/": "rauting",
    "cards/": "author:li",
    "authors": "author:li",
    "venues": "venue:iclr",
    "links": "links:sparse-gates",
}


BROKEN = {"lost": b"", "cut": pack({"routing": "rou"})[:9], "other": pack({})}


@pytest.mark.parametrize(
    ("group", "body"),
    [
        # Of the other groups, what is lost is tried each time.
        pytest.param(
            *(group, body),
            id=f"{group}-{name}",
            marks=() if name == "lost" or group == "terms/" else pytest.mark.slow,
        )
        for group in GROUPS
        for name, body in BROKEN.items()
    ],
)
def test_a_part_that_is_lost_or_cut_is_reported_tried_again_and_needed_by_no_tag(
    group: str, body: bytes, browser: Browser, address: str
) -> None:
    page = browser.new_page()
    failures: list[str] = []
    page.on("pageerror", lambda error: failures.append(str(error)))
    is_broken = True

    def answer(route: Route) -> None:
        if not is_broken:
            route.continue_()
        elif body:
            route.fulfill(body=body)
        else:
            route.fulfill(status=404)

    page.route(f"**/search/{group}*.bin?*", answer)
    query = GROUPS[group]
    go(page, address, "tag:moe" if group != "cards/" else query)
    before = names(page)
    assert bool(before) == (group != "cards/"), "these are what results are made of"
    if before:
        expect(page.locator(".rl-messages")).to_be_empty()
    page.locator(".rl-search input").fill(query)
    told = page.locator(".rl-messages")
    expect(told).to_contain_text(re.compile("Can’t search for words|A file could not be loaded"))
    assert names(page) == before
    is_broken = False
    expect(page.locator(".rl-status")).not_to_contain_text("Search failed")
    expect(told).not_to_contain_text("loaded")
    assert failures == []
    page.close()


def test_a_page_that_is_open_while_the_site_is_built_anew_uses_the_new_index(
    browser: Browser, address: str
) -> None:
    page = browser.new_page()
    state = {"build": "old"}

    def answer_catalogue(route: Route) -> None:
        catalogue = unpack(route.fetch().body())
        if state["build"] == "old":
            catalogue["build_id"] = "0123456789abcdef"
            starts = catalogue["shards"]["terms"]
            catalogue["shards"]["terms"] = [f"{start}z" for start in starts]
        answer_packed(route, catalogue)

    page.route("**/search/catalogue.bin", answer_catalogue)
    go(page, address, "tag:moe")
    page.locator(".rl-search input").fill("routed")
    answered(page, "routed")
    expect(page.locator(".rl-messages")).to_contain_text("from another build of the site")
    reload = page.locator(".rl-messages a", has_text="reload the page")
    expect(reload).to_have_attribute("href", page.url)
    state["build"] = "new"
    page.locator(".rl-search input").fill("routing")
    answered(page, "routing")
    expect(page.locator(".rl-messages")).to_contain_text("The site was updated")
    assert names(page)
    _row(page, "kind:paper").locator(".rl-facet-toggle").click()
    answered(page, "routing kind:paper")
    expect(page.locator(".rl-messages")).not_to_contain_text("updated")
    assert names(page)
    page.close()


@pytest.mark.parametrize("body", [b"", pack([[]])[:5], pack([])], ids=["lost", "cut", "other"])
def test_results_are_complete_without_the_texts_for_their_passages(
    body: bytes, browser: Browser, address: str
) -> None:
    page = browser.new_page()
    failures: list[str] = []
    page.on("pageerror", lambda error: failures.append(str(error)))
    page.route(
        "**/search/texts/*.bin?*",
        lambda route: route.fulfill(body=body) if body else route.fulfill(status=404),
    )
    go(page, address, "model")
    expect(page.locator(".rl-passage-room:visible")).not_to_have_count(8)
    assert names(page)
    expect(page.locator(".rl-messages")).to_be_empty()
    expect(page.locator(".rl-status")).to_have_text(re.compile(r"\d+ notes"))
    assert failures == []
    page.close()


def _hold_in(held: list[Route]) -> Callable[[Route], None]:
    def hold(route: Route) -> None:
        held.append(route)

    return hold


def test_passages_are_fetched_for_results_in_view_and_move_nothing(
    page: Page, address: str
) -> None:
    page.set_viewport_size({"width": 1280, "height": 800})
    held: list[Route] = []
    page.route("**/search/texts/*.bin?*", _hold_in(held))
    go(page, address, "model")
    page.wait_for_function("document.querySelectorAll('.rl-passage-room').length === 8")
    page.wait_for_timeout(400)
    assert held
    tops = "all => all.map((one) => one.getBoundingClientRect().top)"
    results = page.locator("ol.rl-notes > li")
    before = results.evaluate_all(tops)
    for route in held:
        route.continue_()
    page.unroute("**/search/texts/*.bin?*")
    expect(page.locator(".rl-passage").first).to_be_visible()
    assert page.locator(".rl-passage-room").count() > 0, "what is not in view has no passage yet"
    assert results.evaluate_all(tops)[:2] == pytest.approx(before[:2], abs=40)
    page.locator("ol.rl-notes > li").nth(7).scroll_into_view_if_needed()
    expect(results.nth(7).locator(".rl-passage")).to_be_visible()


def test_what_is_typed_fetches_no_more_than_what_is_pasted(browser: Browser, address: str) -> None:
    query = "load balancing of experts"

    def fetch(type_query: bool) -> list[str]:
        page = browser.new_page()
        page.goto(f"{address}search/")
        expect(page.locator(".rl-search[data-answered]")).to_be_visible()
        page.wait_for_load_state("networkidle")
        requests: list[str] = []
        page.on("request", lambda request: requests.append(urlsplit(request.url).path))
        if type_query:
            page.locator(".rl-search input").press_sequentially(query, delay=110)
        else:
            page.locator(".rl-search input").fill(query)
        answered(page, query)
        page.wait_for_timeout(500)
        page.close()
        return [path for path in requests if re.search(r"/search/[a-z]+/\d+\.bin", path)]

    assert sorted(fetch(type_query=True)) == sorted(fetch(type_query=False))


def test_a_search_that_takes_long_is_seen_to_run(browser: Browser, address: str) -> None:
    page = browser.new_page()
    catalogue: list[Route] = []
    page.route("**/search/catalogue.bin", _hold_in(catalogue))
    with page.expect_request("**/search/catalogue.bin"):
        page.goto(f"{address}search/?q=routing", wait_until="commit")
    expect(page.get_by_text("Searching …")).to_be_visible()
    for route in catalogue:
        route.continue_()
    answered(page, "routing")
    expect(page.get_by_text("Searching …")).to_have_count(0)
    positions: list[Route] = []
    page.route("**/search/positions/*", _hold_in(positions))
    with page.expect_request("**/search/positions/*"):
        page.locator(".rl-search input").fill('"load balancing"')
    expect(page.locator(".rl-status")).to_have_text("Searching …")
    expect(page.locator(".rl-notes")).to_have_css("opacity", "0.5")
    for route in positions:
        route.continue_()
    answered(page, '"load balancing"')
    expect(page.locator(".rl-notes")).to_have_css("opacity", "1")
    page.close()


def test_the_date_of_a_result_is_the_one_by_which_it_is_ordered(
    page: Page, address: str, searching: Search
) -> None:
    dates = page.locator(".rl-note-title time")
    go(page, address, "routing")
    years = dates.all_text_contents()
    assert years
    assert all(re.fullmatch(r"\d{4}", year) for year in years)
    assert page.locator(".rl-note-by time").count() == 0
    go(page, address, "routing sort:date")
    assert sorted(dates.all_text_contents()) == sorted(years)
    for text in page.locator(".rl-note-by time").all_text_contents():
        assert re.fullmatch(r"added \d{1,2} [A-Z][a-z]{2} \d{4}", text)
    published = dict(
        zip(searching.index.note_names, searching.index.get_values("published"), strict=True)
    )
    go(page, address, "routing sort:published")
    for result in page.locator("ol.rl-notes > li").all():
        day = published[str(result.get_attribute("data-name"))]
        assert result.locator("time").evaluate_all("all => all.map((one) => one.dateTime)") == (
            [day] if day else []
        )


def test_the_slash_key_is_not_typed_into_the_empty_box(page: Page, address: str) -> None:
    page.goto(f"{address}search/")
    expect(page.locator(".rl-search input")).to_be_focused()
    page.keyboard.press("/")
    expect(page.locator(".rl-search input")).to_have_value("")
    page.keyboard.type("a/b")
    expect(page.locator(".rl-search input")).to_have_value("a/b")


def test_one_step_leads_from_the_box_over_the_filters_to_the_results(
    page: Page, address: str
) -> None:
    go(page, address, "routing")
    page.locator(".rl-search input").focus()
    for _ in range(2):
        page.keyboard.press("Tab")
    skip = page.get_by_role("link", name="Skip to the results")
    expect(skip).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.locator(".rl-note-title a").first).to_be_focused()


def test_without_results_there_is_nothing_to_filter_or_sort(page: Page, address: str) -> None:
    go(page, address, "is:marked")
    expect(page.locator(".rl-messages")).to_contain_text("No note is marked as read")
    expect(page.locator(".rl-facets")).to_be_hidden()
    expect(page.locator(".rl-result-bar select")).to_be_hidden()
    go(page, address, "routing")
    expect(page.locator(".rl-facets")).to_be_visible()


def test_more_results_that_cannot_be_loaded_can_be_asked_for_again(
    browser: Browser, address: str, site: Path, searching: Search
) -> None:
    search = site / "search"
    catalogue = read_packed(search / "catalogue.bin")
    [*block] = read_packed(search / "cards/0.bin")
    block.sort(key=lambda card: searching.index.note_names.index(card[0]))
    cut = len(block) - 10
    catalogue["shards"]["cards"] = pack_numbers([cut, 10])
    catalogue["links"] = pack_numbers([1] * cut + [0] * 10)  # the last are the least linked
    is_lost = True
    page = browser.new_page(viewport={"width": 1280, "height": 500})
    failures: list[str] = []
    page.on("pageerror", lambda error: failures.append(str(error)))
    page.route("**/search/catalogue.bin", lambda route: answer_packed(route, catalogue))
    page.route("**/search/cards/1.bin?*", lambda route: answer_packed(route, block[cut:]))
    page.route(
        "**/search/cards/0.bin?*",
        lambda route: route.fulfill(status=404) if is_lost else answer_packed(route, block[:cut]),
    )
    go(page, address, "")
    page.locator("ol.rl-notes > li").last.scroll_into_view_if_needed()
    expect(page.locator(".rl-more")).to_have_text("More could not be loaded. Try again")
    count = page.locator("ol.rl-notes > li").count()
    is_lost = False
    page.locator(".rl-more").click()
    expect(page.locator("ol.rl-notes > li").nth(count)).to_be_attached()
    assert failures == []
    page.close()


def test_each_part_of_the_index_is_fetched_once_and_of_this_build(
    page: Page, address: str, site: Path
) -> None:
    requests: list[str] = []
    page.on("request", lambda request: requests.append(request.url))
    go(page, address, "routing")
    page.locator(".rl-search input").fill('"load balancing" routing kernel')
    answered(page, '"load balancing" routing kernel')
    page.locator(".rl-search input").fill("kernel routing")
    answered(page, "kernel routing")
    parts = [url for url in requests if re.search(r"/search/[a-z]+/\d+\.bin", url)]
    assert parts
    assert len(parts) == len(set(parts))
    build_id = read_packed(site / "search/catalogue.bin")["build_id"]
    assert {urlsplit(url).query for url in parts} == {build_id}


def test_marked_notes_are_those_that_this_browser_remembers(
    page: Page, address: str, notebook: Notebook
) -> None:
    note = notebook.published[0]
    page.goto(f"{address}notes/{quote(note.name)}/")
    page.locator(".rl-mark-read button").click()
    go(page, address, "is:marked")
    assert names(page) == [note.name]
    go(page, address, "-is:marked")
    expect(page.locator(".rl-status")).to_have_text(f"{len(notebook.published) - 1} notes")


def test_a_note_that_was_marked_under_a_former_name_is_marked(
    browser: Browser, address: str
) -> None:
    page = browser.new_page()

    def answer(route: Route) -> None:
        links = unpack(route.fetch().body())
        number = links["names"].index("sparse-gates")
        answer_packed(route, links | {"former_names": {"gates-of-old": number}})

    page.route("**/search/links.bin?*", answer)
    page.goto(f"{address}log/")
    page.evaluate("localStorage.setItem('readinglog:read:/', '[\"gates-of-old\"]')")
    go(page, address, "is:marked")
    assert names(page) == ["sparse-gates"]
    go(page, address, "-is:marked sparse")
    assert "sparse-gates" not in names(page)
    page.evaluate("localStorage.clear()")
    page.close()


def test_a_query_that_cannot_be_read_shows_its_readable_part_first(
    page: Page, address: str, searching: Search
) -> None:
    go(page, address, "tag:moe kind:papers")
    expect(page.locator(".rl-status")).to_contain_text("Showing what its readable part finds")
    assert Counter(names(page)) <= Counter(
        searching.index.get_card(hit.note).name for hit in searching.ask("tag:moe kind:paper").hits
    )
    before = names(page)
    page.locator(".rl-search input").fill("routing kind:papers")
    answered(page, "routing kind:papers")
    expect(page.locator(".rl-status")).to_contain_text("Showing the previous results")
    assert names(page) == before


def test_a_missing_part_of_the_index_is_reported_and_requested_again(
    browser: Browser, address: str
) -> None:
    page = browser.new_page()
    go(page, address, "tag:moe")
    lost = True
    page.context.route(
        "**/search/terms/**",
        lambda route: route.fulfill(status=404) if lost else route.continue_(),
    )
    page.locator(".rl-search input").fill("routed")
    expect(page.locator(".rl-messages")).to_contain_text("Can’t search for words")
    lost = False
    expect(page.locator(".rl-messages")).to_be_empty()
    assert names(page)
    page.close()


def test_a_browser_that_cannot_unpack_the_index_is_told_so(browser: Browser, address: str) -> None:
    page = browser.new_page()
    page.add_init_script("delete window.DecompressionStream")
    page.goto(f"{address}search/?q=routing")
    expect(page.get_by_text("The search could not be loaded. Browse the tags.")).to_be_visible()
    page.close()


def test_a_missing_file_is_reported_and_requested_again(browser: Browser, address: str) -> None:
    page = browser.new_page()
    lost = True
    page.route(
        "**/search/authors.bin?*",
        lambda route: route.fulfill(status=404) if lost else route.continue_(),
    )
    page.goto(f"{address}search/?q=author:li")
    expect(page.locator(".rl-messages")).to_contain_text("A file could not be loaded")
    lost = False
    expect(page.locator(".rl-messages")).to_be_empty()
    page.close()


def test_an_index_that_comes_later_is_found(browser: Browser, address: str) -> None:
    page = browser.new_page()
    tries = iter([404, 404])
    page.route(
        "**/search/terms/*",
        lambda route: route.fulfill(status=404) if next(tries, None) else route.continue_(),
    )
    go(page, address, "routed")
    expect(page.locator(".rl-messages")).to_be_empty()
    assert names(page)
    page.close()
