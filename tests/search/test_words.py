"""Words: how notes and queries are split, spelled and stemmed."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from readinglog.search.language import COMMON_WORDS, IRREGULAR_PLURALS, UNSPACED_LETTERS
from readinglog.search.words import (
    is_unspaced_letter,
    split_chunks,
    split_terms,
    split_words,
    stem_word,
)
from support import brute_force
from support.searching import ask
from support.worlds import work

# Letters of many scripts, marks, digits and all that stands between words.
LETTERS = st.text(
    st.one_of(
        st.sampled_from("abcXYZ0189 -._/'’‐+#,×()\"ßØœŁİıαβςΣé²½٣Ŋʻ"),
        st.sampled_from("注意力機のノがー々ภาษไไทย한국مرحבש"),
        st.characters(),
    ),
    max_size=30,
)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Post-Training, 1.58-bit!", ["post", "training", "1", "58", "bit"]),
        ("Søren José’s naïve ﬁne²", ["soren", "jose", "s", "naive", "fine2"]),
        ("Hawaiʻi Əli ɛwe Ŋ ħ", "hawaii eli ewe ng h".split()),
        ("Straße Œuvre Łódź Ærø Þór Đuro ısı", "strasse oeuvre lodz aero thor duro isi".split()),
        ("STRAẞE", ["strasse"]),
        ("C++ _x_ ½", ["c++", "x", "1", "2"]),
        ("C, C++ and C#: c++11, x+++, F#, abc#, C##", "c c++ and c# c 11 x f# abc c".split()),
        ("1,000,000 of 1,000, not 1,00 or 1,0000", "1000000 of 1000 not 1 00 or 1 0000".split()),
        ("16×16 16 × 16 16x16 a × b", ["16x16", "16x16", "16x16", "a", "b"]),
        ("β-VAE, the Β of αβ", ["beta", "vae", "the", "beta", "of", "αβ"]),
        ("модель ΑΣ ας", ["модель", "ασ", "ασ"]),
        ("注意力", ["注意", "意力", "力"]),
        ("GPT模型!猫", ["gpt", "模型", "型", "猫"]),
        ("µ模型", ["mu", "模型", "型"]),
        ("ガイド", ["カイ", "イト", "ト"]),
        ("ภาษา", ["ภา", "าษ", "ษา", "า"]),
        ("", []),
    ],
)
def test_words_are_runs_of_letters_and_digits_in_their_plainest_form(
    text: str, expected: list[str]
) -> None:
    assert split_words(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("注意力", ["注意", "意力"]),
        ("注", ["注"]),
        ("力 注意", ["力", "注意"]),
        ("注意力 x", ["注意", "意力", "力", "x"]),
    ],
)
def test_the_last_letter_of_a_query_is_no_word_of_its_own(text: str, expected: list[str]) -> None:
    assert split_words(text, is_query=True) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("CuTe", {"cute", "cu", "te"}),
        ("FP8", {"fp8", "fp"}),
        ("MoELayer", {"moelayer", "mo", "layer"}),
        ("post-training", {"post", "training", "posttraining"}),
        ("flash_attn's", {"flash", "attn", "s", "flashattns"}),
        ("Routing", {"routing"}),
        ("16×16", {"16x16", "16"}),
        ("β-VAE", {"beta", "vae", "betavae"}),
        ("a" * 30 + "-" + "b" * 30, {"a" * 30, "b" * 30}),
    ],
)
def test_terms_are_words_with_their_parts_and_what_marks_join(
    text: str, expected: set[str]
) -> None:
    words, others = split_terms(text)
    assert {*words, *others} == expected


@given(LETTERS)
def test_text_of_any_script_is_split_as_the_page_of_the_language_says(text: str) -> None:
    words, others = split_terms(text)
    assert words == split_words(text) == brute_force.words(text)
    assert sorted(others) == sorted([*brute_force.parts(text), *brute_force.joined(text)])
    assert split_words(text, is_query=True) == brute_force.query_words(text)
    chunks = [split_terms(chunk) for chunk in split_chunks(text)]
    assert [word for words, _ in chunks for word in words] == words
    assert [other for _, others in chunks for other in others] == others


@given(LETTERS)
def test_words_do_not_depend_on_composition_and_have_no_capitals(text: str) -> None:
    words = split_words(text)
    assert split_words(unicodedata.normalize("NFD", text)) == words
    assert all(word and word == word.lower() for word in words)


@given(st.text(st.sampled_from("注意力機制のモデル"), min_size=2, max_size=12), st.data())
def test_any_part_of_a_text_without_spaces_is_found(text: str, data: st.DataObject) -> None:
    start = data.draw(st.integers(0, len(text) - 1))
    end = data.draw(st.integers(start + 1, len(text)))
    log = {"a.md": work(text), "b.md": work("無関係")}
    assert "a" in ask(log, text[start:end])


def test_forms_of_a_word_have_one_stem() -> None:
    assert {stem_word(word) for word in ("routing", "routed", "routes", "route")} == {"rout"}


@pytest.mark.parametrize(("plural", "singular"), IRREGULAR_PLURALS.items())
def test_irregular_plurals_have_the_stem_of_their_singular(plural: str, singular: str) -> None:
    assert stem_word(plural) == stem_word(singular)


def test_letters_of_scripts_without_spaces_are_known() -> None:
    assert all(map(is_unspaced_letter, "注のノภក"))
    assert not any(map(is_unspaced_letter, ["a", "한", "я", "注意", "", "9"]))
    assert UNSPACED_LETTERS


def test_the_lists_of_the_page_are_those_of_the_language() -> None:
    assert brute_force.COMMON == COMMON_WORDS
    assert brute_force.PLURALS == IRREGULAR_PLURALS


@pytest.mark.parametrize(
    ("british", "american"),
    [
        ("normalisation", "normalization"),
        ("quantised", "quantizing"),
        ("optimiser", "optimizers"),
        ("behaviours", "behavioral"),
        ("modelling", "model"),
        ("labelled", "labels"),
        ("greyscale", "grayscale"),
    ],
)
def test_british_spellings_have_the_stem_of_the_american_ones(british: str, american: str) -> None:
    assert stem_word(british) == stem_word(american) == brute_force.stem(british)


@pytest.mark.parametrize(
    ("word", "other"),
    [
        ("supervised", "supervision"),
        ("precise", "precisely"),
        ("exercises", "exercise"),
        ("expertise", "expertise"),
    ],
)
def test_an_s_that_is_in_every_spelling_stays(word: str, other: str) -> None:
    assert stem_word(word) == stem_word(other) == brute_force.stem(word)
    assert "z" not in stem_word(word)
