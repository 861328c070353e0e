"""The index: every term of every note is found through its files, and the same notes give the same
bytes.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from itertools import chain
from typing import cast

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from readinglog.notebook.notebook import Notebook
from readinglog.notebook.sections import split_sections
from readinglog.search import index_writer
from readinglog.search.index_reader import SearchIndex
from readinglog.search.index_writer import make_index
from readinglog.search.packing import sort_key
from readinglog.search.words import stem_word
from readinglog.workspace.loading import load_notebook
from support.brute_force import read_note
from support.paths import CASES
from support.searching import ask
from support.worlds import notebook, work

LOG = load_notebook(CASES / "searching")


def read_back(files: Mapping[str, object]) -> SearchIndex:
    """An index whose files have been JSON."""
    texts = {path: json.dumps(value) for path, value in files.items()}
    return SearchIndex(lambda path: json.loads(texts[path]))


def check_every_term(log: Notebook, index: SearchIndex) -> None:
    """Every form of every note is found, with what it counts; so is every place of every word."""
    for number, note in enumerate(log.published[::-1]):
        found = read_note(log, note)
        for form, count in found.forms.items():
            value = index.find_forms(form)[form][number]
            assert (value // 2, value % 2) == (count, form in found.titled), form
        in_order = [word for words, _ in found.texts for word in words]
        for word in set(in_order):
            assert len(index.find_positions(word)[number]) == in_order.count(word), word
            assert dict(index.list_words_from(stem_word(word)))[word] >= 1
            assert dict(index.list_words_to(word))[word] >= 1


@pytest.mark.parametrize(
    ("size", "first_size"), [(1, 1), (60, 300), (500, 2_000), (500, 0), (24_000, 500_000)]
)
def test_every_term_of_every_note_is_found_through_shards(
    size: int, first_size: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(index_writer, "_SHARD_SIZE", size)
    monkeypatch.setattr(index_writer, "_BLOCK_SIZE", size)
    monkeypatch.setattr(index_writer, "_CARDS_SIZE", size)
    monkeypatch.setattr(index_writer, "_FIRST_CARDS_SIZE", first_size)
    index = read_back(make_index(LOG))
    check_every_term(LOG, index)
    for number, note in enumerate(LOG.published[::-1]):
        card = index.get_card(number)
        assert (card.name, card.title, card.summary) == (note.name, note.title, note.summary)
        sections = split_sections(note, LOG)
        assert [tuple(text[:3]) for text in index.get_sections(number)] == [
            section[:3] for section in sections
        ]


def test_the_first_file_of_cards_has_the_most_linked_notes(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(index_writer, "_FIRST_CARDS_SIZE", 1)
    monkeypatch.setattr(index_writer, "_CARDS_SIZE", 1)
    days = {name: f"2026-01-0{day}" for day, name in enumerate("abcd", 1)}
    log = {f"{name}.md": work("As [[c]] says.", date=day) for name, day in days.items()}
    files = make_index(notebook(log))
    cards = [files[f"cards/{number}"] for number in range(4)]
    names = [[name for name, *_ in cast("list[list[str]]", block)] for block in cards]
    assert names == [["c"], ["a"], ["b"], ["d"]]
    index = read_back(files)
    assert [index.get_card(number).name for number in range(4)] == ["a", "b", "c", "d"]


TEXTS = st.text(
    st.one_of(st.characters(exclude_categories=["Cs", "Cc"]), st.sampled_from("ab -注意力ßβ+#9")),
    max_size=40,
)


@pytest.mark.parametrize("size", [1, 2, 2_000])
def test_batches_of_any_size_give_the_same_bytes_but_for_where_texts_are(
    size: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    def list_files() -> tuple[str, list[object]]:
        files = dict(make_index(LOG))
        files["catalogue"]["shards"].pop("texts")
        texts = [files.pop(path) for path in sorted(files) if path.startswith("texts/")]
        return json.dumps(files), list(chain.from_iterable(texts))

    monkeypatch.setattr(index_writer, "_BLOCK_SIZE", 1)
    expected = list_files()
    monkeypatch.setattr(index_writer, "_SMALLEST_BATCH", size)
    assert list_files() == expected


@settings(max_examples=60)
@given(st.lists(TEXTS, min_size=1, max_size=4))
def test_every_term_of_made_up_notes_is_found(texts: list[str]) -> None:
    log = notebook({f"n{at}.md": work(f"`` {text} ``") for at, text in enumerate(texts)})
    check_every_term(log, read_back(make_index(log)))


def test_a_word_that_no_note_has_is_not_found() -> None:
    index = read_back(make_index(LOG))
    for word in ("zyzzyva", "", "a" * 100, "\uffff", "\U0002ffff"):
        assert not index.find_forms(word)
        assert not index.find_positions(word)
        assert not index.find_named(word)


def test_the_same_notes_give_the_same_bytes() -> None:
    notes, vocabulary = LOG.notes, LOG.vocabulary
    again = Notebook(reversed(notes), vocabulary)
    first, second = (json.dumps(dict(make_index(log))) for log in (LOG, again))
    assert first == second
    assert first == json.dumps(dict(make_index(load_notebook(CASES / "searching"))))


def test_keys_are_sorted_within_and_between_shards(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(index_writer, "_SHARD_SIZE", 200)
    log = notebook({"a.md": work("é \ufb01 \U0001d7ce \U00020000 注意力 ﻩ Ω z 한국 \uff21 𐐷 ﷲ")})
    files = make_index(log)
    shards = files["catalogue"]["shards"]
    for group in ("terms", "positions", "names", "endings"):
        keys = [key for number in range(len(shards[group])) for key in files[f"{group}/{number}"]]
        assert keys == sorted(keys, key=sort_key)
        assert len(keys) == len(set(keys))
        for number, first in enumerate(shards[group]):
            assert next(iter(files[f"{group}/{number}"])) == first
    check_every_term(log, read_back(files))


def test_a_new_note_changes_no_number_of_an_older_one() -> None:
    old = {"a.md": work("Gates.", date="2026-01-01"), "b.md": work("Tiles.", date="2026-01-02")}
    new = old | {"c.md": work("New.", date="2026-02-01")}
    names = [read_back(make_index(notebook(files))).note_names for files in (old, new)]
    assert names[1][: len(names[0])] == names[0] == ["a", "b"]


def test_the_stamp_follows_notes_and_vocabulary() -> None:
    worlds = (
        {"a.md": work()},
        {"a.md": work("Other.")},
        {"b.md": work()},
        {"a.md": work(), "tags.yml": "moe: {}"},
        {"a.md": work(), "b.md": work()},
    )
    stamps = [make_index(notebook(files))["catalogue"]["build_id"] for files in worlds]
    assert len(set(stamps)) == len(worlds)
    draft = {"a.md": work(), "b.md": work(draft="true")}
    assert make_index(notebook(draft))["catalogue"]["build_id"] == stamps[0]


def test_a_log_without_notes_has_an_index() -> None:
    index = read_back(make_index(Notebook([])))
    assert (index.size, index.orphans, list(index.list_words_from(""))) == (0, [], [])
    assert list(index.link_counts) == []


def test_a_word_may_be_longer_than_a_shard() -> None:
    word = "x" * 900
    assert ask({"a.md": work(f"{word}x " * 40), "b.md": work(word)}, word) == ["b"]
    log = {f"n{at}.md": work("common") for at in range(40)}
    assert len(ask(log, "common")) == 40


def test_notes_without_text_are_indexed() -> None:
    log = {f"{name}.md": work("", summary="", title=name) for name in "abc"}
    assert sorted(ask(log, "tag:moe")) == ["a", "b", "c"]
    assert ask(log, "title:b") == ["b"]


def test_a_lost_file_is_reported_by_the_reader() -> None:
    files = {path: value for path, value in make_index(LOG).items() if path != "terms/0"}
    index = SearchIndex(files.__getitem__)
    assert index.find_named("moe")
    with pytest.raises(KeyError):
        index.find_forms("a")


# Passages
# ----------------------------------------------------------------------------------------------------


def _sections(body: str) -> list[list[object]]:
    index = read_back(make_index(notebook({"a.md": work(body)})))
    return [list(section) for section in index.get_sections(0)]


def test_formulas_of_a_text_stand_beside_it_as_mathml() -> None:
    [section] = _sections("It costs $O(Lk)$ instead of $$L^2$$.\n")
    assert section[:3] == ["", "", "It costs \ufffc instead of \ufffc."]
    mathml = cast("list[str]", section[3])
    assert all(formula.startswith("<math>") for formula in mathml)
    assert [re.sub("<[^>]*>", "", formula) for formula in mathml] == ["O(Lk)", "L2"]


@pytest.mark.parametrize("mark", ["\ufffc", "\U000f0000", "&#xfffc;", "&#xf0009;", "`\U000f0000`"])
def test_what_an_author_writes_is_no_formula(mark: str) -> None:
    [section] = _sections(f"A {mark} and $x$.\n")
    assert str(section[2]).split() == ["A", "and", "\ufffc."]
    assert len(cast("list[str]", section[3])) == 1


def test_formulas_keep_their_places_where_text_is_left_out() -> None:
    [first, second] = _sections(
        "%% $a$ %% **Of $b$**, `$c$` [x](https://x.org/$d$) <!-- $e$ -->\n\n[y]: /$f$\n\n## Next\n\n- $g$ is\n"
    )
    assert [len(str(part[2]).split("\ufffc")) - 1 for part in (first, second)] == [
        len(cast("list[str]", part[3])) for part in (first, second)
    ]
    assert re.sub("<[^>]*>", "", cast("list[str]", first[3])[0]) == "b"
    assert second[2:] == ["\ufffc is", ["<math><mi>g</mi></math>"]]


@pytest.mark.parametrize("latex", ["\\nosuch{x}", "<math>\\foo", "x" + "+x" * 4_000])
def test_a_formula_that_is_not_rendered_or_too_long_is_its_latex(latex: str) -> None:
    [section] = _sections(f"Here ${latex}$ is.\n")
    assert section[2:] == ["Here \ufffc is.", [f"${latex}$"]]


def test_words_of_formulas_are_not_found() -> None:
    log = notebook({"a.md": work("It costs $\\text{giraffe} zebra$ much.\n")})
    index = read_back(make_index(log))
    check_every_term(log, index)
    assert not index.find_forms("giraffe")
    assert not index.find_forms("zebra")


def test_former_names_lead_to_the_number_of_their_note() -> None:
    files = {"a.md": work(), "b.md": work(redirect_from="[old, older]", date="2026-11-22")}
    links = make_index(notebook(files))["links"]
    assert cast("dict[str, object]", links)["former_names"] == {"old": 1, "older": 1}
